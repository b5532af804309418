"""A compressor in any language: a program that reads files and writes one."""

import builtins
import os
import re
import shlex
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from .adapters import Adapter
from .results import ResultForm

if TYPE_CHECKING:
    from ucomp_verify.measures.arrays import Array

FORMATS = ("csv", "npy")
NAMES = ("in", "out", "weights", "k", "n", "seed")


class ProgramRefused(ValueError):
    """The program ended with an exit code that is not 0 and a text on stderr."""


class ProgramFailed(RuntimeError):
    """The program crashed, hung, or left no result that can be read."""


@dataclass(frozen=True)
class Program:
    """`command` with {in}, {out}, {k} and optionally {weights}, {n}, {seed} in it.

    {in} is a file of the points, one a row, {weights} one of the weights; without
    {weights} in the command the weights are the last column of {in}. {k} is the degree, {n}
    the largest size allowed (0 for any). The program writes {out}. With `files` = "csv" all
    are text, numbers separated by commas, no header; the result has rows INDEX,WEIGHT
    (counted from 0), or X1,...,XM,WEIGHT, or one WEIGHT for each node, as `result` says (told
    by the number of columns if "auto", two of them being INDEX,WEIGHT). With "npy" the
    inputs are .npy and the result .npz, with arrays `indices` or `points`, and `weights`.
    An exit code other than 0 with a text on stderr is a refusal of the input. ValueError for
    a command without {in} or {out}, with {K} for {k}, or with a quotation that is not closed.
    """

    command: str
    files: str = "csv"
    result: str = "auto"
    free_nodes: bool = False
    timeout: float = 60.0  # seconds a call

    def __post_init__(self) -> None:
        if "{in}" not in self.command or "{out}" not in self.command:
            raise ValueError(f"found {self.command!r}; expected {{in}} and {{out}} in the command")
        names = re.findall(r"\{(\w+)\}", self.command)
        for name in (n for n in names if n not in NAMES and n.lower() in NAMES):
            raise ValueError(f"found {{{name}}} in {self.command!r}; expected {{{name.lower()}}}")
        try:
            shlex.split(self.command)
        except ValueError as error:
            raise ValueError(f"found {self.command!r}: {error}; close it") from None
        if self.files not in FORMATS:
            raise ValueError(f"found files={self.files!r}; expected one of {', '.join(FORMATS)}")
        if self.result not in list(ResultForm):
            forms = ", ".join(ResultForm)
            raise ValueError(f"found result={self.result!r}; expected one of {forms}")
        if not self.timeout > 0:
            raise ValueError(f"found timeout={self.timeout!r}; expected seconds > 0")

    def adapter(self) -> Adapter:
        """The program as the suite sees it."""
        return Adapter(
            name=shlex.split(self.command)[0],
            call=self.call,
            form=ResultForm(self.result),
            free_nodes=self.free_nodes,
            takes_size="{n}" in self.command,
            takes_arrays=False,
        )

    def call(self, points: Any, weights: Any, degree: Any, size: Any, seed: int) -> Any:
        """What the program makes of the data."""
        with TemporaryDirectory() as folder:
            paths = self._write(Path(folder), points, weights)
            values = {"k": degree, "n": size or 0, "seed": seed, **paths}
            words = [_filled(word, values) for word in shlex.split(self.command)]
            self._run(words)
            return self._read(Path(paths["out"]), points.shape[1])

    def _write(self, folder: Path, points: "Array", weights: "Array") -> dict[str, str]:
        import numpy as np

        kinds = (".csv", ".csv") if self.files == "csv" else (".npy", ".npz")
        paths = {
            "in": folder / f"points{kinds[0]}",
            "weights": folder / f"weights{kinds[0]}",
            "out": folder / f"result{kinds[1]}",
        }
        joined = "{weights}" not in self.command and len(points) == len(weights)
        _save(paths["in"], np.column_stack([points, weights]) if joined else points)
        _save(paths["weights"], weights)
        return {name: str(path) for name, path in paths.items()}

    def _run(self, words: list[str]) -> None:
        try:
            code, text = _ended(words, self.timeout)
        except subprocess.TimeoutExpired:
            raise ProgramFailed(f"no answer within {self.timeout:g} s") from None
        except OSError as error:
            raise ProgramFailed(f"{words[0]} cannot be run: {error.strerror}") from error
        if code == 0:
            return
        last = text.splitlines()[-1] if text else ""
        if code < 0:
            raise ProgramFailed(f"ended by the signal {-code} {last[:200]}".rstrip())
        if "Traceback (most" in text and _is_internal(last.partition(":")[0]):
            raise ProgramFailed(f"ended with the traceback of {last[:200]}")
        raise ProgramRefused(last[:300])

    def _read(self, path: Path, dim: int) -> Any:
        import numpy as np

        if not path.is_file():
            raise ProgramFailed("ended with exit code 0 and left no result")
        try:
            if self.files == "npy":
                return _arrays(path)
            table = np.loadtxt(path, delimiter=",", ndmin=2)
        except _UNREADABLE as error:
            expected = "rows of numbers with commas, no header" if self.files == "csv" else ".npz"
            text = f"left a result that cannot be read ({error or type(error).__name__})"
            raise ProgramFailed(f"{text}; expected {expected}") from error
        return _parts(table, dim, ResultForm(self.result))


_UNREADABLE = (ValueError, OSError, EOFError, BadZipFile, MemoryError)


def _arrays(path: Path) -> dict[str, Any]:
    """The arrays of a .npz file, and of no other."""
    import numpy as np

    with ZipFile(path):  # numpy reads other files, too
        pass
    with np.load(path, allow_pickle=False) as archive:
        return {name: archive[name] for name in archive.files}


def _ended(words: list[str], timeout: float) -> tuple[int, str]:
    """The exit code of a program and its stderr; it and what it started end with this call."""
    process = subprocess.Popen(
        words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    with process:
        try:
            _, text = process.communicate(timeout=timeout)
        except BaseException:  # also an interrupt, which its own session does not get
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            raise
    return process.returncode, text.decode(errors="replace").strip()


def _is_internal(name: str) -> bool:
    """Whether the exception of this name tells of a fault inside, not of bad input."""
    error = getattr(builtins, name, None)
    if isinstance(error, type):
        return not issubclass(error, ValueError | TypeError)
    return name.endswith("LinAlgError")


def _parts(table: "Array", dim: int, form: ResultForm) -> Any:
    """The result in a table, by its number of columns where the form is not told."""
    columns = table.shape[1]
    if not table.size and form is not ResultForm.DENSE:  # an empty file: no nodes at all
        places = table.reshape(0, dim) if form is ResultForm.POINTS else _whole(table[:0, 0])
        name = "points" if form is ResultForm.POINTS else "indices"
        return {name: places, "weights": table[:0, 0]}
    if form is ResultForm.AUTO:
        forms = {2: ResultForm.INDICES, 1: ResultForm.DENSE, dim + 1: ResultForm.POINTS}
        form = next((f for count, f in forms.items() if count == columns), form)
    if form is ResultForm.DENSE:
        return table[:, 0]
    if form is ResultForm.POINTS:
        return {"points": table[:, :-1], "weights": table[:, -1]}
    if form is ResultForm.INDICES and columns == 2:
        return {"indices": _whole(table[:, 0]), "weights": table[:, 1]}
    raise ProgramFailed(f"left a table of {columns} columns; expected 1, 2 or {dim + 1}")


def _whole(column: "Array") -> Any:
    import numpy as np

    whole = bool((np.rint(column) == column).all())
    return column.astype(np.int64) if whole else column


def _save(path: Path, array: "Array") -> None:
    import numpy as np

    if path.suffix == ".npy":
        np.save(path, array, allow_pickle=False)
        return
    np.savetxt(path, array, delimiter=",", fmt="%.17g")


def _filled(word: str, values: dict[str, Any]) -> str:
    for name, value in values.items():
        word = word.replace("{" + name + "}", str(value))
    return word
