"""One face for every compressor: ours, a function, a class, a program."""

import inspect
import random
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, cast

from .cases import Case
from .results import Found, ResultForm, read_result
from .types import NotApplicable, Raised

ENOUGH_FOR_SIZE = 4  # positional arguments of fn(points, weights, degree, size)


@dataclass(frozen=True)
class Adapter:
    """A compressor as the suite sees it. `adapt` makes it.

    `call(points, weights, degree, size, seed)` returns a result in the form named.
    """

    name: str
    call: Callable[[Any, Any, Any, Any, int], Any]
    form: ResultForm = ResultForm.AUTO
    free_nodes: bool = False
    takes_size: bool = False
    takes_arrays: bool = True  # False: a program, which sees only numbers

    def raw(
        self, points: Any, weights: Any, degree: Any, *, size: Any = None, seed: int = 0
    ) -> Any:
        """What the compressor returns; Raised if it raises. Its warnings are not shown."""
        if size is not None and not self.takes_size:
            raise NotApplicable("it takes no size")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                return self.call(points, weights, degree, size, seed)
            except (Exception, SystemExit) as error:  # whatever is raised the check judges
                raise Raised(error) from error

    def compress(self, case: Case, *, size: int | None = None, seed: int | None = None) -> Found:
        """Nodes and weights for copies of the data of a case, read and not judged."""
        used = case.seed if seed is None else seed
        points, weights = case.points.copy(), case.weights.copy()
        raw = self.raw(points, weights, case.degree, size=size, seed=used)
        return self.read(raw, case)

    def read(self, raw: Any, case: Case) -> Found:
        """The result of a call on the data of the case."""
        return read_result(raw, case, self.form, free_nodes=self.free_nodes)


def adapt(
    fn: Any, *, result: str = "auto", free_nodes: bool = False, name: str | None = None
) -> Adapter:
    """The adapter of a compressor: a function, an AbstractCompressor, its class, an Adapter.

    A function is called as `fn(points, weights, degree)` with float64 arrays of shapes
    (d, m) and (d,), as `fn(points, weights, degree, size)` if it has a fourth positional
    argument (one that is named `size` or has no default, or the default None), and with
    `seed=` (or `random_state=`) if it has that one. `result` is the
    form of what it returns: "indices" for (indices, weights), "dense" for one weight a
    node, "points" for (points, weights), "auto" to tell by types and shapes; mappings and
    objects with `indices`, `points` or `nodes`, and `weights` are read by these names.
    `free_nodes` declares that points need not be nodes of the data. Raises TypeError for
    what cannot be called, ValueError for another form.

    >>> adapt(lambda points, weights, degree: weights, result="dense", name="copy").takes_size
    False
    """
    from ucomp_verify.compressors.base import AbstractCompressor

    form = _form(result)
    if isinstance(fn, Adapter):
        return fn if name is None else replace(fn, name=name)
    if isinstance(fn, type) and issubclass(cast("type[Any]", fn), AbstractCompressor):
        return adapt(cast("Any", fn)(), name=name)
    if isinstance(fn, AbstractCompressor):
        return Adapter(name or repr(fn), _Ours(fn), takes_size=True)
    if not callable(fn):
        found = type(fn).__name__
        raise TypeError(f"found a value of type {found}; expected a function or a compressor")
    called = _Function(cast("Callable[..., Any]", fn))
    return Adapter(name or _name_of(called.fn), called, form, free_nodes, called.takes_size)


def _form(result: str) -> ResultForm:
    if result not in list(ResultForm):
        raise ValueError(f"found the form {result!r}; expected one of {', '.join(ResultForm)}")
    return ResultForm(result)


def _name_of(fn: object) -> str:
    return str(getattr(fn, "__name__", None) or type(fn).__name__)


@dataclass(frozen=True)
class _Ours:
    """Calls an AbstractCompressor on the measure that arrays are."""

    compressor: Any

    def __call__(self, points: Any, weights: Any, degree: Any, size: Any, seed: int) -> Any:
        from ucomp_verify.measures.conversion import as_measure

        measure = as_measure(points, weights)
        return self.compressor.compress(measure, degree=degree, size=size, seed=seed)


@dataclass(frozen=True)
class _Function:
    """Calls a function with as many of the arguments as it takes."""

    fn: Callable[..., Any]

    @property
    def takes_size(self) -> bool:
        parameters = _parameters(self.fn)
        positional = [p for p in parameters if p.kind in _POSITIONAL]
        return len(positional) >= ENOUGH_FOR_SIZE and _is_size(positional[ENOUGH_FOR_SIZE - 1])

    def __call__(self, points: Any, weights: Any, degree: Any, size: Any, seed: int) -> Any:
        arguments = (points, weights, degree)
        named = {p.name for p in _parameters(self.fn)}
        options = {seed_name: seed for seed_name in _SEEDS if seed_name in named}
        if self.takes_size:
            return self.fn(*arguments, size, **options)
        return self.fn(*arguments, **options)


_POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
_SEEDS = ("seed", "random_state")


def _is_size(parameter: inspect.Parameter) -> bool:
    """Whether a fourth argument is the size, and not a tolerance or another option."""
    if parameter.name in _SEEDS:
        return False
    return parameter.name == "size" or parameter.default in (inspect.Parameter.empty, None)


def _parameters(fn: Callable[..., Any]) -> list[inspect.Parameter]:
    try:
        return list(inspect.signature(fn).parameters.values())
    except (TypeError, ValueError):  # compiled functions may have no signature
        return []


def disturb(seed: int) -> None:
    """Set the global random generators anew, so that a result that uses them changes."""
    import numpy as np

    random.seed(seed)
    cast("Any", np.random).seed(seed)
