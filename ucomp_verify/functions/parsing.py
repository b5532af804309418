"""Functions from text, such as "sigmoid(x1/2 + x2)", for a command line."""

import ast
import re
from collections.abc import Callable
from fractions import Fraction

from .elementary import NAMES
from .expressions import Elementary, Function, Variable, constant

LONGEST = 2000  # characters
DEEPEST = 200  # operations inside each other
LARGEST_DEGREE = 1000  # of powers of powers, so that exact values stay short
LARGEST_EXPONENT = 300  # of 10 in a decimal
_OPERATIONS: dict[type[ast.operator], Callable[[Function, Function], Function]] = {
    ast.Add: Function.__add__,
    ast.Sub: Function.__sub__,
    ast.Mult: Function.__mul__,
    ast.Div: Function.__truediv__,
}


class UnreadableFunction(ValueError):
    """The text is no function that can be read; the message says where."""


def parse_function(text: str, dim: int) -> Function:
    """The function of x1, ..., x<dim> that the text says.

    It may use + - * / ** (natural exponents), parentheses, integers and decimals, which are
    exact ("0.1" is 1/10), and exp, sin, cos, tanh, sigmoid, log; for dim 1 also x for x1.
    Nothing is evaluated by Python. Raises `UnreadableFunction` with the position.

    >>> parse_function("1/(3 - x1 - 0.5*x2)", 2).at([1, 1])
    Fraction(2, 3)
    """
    return _Reader(text, dim).function()


class _Reader:
    def __init__(self, text: str, dim: int) -> None:
        self.text, self.dim = text.strip(), dim

    def function(self) -> Function:
        """The function that the whole text says."""
        if self.dim < 1:
            raise ValueError(f"found dim {self.dim}; expected at least 1")
        if not self.text or len(self.text) > LONGEST:
            raise UnreadableFunction(
                f"found {len(self.text)} characters; expected a function such as "
                f'"1/(3 - x1)" of at most {LONGEST}'
            )
        if not self.text.isascii() or not self.text.isprintable():
            place = next(
                i for i, c in enumerate(self.text) if not (c.isascii() and c.isprintable())
            )
            raise self.refusal(place, "a character that is not in ASCII", "one line of ASCII text")
        return self.read(self.tree(), 0)[0]

    def tree(self) -> ast.expr:
        """The text as Python's parser sees it."""
        try:
            return ast.parse(self.text, mode="eval").body
        except SyntaxError as error:
            place = max((error.offset or 1) - 1, 0)
            raise self.refusal(place, error.msg, "a formula such as 1/(3 - x1)") from None
        except (RecursionError, MemoryError, ValueError):
            raise UnreadableFunction(
                "found too many operations inside each other; expected a shorter formula"
            ) from None

    def refusal(self, place: int, found: str, expected: str) -> UnreadableFunction:
        """What to say of the text at a place, counted from 0."""
        shown = self.text[place : place + 20]
        where = f"at character {place + 1}, before {shown!r}" if shown else "at the end"
        return UnreadableFunction(f"{where}: found {found}; expected {expected}")

    def read(self, node: ast.expr, depth: int) -> tuple[Function, int]:
        """The function of a part of the text, and a bound of its degree in what it is made of."""
        if depth > DEEPEST:
            raise self.refusal(
                node.col_offset, f"more than {DEEPEST} operations inside each other", "fewer"
            )
        if isinstance(node, ast.Constant):
            return constant(self.number(node)), 1
        if isinstance(node, ast.Name):
            return self.variable(node), 1
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.UAdd | ast.USub):
            value, degree = self.read(node.operand, depth + 1)
            return (-value if isinstance(node.op, ast.USub) else value), degree
        if isinstance(node, ast.BinOp):
            return self.operation(node, depth)
        if isinstance(node, ast.Call):
            return self.call(node, depth)
        raise self.refusal(
            node.col_offset, type(node).__name__, "numbers, variables, + - * / ** and functions"
        )

    def number(self, node: ast.Constant) -> Fraction:
        """The number as it is written."""
        written = self.text[node.col_offset : node.end_col_offset].replace("_", "")
        kind = type(node.value)
        exponent = re.search(r"[eE][+-]?0*(\d+)$", written) if kind is float else None
        if kind not in (int, float):
            raise self.refusal(node.col_offset, repr(node.value)[:20], "a real number")
        if exponent and (len(exponent[1]) > 4 or int(exponent[1]) > LARGEST_EXPONENT):
            expected = f"an exponent of 10 up to {LARGEST_EXPONENT}"
            raise self.refusal(node.col_offset, written[:20], expected)
        return Fraction(int(written, 0)) if kind is int else Fraction(written)

    def variable(self, node: ast.Name) -> Function:
        """The variable of this name."""
        last = f"x{self.dim}"
        if node.id == "x" and self.dim == 1:
            return Variable(0)
        match = re.fullmatch(r"x([1-9]\d{0,8})", node.id)
        if match and int(match[1]) <= self.dim:
            return Variable(int(match[1]) - 1)
        names = "x1" if self.dim == 1 else "x1, x2" if self.dim == 2 else f"x1, ..., {last}"
        raise self.refusal(node.col_offset, f"the name {node.id!r:.40}", names)

    def operation(self, node: ast.BinOp, depth: int) -> tuple[Function, int]:
        """A sum, difference, product, quotient or power."""
        if isinstance(node.op, ast.Pow):
            return self.power(node, depth)
        combine = _OPERATIONS.get(type(node.op))
        if combine is None:
            raise self.refusal(
                node.left.end_col_offset or 0, "another operation", "+ - * / or ** for powers"
            )
        left, first = self.read(node.left, depth + 1)
        right, second = self.read(node.right, depth + 1)
        try:
            value = combine(left, right)
        except ZeroDivisionError:
            raise self.refusal(
                node.right.col_offset, "a division by 0", "another divisor"
            ) from None
        degree = max(first, second) if isinstance(node.op, ast.Add | ast.Sub) else first + second
        return value, self.limited(degree, node)

    def power(self, node: ast.BinOp, depth: int) -> tuple[Function, int]:
        """A power with a natural exponent."""
        exponent = node.right
        if not (
            isinstance(exponent, ast.Constant)
            and isinstance(exponent.value, int)
            and not isinstance(exponent.value, bool)
        ):
            raise self.refusal(exponent.col_offset, "another exponent", "an integer >= 0")
        base, degree = self.read(node.left, depth + 1)
        reached = self.limited(degree * max(exponent.value, 1), node)
        return base**exponent.value, reached

    def limited(self, degree: int, node: ast.expr) -> int:
        """The degree, unless it is too large."""
        if degree > LARGEST_DEGREE:
            raise self.refusal(
                node.col_offset, f"the degree {degree}", f"powers up to {LARGEST_DEGREE}"
            )
        return degree

    def call(self, node: ast.Call, depth: int) -> tuple[Function, int]:
        """An elementary function."""
        name = node.func.id if isinstance(node.func, ast.Name) else None
        if name not in NAMES:
            raise self.refusal(node.col_offset, "another function", ", ".join(NAMES))
        if len(node.args) != 1 or node.keywords or isinstance(node.args[0], ast.Starred):
            raise self.refusal(node.col_offset, f"{len(node.args)} arguments of {name}", "one")
        inner, _ = self.read(node.args[0], depth + 1)
        return Elementary(name, inner), 1
