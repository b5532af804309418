"""Lower bounds, true worst cases and upper bounds over d', for one class at a time.

`python -m benchmarks.sandwich` writes a table and a plot to where the report finds them. Every
number is the end of a proved bound or enclosure, and the order of the layers is checked on
exact ends.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from importlib import import_module
from typing import Any

from benchmarks.tables import Cell, write_table
from ucomp_verify.lower_bounds.sandwich import Layer, analytic_layers, plane_layers, smooth_layers

RHO = Fraction(3)
LINE_SIDE, PLANE_SIDE = 2048, 256
SIZES, DEGREES = range(1, 21), range(5)
ORDERS, CELLS = (2, 4), tuple(2**i for i in range(7))

COLUMNS = (
    "class",
    "d'",
    "lower bound of any rule",
    "Gauss rule (free nodes)",
    "reduction (nodes of the data)",
    "T7d, or T4b",
    "T7b",
    "T7c",
)


def layers() -> dict[str, list[Layer]]:
    """The layers by the class, all in order."""
    out = {f"|g| ≤ 1 on E_{RHO}, m = 1": list(analytic_layers(RHO, LINE_SIDE, SIZES))}
    for order in ORDERS:
        name = f"|g^({order})| ≤ 1, m = 1"
        out[name] = list(smooth_layers(order, LINE_SIDE, CELLS))
    out[f"|g| ≤ 1 on E_{RHO}², m = 2"] = list(plane_layers(RHO, PLANE_SIDE, DEGREES))
    assert all(layer.ordered for found in out.values() for layer in found)
    return out


def main() -> None:
    """Write the table and the plot."""
    found = layers()
    write_table(
        "sandwich",
        title="Lower bound ≤ true worst case ≤ upper bound, over the number d' of nodes",
        note=f"The data are the midpoints of {LINE_SIDE} equal parts of [-1, 1] (m = 1) or of "
        f"{PLANE_SIDE}² equal squares (m = 2), with unit weights, so d = {LINE_SIDE} or "
        f"{PLANE_SIDE**2}. Lower bounds are T8(ii) for the analytic classes, T4c for a bounded "
        "derivative: they hold for any d' nodes with real weights. For a bounded derivative of "
        "order s the rules are a reduction of degree s - 1, or for s = 2 a Gauss rule with one "
        "node, in each of equal cells. Worst cases are suprema over the class, enclosed in balls "
        "(Chebyshev mismatches) or exact (Peano kernels); where the two ends differ, both are "
        "given. That lower ≤ worst case ≤ upper is checked on exact ends at every point. "
        "Analytic classes gain a factor with every node, fixed smoothness gains a power of d': "
        "compression to polylog d nodes needs analytic functions.",
        columns=COLUMNS,
        rows=[_row(name, layer) for name, rows in found.items() for layer in rows],
        figure=_plot(found),
    )


def _row(name: str, layer: Layer) -> list[Cell]:
    rules, upper = dict(layer.rules), dict(layer.upper)
    gauss, kept = rules.get("Gauss rule"), layer.rules[-1][1]
    first = upper.get("T7d", upper.get("T4b"))
    bounds = (first, upper.get("T7b"), upper.get("T7c"))
    return [
        name,
        str(layer.size),
        f"{float(layer.lower):.3g}",
        "" if gauss is None else _ends(gauss.lower, gauss.upper),
        _ends(kept.lower, kept.upper),
        *("" if bound is None else f"{float(bound):.3g}" for bound in bounds),
    ]


def _ends(lower: Fraction, upper: Fraction) -> str:
    ends = f"{float(lower):.3g}", f"{float(upper):.3g}"
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def _plot(found: Mapping[str, list[Layer]]) -> Any:
    """Errors on a logarithmic axis; in the middle d' too, where the rates are powers."""
    matplotlib: Any = import_module("matplotlib")
    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "sandwich"
    pyplot: Any = import_module("matplotlib.pyplot")
    figure, axes = pyplot.subplots(1, 3, figsize=(13, 4.2), layout="constrained")
    analytic, *smooth, plane = found.values()
    _curves(axes[0], analytic)
    axes[0].set(yscale="log", title=f"analytic: |g| ≤ 1 on E_{RHO}, m = 1")
    for order, rows, tone in zip(ORDERS, smooth, ("C0", "C3"), strict=True):
        _band(axes[1], rows, f"s = {order}: ", tone)
    axes[1].set(xscale="log", yscale="log", title="fixed smoothness: |g^(s)| ≤ 1, m = 1")
    _curves(axes[2], plane)
    axes[2].set(yscale="log", title=f"analytic: |g| ≤ 1 on E_{RHO}², m = 2")
    for panel in axes:
        panel.set(xlabel="d'")
        panel.grid(visible=True, which="major", alpha=0.25)
        panel.legend(fontsize=7)
    axes[0].set(ylabel="error")
    return figure


def _curves(panel: Any, rows: list[Layer]) -> None:
    names = [name for name, _ in rows[-1].upper]
    for name in names:
        known = [(row.size, dict(row.upper)[name]) for row in rows if name in dict(row.upper)]
        _line(panel, known, f"{name} (upper bound)", "--")
    for place, (name, _) in enumerate(rows[0].rules):
        enclosed = [(row.size, row.rules[place][1]) for row in rows]
        panel.fill_between(
            [d for d, _ in enclosed],
            [float(e.lower) for _, e in enclosed],
            [float(e.upper) for _, e in enclosed],
            alpha=0.3,
            color=f"C{place + 1}",
        )
        _line(panel, [(d, e.lower) for d, e in enclosed], f"{name} (true)", "o-", f"C{place + 1}")
    _line(panel, [(row.size, row.lower) for row in rows], "T8(ii) (lower bound)", "k:")


def _band(panel: Any, rows: list[Layer], prefix: str, tone: str) -> None:
    upper = [(row.size, row.upper[0][1]) for row in rows]
    _line(panel, upper, f"{prefix}T4b (upper bound)", "--", tone)
    for place, (name, _) in enumerate(rows[0].rules):
        style = "s-" if name == "Gauss rule" else "o-"
        true = [(row.size, row.rules[place][1].lower) for row in rows]
        _line(panel, true, f"{prefix}{name} a cell (true)", style, tone)
    lower = [(row.size, row.lower) for row in rows]
    _line(panel, lower, f"{prefix}T4c (lower bound)", ":", tone)


def _line(
    panel: Any, known: Iterable[tuple[int, Fraction]], label: str, style: str, tone: str = ""
) -> None:
    points = list(known)
    tones = {"color": tone} if tone else {}
    panel.plot(
        [d for d, _ in points],
        [float(v) for _, v in points],
        style,
        markersize=3,
        label=label,
        **tones,
    )


if __name__ == "__main__":
    main()
