"""How a lifted function is compared with the original on equal objects."""

# What JAX returns has no types, and neither have the functions that are given to it.
# pyright: reportUnknownLambdaType=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pytest

from ucomp_verify.dynamics.extra import double_precision
from ucomp_verify.dynamics.lift import Lifted, duplicate, lift

Counts = Mapping[str, Sequence[int]]

EXACT = 1e-12
COMPILER = {"xla_backend_optimization_level": 0}


@pytest.fixture(autouse=True)
def in_double() -> Iterator[None]:
    with double_precision():
        yield


def gaps_to_copies(
    functions: Mapping[str, Callable[..., Any]],
    args: Sequence[Any],
    axes: Sequence[Any],
    counts: Counts,
    *,
    out_axes: Any = None,
    **options: Any,
) -> dict[str, float]:
    """The largest difference between each original on copies and the lifted one, duplicated.

    All originals are compiled as one program, and all lifted ones as another: that is faster.
    """
    import jax
    import numpy as np

    copied = duplicate(tuple(args), tuple(axes), counts)
    weights = {group: np.array(c, float) for group, c in counts.items()}
    lifted: dict[str, Lifted] = {
        name: lift(f, *copied, axes=axes, out_axes=out_axes, **options)
        for name, f in functions.items()
    }

    def originals(*args: Any) -> dict[str, Any]:
        return {name: f(*args) for name, f in functions.items()}

    def mine(*args: Any) -> dict[str, Any]:
        return {name: f(weights, *args) for name, f in lifted.items()}

    expected = jax.jit(originals, compiler_options=COMPILER)(*copied)
    found = jax.jit(mine, compiler_options=COMPILER)(*args)
    return {
        name: _gap(duplicate(found[name], f.out_axes, counts), expected[name])
        for name, f in lifted.items()
    }


def _gap(found: Any, expected: Any) -> float:
    import jax
    import numpy as np

    pairs = list(zip(jax.tree.leaves(found), jax.tree.leaves(expected), strict=True))
    assert [np.shape(x) for x, _ in pairs] == [np.shape(y) for _, y in pairs]
    return max(float(np.max(np.abs(np.asarray(x, float) - y))) for x, y in pairs)


def gap_to_copies(f: Callable[..., Any], *args: Any, **options: Any) -> float:
    """As `gaps_to_copies`, for one function."""
    return gaps_to_copies({"f": f}, *args, **options)["f"]
