"""What a step does that depends on which object is which, and where it does so."""

from typing import Any

HINT = "the compressed step is defined only for steps that treat all objects alike"


class NotEquivariant(ValueError):
    """A step depends on the index of an object, or does what no rule here covers.

    `primitive` is the JAX primitive and `where` the source line that calls it; `cause` is the
    primitive that told the objects apart: the same one, or one whose result met the objects.
    """

    def __init__(self, primitive: str, where: str, reason: str, cause: str = "") -> None:
        super().__init__(f"{primitive} at {where}: {reason}; {HINT}")
        self.primitive = primitive
        self.where = where
        self.cause = cause or primitive


_INSIDE = ("/jax/", "/jaxlib/", "/jax_plugins/", "/ucomp_verify/dynamics/lift/")


UNKNOWN = "an unknown line"


def line_of(source_info: Any, called: str = UNKNOWN) -> str:
    """The file and line that called a primitive, outside JAX itself.

    What JAX has traced before, such as its own `sort`, has no such line; then it is `called`,
    the line that called the whole.
    """
    traceback = getattr(source_info, "traceback", None)
    for frame in traceback.frames if traceback is not None else ():
        path = str(frame.file_name).replace("\\", "/")
        if not any(part in path for part in _INSIDE) and not path.startswith("<"):
            return f"{path}:{frame.line_num}"
    return called
