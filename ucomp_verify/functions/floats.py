"""Values of functions in float64: observed, never proved."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from .expressions import Function

    Array: TypeAlias = npt.NDArray[np.float64]


def observed(function: "Function", nodes: "Array") -> "Array":
    """The values at the rows of `nodes`; not a number or infinite at poles, without warnings."""
    import numpy as np

    if nodes.ndim != 2 or nodes.shape[1] < function.dim:
        raise ValueError(
            f"found nodes of shape {nodes.shape}; expected (d, m), m at least {function.dim}"
        )
    columns = [Floats(nodes[:, i].astype(np.float64)) for i in range(nodes.shape[1])]
    with np.errstate(all="ignore"):
        value = function.value_at(columns)
    if isinstance(value, Floats):
        return value.values
    return np.full(len(nodes), float(value))


class Floats:
    """An array of float64 that balls can be added to and multiplied by, rounded."""

    def __init__(self, values: "Array") -> None:
        self.values = values

    def __add__(self, other: Any) -> "Floats":
        return Floats(self.values + _plain(other))

    def __mul__(self, other: Any) -> "Floats":
        return Floats(self.values * _plain(other))

    __radd__, __rmul__ = __add__, __mul__

    def __rtruediv__(self, other: Any) -> "Floats":
        return Floats(_plain(other) / self.values)

    def __pow__(self, exponent: int) -> "Floats":
        return Floats(self.values**exponent)

    def elementary(self, name: str) -> "Floats":
        """The elementary function of the entries."""
        import numpy as np

        table: dict[str, Callable[[Array], Array]] = {
            "exp": np.exp,
            "sin": np.sin,
            "cos": np.cos,
            "tanh": np.tanh,
            "sigmoid": lambda z: (1 + np.tanh(z / 2)) / 2,
            "log": np.log,
        }
        return Floats(table[name](self.values))


def _plain(other: Any) -> Any:
    return other.values if isinstance(other, Floats) else float(other)
