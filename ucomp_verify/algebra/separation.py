"""Polynomials that vanish at given nodes and nowhere else, checked for symbolic nodes."""

from typing import Any

from .rational_rings import rational_ring


def check_separation(*, max_dim: int, max_nodes: int) -> int:
    """How many identities hold: prod_j |x - y_j|^2 is 0 at x = y_j, and gap - A d E = gap (1 - E).

    The first is expanded for all dimensions and numbers of nodes up to the maxima; one
    coordinate of one factor, (x - y)^2 at x = y, stands for all others. The second, times d,
    holds for A d = gap and symbols gap and E. Raises ValueError if one fails.
    """
    checks = 0
    for dim in range(1, max_dim + 1):
        for count in range(1, max_nodes + 1):
            checks += _vanishing(dim, count)
    _, (gap, decay) = rational_ring(["gap", "decay"])
    if gap - gap * decay != gap * (1 - decay):
        raise ValueError("gap - A d E and gap (1 - E) differ for A d = gap")
    return checks + 1


def _vanishing(dim: int, count: int) -> int:
    names = [f"y{j}_{a}" for j in range(count) for a in range(dim)]
    _, symbols = rational_ring(names)
    nodes: list[list[Any]] = [symbols[j * dim : (j + 1) * dim] for j in range(count)]
    for node in nodes:
        if squared_distances(node, nodes) != 0:
            raise ValueError(f"the product of {count} squared distances in dim {dim} is not 0")
    return count


def squared_distances(point: "list[Any]", nodes: "list[list[Any]]") -> Any:
    """The product over the nodes of the squared distance from the point, in any ring."""
    product: Any = 1
    for node in nodes:
        product = product * sum((x - y) ** 2 for x, y in zip(point, node, strict=True))
    return product
