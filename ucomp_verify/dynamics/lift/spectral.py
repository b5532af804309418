"""What may be done with eigenvalues, singular values and their vectors.

Let J copy object j c_j times and C = diag(c). Then J = Q C^{1/2} with orthonormal columns of
Q = J C^{-1/2}. A matrix J B J^T has the eigenvectors Q v of C^{1/2} B C^{1/2}, and others,
with eigenvalue 0, outside the span of Q; we store C^{-1/2} v, that is, one entry for each
object, and leave the others out. A result is right if it does not depend on the sign of a
vector (`odd` values do) and not on what was left out (`loose` values do). The eigenvalue 0
may also belong to vectors inside the span; then the original's vectors for it are any basis,
and only sums over the spectrum that are linear in each factor are determined.
"""

from collections.abc import Sequence
from dataclasses import replace

from .equations import Equation
from .marks import Equal, Layout, Mark, Objects, Spectrum, groups_of

_LINEAR = frozenset({"mul", "div", "neg", "add", "sub", "add_any", "copy", "copy_p",
                     "convert_element_type", "reduce_precision", "stop_gradient"})  # fmt: skip
_KEEPS_ZERO = frozenset({"abs", "cbrt", "sign", "sin", "sinh", "sqrt", "square", "tanh"})


def weighted_groups(mark: Mark) -> tuple[str, ...]:
    """The groups whose weights enter a sum along such an axis."""
    return () if isinstance(mark, Spectrum) else groups_of(mark)


def elementwise(equation: Equation, layouts: Sequence[Layout]) -> Layout:
    """The layout of a function of entries; NotEquivariant where signs or the rest would count."""
    shaped = [x for x in layouts if x.shape]
    marks = equation.joined_marks(shaped)
    if sum(isinstance(mark, Spectrum) for mark in marks) > 1:
        raise equation.refusal("it pairs eigenvalues or singular vectors with each other")
    odd = _parity(equation, layouts)
    loose = _is_loose(equation, layouts, marks)
    return Layout(equation.shapes[0], marks, odd=odd, loose=loose)


def _parity(equation: Equation, layouts: Sequence[Layout]) -> bool:
    count = sum(x.odd for x in layouts)
    name = equation.name
    incomplete = any(isinstance(m, Spectrum) and m.group for x in layouts for m in x.marks)
    linear = count == 1 and name in ("mul", "div")
    if count and incomplete and not (linear or name in _LINEAR - {"mul", "div"}):
        raise equation.refusal(
            "it is not linear in eigenvectors, and those of degenerate eigenvalues are any basis"
        )
    if count == 0 or name in ("square", "abs"):
        return False
    if name == "mul" or (name == "div" and not layouts[1].odd):
        return count % 2 == 1
    if name == "integer_pow":
        return int(equation.params["y"]) % 2 == 1
    if name in _LINEAR and name != "div" and count == len(layouts):
        return True
    raise equation.refusal("the result depends on the sign of an eigenvector or singular vector")


def _is_loose(equation: Equation, layouts: Sequence[Layout], marks: Sequence[Mark]) -> bool:
    loose = [x for x in layouts if x.loose]
    if any(isinstance(m, Objects) for x in loose for m in x.marks):
        return _loose_vectors(equation, layouts)
    if not any(isinstance(mark, Spectrum) and mark.group for mark in marks):
        return bool(loose)
    name = equation.name
    if name == "mul":
        return len(loose) == len(layouts) or not _vanishes(layouts)
    if name == "div":
        return layouts[0].loose or not _vanishes(layouts[:1])
    keeps = name in _LINEAR or name in _KEEPS_ZERO or _is_positive_power(equation)
    return bool(loose) or not (keeps and all(_vanishes([x]) for x in layouts))


def _vanishes(layouts: Sequence[Layout]) -> bool:
    """Whether one factor is 0 where the spectrum was left out."""
    return any(
        not x.loose and any(isinstance(m, Spectrum) and m.group for m in x.marks) for x in layouts
    )


def _is_positive_power(equation: Equation) -> bool:
    return equation.name == "integer_pow" and int(equation.params["y"]) > 0


def _loose_vectors(equation: Equation, layouts: Sequence[Layout]) -> bool:
    """Vectors and operators that are not wholly known may be scaled and added, no more."""
    if equation.name not in _LINEAR:
        raise equation.refusal("it takes entries of a matrix made of eigenvectors one by one")
    if equation.name in ("add", "sub", "add_any"):
        shapes = {tuple(map(_kind, x.marks)) for x in layouts}
        if len(shapes) > 1:
            raise equation.refusal("it adds to a matrix made of eigenvectors something unlike it")
        return True
    if equation.name == "div" and layouts[1].loose:
        raise equation.refusal("it divides by entries of a matrix made of eigenvectors")
    for x in layouts[1:] if layouts[0].loose else layouts[:1]:
        if any(isinstance(m, Objects) for m in x.marks):
            raise equation.refusal("it scales entries of a matrix made of eigenvectors one by one")
    return True


def _kind(mark: Mark) -> str:
    return repr(mark)


def contraction(
    equation: Equation,
    layouts: Sequence[Layout],
    summed: tuple[Sequence[int], Sequence[int]],
    marks: Sequence[Mark],
) -> Layout:
    """The layout of a product of matrices, some of them made of eigenvectors."""
    left, right = layouts
    out = Layout(equation.shapes[0], tuple(marks))
    if not summed[0] and (operand := _scaled(left, right)):
        return replace(out, odd=operand.odd, loose=operand.loose)
    if len(summed[0]) != 1:
        raise equation.refusal("it sums over several axes of what comes out of a decomposition")
    if sum(isinstance(mark, Spectrum) for mark in marks) > 1:
        raise equation.refusal("it multiplies eigenvectors with eigenvectors")
    met = equation.joined((left.marks[summed[0][0]], right.marks[summed[1][0]]))
    odd = left.odd != right.odd
    for x in layouts:
        if x.loose and not _is_block(x, met):
            raise equation.refusal(
                "the sum depends on what eigenvectors outside the span of equal copies do"
            )
    if isinstance(met, Spectrum):
        _check_sum(equation, left, right, summed)
    return replace(out, odd=odd, loose=left.loose and right.loose)


def _is_block(x: Layout, met: Mark) -> bool:
    """Whether a loose matrix keeps the span of copies apart from the rest.

    Eigenvectors do, and so do operators made of them: a product with something inside the
    span stays inside, and one with another block matrix is a block matrix.
    """
    groups = {group for mark in x.marks for group in groups_of(mark)}
    if len(x.marks) != 2 or len(groups) != 1 or not groups_of(met):
        return False
    spectra = sum(isinstance(mark, Spectrum) for mark in x.marks)
    objects = sum(isinstance(mark, Objects) for mark in x.marks)
    return (spectra, objects, x.odd) in ((1, 1, True), (0, 2, False))


def _check_sum(
    equation: Equation, left: Layout, right: Layout, summed: tuple[Sequence[int], Sequence[int]]
) -> None:
    """Over a spectrum, signs must cancel, and both operands must have an axis of it."""
    marks = (left.marks[summed[0][0]], right.marks[summed[1][0]])
    if left.odd != right.odd:
        raise equation.refusal("the sum depends on signs of eigenvectors or singular vectors")
    if any(isinstance(mark, Equal) for mark in marks):
        raise equation.refusal("it sums a value over a spectrum as if all its entries were there")


def _scaled(left: Layout, right: Layout) -> Layout | None:
    """The spectral operand, if the other one is a number."""
    if not left.shape:
        return right
    return left if not right.shape else None
