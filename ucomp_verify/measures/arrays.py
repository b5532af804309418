"""NumPy's .npy and .npz files as arrays of float64, never unpickled, sizes checked first.

A large .npy file is mapped into memory, not copied.
"""

import struct
import warnings
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import prod
from pathlib import Path
from tokenize import TokenError
from typing import IO, TYPE_CHECKING, Any, TypeAlias
from zipfile import BadZipFile, ZipFile

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array: TypeAlias = npt.NDArray[np.float64]

MAX_MEMBER = 1 << 28  # bytes of one array in an .npz file, unpacked: few kilobytes can claim more
MAPPED = 1 << 20  # bytes of a .npy file above which it is mapped instead of copied

_RESAVE = "save it again with numpy.save as a float64 array"
_RESAVE_ALL = "save it again with numpy.savez"
_BROKEN = (ValueError, SyntaxError, TokenError, EOFError, MemoryError, RecursionError)


class UnreadableInput(ValueError):
    """The file holds no points, weights or rule; the text says what to do."""


def unreadable(path: Path, found: str, expected: str, cure: str) -> UnreadableInput:
    """The refusal of a file, in the form that all of them have."""
    return UnreadableInput(f"{path}: found {found}; expected {expected}: {cure}")


def require_file(path: Path) -> None:
    """Refuse a path at which there is no file."""
    if not path.is_file():
        found = "a folder" if path.is_dir() else "no file of this name"
        raise unreadable(path, found, "a file", "check the path")


def read_npy(path: Path) -> "Array":
    """The array in an .npy file, of any shape; read-only where the file is mapped."""
    size = path.stat().st_size
    with path.open("rb") as file:
        if size <= MAPPED:
            return _read_array(file, size, path, "a file")
        array = _mapped(file, _layout(file, size, path, "a file"))
    return as_float64(array, path, "a file")


def npy_shape(path: Path) -> tuple[int, ...]:
    """The shape of the array in an .npy file, which is as long as its header says."""
    with path.open("rb") as file:
        return _layout(file, path.stat().st_size, path, "a file").shape


def is_plain_npy(path: Path) -> bool:
    """Whether the file holds rows of little-endian float64, as the kernel reads them."""
    with path.open("rb") as file:
        layout = _layout(file, path.stat().st_size, path, "a file")
    return layout.dtype.str == "<f8" and not layout.fortran


def npy_blocks(path: Path, size: int) -> "Iterator[Array]":
    """The array in an .npy file by its first axis (it has one), `size` at a time.

    Each is read for itself: memory is needed for one block, whatever the size of the file.
    """
    import numpy as np

    with path.open("rb") as file:
        layout = _layout(file, path.stat().st_size, path, "a file")
        count, *rest = layout.shape
        if layout.fortran and rest:
            whole = _mapped(file, layout)
            for start in range(0, count, size):
                yield as_float64(whole[start : start + size], path, "a file")
            return
        width = prod(rest)
        for start in range(0, count, size):
            rows = min(size, count - start)
            body = np.fromfile(file, layout.dtype, rows * width)
            if body.size != rows * width:
                found = f"the end of a file in row {start + body.size // width}"
                raise unreadable(path, found, "a file that does not change", "run again")
            yield as_float64(body.reshape(rows, *rest), path, "a file")


def names_in(path: Path) -> tuple[str, ...]:
    """The names of the arrays in an .npz file."""
    with _opened(path) as archive:
        members = [member.filename for member in archive.infolist()]
    names = tuple(member.removesuffix(".npy") for member in members)
    if len(set(names)) != len(names) or not all(m.endswith(".npy") for m in members):
        found = f"the members {', '.join(members)[:200]}"
        raise unreadable(path, found, "arrays alone, each name once", _RESAVE_ALL)
    return names


def read_named(path: Path, name: str) -> "Array":
    """One array of an .npz file, unpacked only if it claims at most `MAX_MEMBER` bytes."""
    with _opened(path) as archive:
        member = archive.getinfo(f"{name}.npy")
        if member.file_size > MAX_MEMBER:
            found = f"the array {name!r}, which claims {member.file_size} bytes"
            raise unreadable(path, found, f"at most {MAX_MEMBER}", "save a larger one as .npy")
        with archive.open(member) as file:
            return _read_array(file, member.file_size, path, f"the array {name!r}")


@contextmanager
def _opened(path: Path) -> Generator[ZipFile]:
    """The archive; whatever is wrong with it becomes `UnreadableInput`."""
    try:
        with ZipFile(path) as archive:
            yield archive
    except UnreadableInput:
        raise
    except (BadZipFile, zlib.error, struct.error, RuntimeError, *_BROKEN, OSError) as error:
        found = f"a file that cannot be unpacked ({error})"
        raise unreadable(path, found, "an .npz file of numpy.savez", _RESAVE_ALL) from None


@dataclass(frozen=True)
class _Layout:
    """What the header of an .npy file says; the numbers begin at `offset`."""

    shape: tuple[int, ...]
    fortran: bool
    dtype: "np.dtype[Any]"
    offset: int


def _layout(file: IO[bytes], size: int, path: Path, place: str) -> _Layout:
    """The header of an open .npy file of `size` bytes, which promises no more than there is."""
    try:
        shape, fortran, dtype = _header(file)
    except _BROKEN as error:
        found = f"{place} that is not in the .npy format ({str(error)[:80]})"
        raise unreadable(path, found, "an array of numpy.save", _RESAVE) from None
    if dtype.kind not in "fiu":
        found = f"{place} of type {str(dtype)[:80]}"
        raise unreadable(path, found, "real numbers (float64, float32 or integers)", _RESAVE)
    announced, present = prod(shape) * dtype.itemsize, size - file.tell()
    if announced != present or min(shape, default=0) < 0:
        found = f"{place} that announces {announced} bytes for shape {shape} and has {present}"
        raise unreadable(path, found, "as many as announced", _RESAVE)
    return _Layout(shape, fortran, dtype, file.tell())


def _read_array(file: IO[bytes], size: int, path: Path, place: str) -> "Array":
    """The array in an open .npy file of `size` bytes."""
    import numpy as np

    layout = _layout(file, size, path, place)
    body = np.frombuffer(bytearray(file.read(size)), layout.dtype)
    array = body.reshape(layout.shape, order="F" if layout.fortran else "C")
    return as_float64(array, path, place)


def _mapped(file: IO[bytes], layout: _Layout) -> "npt.NDArray[Any]":
    import numpy as np

    order = "F" if layout.fortran else "C"
    return np.memmap(
        file, layout.dtype, mode="r", offset=layout.offset, shape=layout.shape, order=order
    ).view(np.ndarray)


def _header(file: IO[bytes]) -> "tuple[tuple[int, ...], bool, np.dtype[Any]]":
    from numpy.lib import format as npy

    version = npy.read_magic(file)
    readers = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}
    if version not in readers:
        raise ValueError(f"version {version} of the format")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # numpy wants files of Python 2 to be saved again
        return readers[version](file)


def as_float64(array: "npt.NDArray[Any]", path: Path, place: str) -> "Array":
    """The same numbers in C order and native float64; refused where one would change."""
    import numpy as np

    with np.errstate(over="ignore"):
        out = np.ascontiguousarray(array, dtype=np.float64).reshape(array.shape)
    if array.dtype == np.float64:
        return out
    changed = list[object]()
    if array.dtype.kind in "iu":
        suspects = np.abs(out) >= 2.0**53
        pairs = zip(array[suspects].tolist(), out[suspects].tolist(), strict=True)
        changed += [a for a, b in pairs if a != b]  # Python compares int and float exactly
    elif array.dtype.itemsize > 8:
        changed += array[(out != array) & ~np.isnan(array)].tolist()
    if changed:
        found = f"{place} of type {array.dtype} with {changed[0]}, which is no float64"
        raise unreadable(path, found, "numbers that float64 holds exactly", "scale or round them")
    return out
