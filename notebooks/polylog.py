# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#       jupytext_version: 1.19.6
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # What a multiple of log d buys
#
# In Fig. 8 of the paper $d$ numbers are compressed to $120 \log d$ of them, and a mean over all
# changes by almost nothing. How little is it really, at which order, and what of such an error is
# rounding? Errors here are certified, if nothing else is said: enclosures of what weights do, exact
# ones or those of float64.

# %%
from IPython.display import Markdown

from ucomp_verify.claims.registry import find

Markdown(find("polylog-figure").statement)

# %% [markdown]
# ## 1. A cloud, and a few orders
#
# 1000 points of $[-1, 1]$ are cut into $[d' / (k+1)]$ cells of neighbours, and each keeps its
# moments up to order $k$ on $k + 1$ points at most. A higher order leaves fewer, wider cells: $d'$
# stays as it is. This is the study, run now.

# %%
from ucomp_verify.studies import Config, Seeds, load, place_of

study = load(place_of("polylog"))
seeds, found = Seeds(study.slug, study.version), {}
print("  k  cells  nodes  error at most       proved before     digits")
for k in (5, 10, 20, 40):
    config = Config.of(m=1, d=1000, k=k, trial=0, size="120 ln d")
    found[k] = study.cell(config, seeds).found
    cells, nodes, error, bound, digits = (
        found[k][name] for name in ("cells", "nodes", "error_upper", "bound", "dps")
    )
    print(f"{k:3}  {cells:5}  {nodes:5}  {error:18}  {bound:18}  {digits}")

# %% [markdown]
# The bound is theorem T7d in each cell: it knows where the poles of $f$ are, not which points stay.
#
# The paper's program has float64 weights. On the *same* points, let float64 match the moments: as
# raw power sums $\sum w^j$, and as sums of Legendre polynomials on the box of the cell. What these
# weights do to $f$ is certified as well.

# %%
for k, row in found.items():
    lost = {name: row[f"log10_over_{name}"] > 5 for name in ("monomial", "legendre")}
    print(f"k = {k:2}: more than 5 decades lost by power sums:", f"{lost['monomial']},", end=" ")
    print("by Legendre polynomials:", lost["legendre"])

# %% [markdown]
# ## 2. The error against the order
#
# The rows of the default grid come with the package: $d$ from 1000 to 64000, several clouds each.
# (`results.provenance` tells where, when and by which code they were made.)
# Full: exact weights, certified; dashed: weights that float64 finds by power sums, on the same
# points. Geometric means over the clouds. Which $d$ is lowest is chance: each cloud has its own
# vectors $x_a$, and so its own nearest pole.

# %%
import matplotlib.pyplot as plt

from ucomp_verify.studies.results import FOLDER, read_results

results = read_results(FOLDER / "polylog.jsonl")
table = results.table
print(len(table), "rows,", len(table.done), "of cells that ended well")
drawings = {figure.slug: figure for figure in results.study.figures(table)}

# %%
figure, places = plt.subplots(1, 2, figsize=(7.6, 3.1), layout="constrained", sharey=True)
for panel, axes in zip(drawings["polylog-degree"].panels, places, strict=True):
    for curve in panel.curves:
        look, name = ("o-", curve.label) if curve.style == "points" else ("--", None)
        axes.semilogy(curve.x, curve.y, look, ms=2.5, lw=0.8, color=f"C{curve.hue}", label=name)
    axes.set(xlabel="$k$", ylabel="error", title=panel.title)
_ = places[0].legend(fontsize=6)

# %% [markdown]
# The best order in each cloud, among those tried, and the error there. Where the best order is the
# last one tried, a higher one may be better still: such best errors are no law of $d$, and only
# show that there is room. The last column counts the errors, of all orders, that are below the
# proved bound.

# %%
summaries = {summary.title: summary for summary in results.study.summaries(table)}
best = summaries["Certified errors at the best degree"]
lines = [best.columns, ["---"] * len(best.columns), *best.rows]
Markdown("\n".join(f"| {' | '.join(line)} |" for line in lines))

# %% [markdown]
# ## 3. Where float64 stops
#
# A program that knows no errors but its own raises $k$ until the error that it *sees* grows. That
# is where it finds its best order, and its best error. The last column says how many decades of
# that error are rounding: the median over clouds, the least, and the most.

# %%
stops = summaries["Where a float64 program stops"]
lines = [stops.columns, ["---"] * len(stops.columns), *stops.rows]
Markdown("\n".join(f"| {' | '.join(line)} |" for line in lines))

# %% [markdown]
# The published figure has orders 5 to 10. They are no property of compression: with exact weights
# at higher orders the error goes on falling. Nor is the floor where they stop that of float64: it
# is that of power sums, whose matrices are ill-conditioned. Medians over all $d$ and clouds, for
# $d' = 120 \log d$:

# %%
import numpy as np

rows = table.done.where(size="120 ln d")
degrees = rows.values("k")
names = {
    "error": "exact weights",
    "error_monomial": "float64, power sums",
    "error_nnls": r"float64, power sums, weights $\geq 0$",
    "error_legendre": "float64, Legendre polynomials",
}

# %%
figure, axes = plt.subplots(figsize=(4.8, 3.4), layout="constrained")
for column, name in names.items():
    errors = [[row[column] for row in rows.where(k=k) if column in row.found] for k in degrees]
    axes.semilogy(degrees, [np.median(each) for each in errors], "o-", ms=3, label=name)
axes.set(xlabel="$k$", ylabel="certified error (median)")
_ = axes.legend(fontsize=7)

# %% [markdown]
# So a claim of its own says what the figure shows:

# %%
Markdown(find("polylog-figure-rounding").statement)

# %%
for slug in ("polylog-figure", "polylog-figure-rounding"):
    claim = find(slug)
    readings = [(e, claim.read(e)) for e in results.study.findings(table)]
    told = [(dict(e.parameters)["d"], r) for e, r in readings if r.bearing.name != "SILENT"]
    print(slug)
    for d, reading in told:
        print(f"  d = {d:>5}: {reading.bearing.name.lower()}, {reading.shows.replace('$', '')}")

# %% [markdown]
# ## 4. One reduction: the rate
#
# Why does $d'$ not have to grow with $d$? Take a single cell: all points are reduced to
# $d' = k + 1$ of them. Then the error is at most about $\rho^{-d'}$, whatever $d$ is; here
# $\rho$ belongs to the largest ellipse around $[-1, 1]$ in which $f$ has no pole. This is for
# $d = 10^5$ and several draws of the vectors $x_a$, so different $\rho$. Dashed: the bound of T7d,
# proved for the same rules; it knows $\rho$ and not the points that stay.

# %%
(panel,) = drawings["polylog-rate"].panels
looks = {"points": "o", "line": "-", "dashed": "--"}
figure, axes = plt.subplots(figsize=(4.8, 3.6), layout="constrained")
for curve in panel.curves:
    look, name = looks[curve.style], curve.label if curve.style == "points" else None
    axes.semilogy(curve.x, curve.y, look, ms=3, lw=0.8, color=f"C{curve.hue}", label=name)
axes.set(xlabel="$d'$", ylabel="error")
_ = axes.legend(fontsize=7)

# %% [markdown]
# The fitted rate against $\log \rho$, and how near the bound comes to the error.

# %%
rates = summaries["Rate of the error in d' for one reduction"]
lines = [rates.columns, ["---"] * len(rates.columns), *rates.rows]
Markdown("\n".join(f"| {' | '.join(line)} |" for line in lines))

# %% [markdown]
# How many of $10^5$ points are enough for $10^{-10}$, the error that the claim speaks of? The least
# size in the rows that is proved to be enough, with the error that it has, against $120 \log d$.

# %%
from math import floor, log

single = table.done.where(size="k + 1", d=100_000)
print("120 log d =", floor(120 * log(100_000)))
for trial in single.values("trial"):
    enough = [row for row in single.where(trial=trial) if float(row["bound"]) < 1e-10]
    least = min(enough, key=lambda row: row["nodes"])
    proved, has = least["bound"], least["error_upper"]
    print(f"cloud {trial}: {least['nodes']} nodes; proved {proved}, found {has}")

# %% [markdown]
# For a fixed error no growth is needed at all. What a multiple of $\log d$ buys is an error that
# falls like a power of $d$, $\rho^{-120 \log d} = d^{-120 \log \rho}$, if only the weights are
# found in an arithmetic that can hold them.
#
# To run more of it, or the same again:
#
#     ucomp-verify study list polylog
#     ucomp-verify study run polylog --grid quick --store p.db
#     ucomp-verify study fit p.db
#     ucomp-verify study run polylog --grid full --store f.db --executor dask:tcp://HOST:8786
