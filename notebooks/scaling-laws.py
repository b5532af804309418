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
# # When an exponent doubles
#
# Test losses often fall as a power of the number of examples, or of the width of a network. After
# compression to $d' = [16 \sqrt d]$ objects the paper finds about twice the exponent. What does that
# number say? A copy that loses nothing doubles the exponent exactly, whatever made the copy. So the
# question is not whether the exponent doubles, but whether a fair control doubles it too.

# %%
from IPython.display import Markdown

from ucomp_verify.claims.registry import find

Markdown(find("scaling-law-figure").statement)

# %% [markdown]
# ## 1. A change of the axis
#
# If the loss is $L = (d_0 / d)^a$ and a copy with $d' = 16 \sqrt d$ objects has the same loss, then
# $d = (d'/16)^2$. The exponent of the loss against $d'$ is minus the slope of its logarithm:

# %%
import sympy as sp

a, d0, kept = sp.symbols("a d_0 d'", positive=True)
loss = (d0 / (kept / 16) ** 2) ** a
print("exponent against d':", sp.simplify(-kept * sp.diff(sp.log(loss), kept)))

# %% [markdown]
# The same by a fit, with the sizes of the study. Beside the original three arms: a perfect copy, a copy
# that is a tenth worse at every size, and one that is no better than a new data set or network of its
# own size $d'$. Nothing here is trained.

# %%
from ucomp_verify.studies.fits import fit_power
from ucomp_verify.studies.scaling_laws.cells import budget

sizes = [256 * 2**j for j in range(8)]
arms = {
    "original": {d: [d**-0.4] for d in sizes},
    "perfect copy": {budget(d): [d**-0.4] for d in sizes},
    "a tenth worse": {budget(d): [1.1 * d**-0.4] for d in sizes},
    "new and small": {budget(d): [budget(d) ** -0.4] for d in sizes},
}
for name, samples in arms.items():
    print(f"{name:15}{fit_power(samples).exponent:.3f}")

# %% [markdown]
# A copy may be worse by any constant factor, and the exponent still doubles. Only an arm whose loss,
# divided by the original's, changes with the size gets another one. This holds for the compressed arm
# and for every control: random objects that train as well as all of them double the exponent without
# any moments.
#
# What moments are said to give is a copy that loses next to nothing; with $\sigma = \frac12$ the
# exponent doubles:

# %%
Markdown(find("scaling-law-power").statement)

# %% [markdown]
# The law has a floor $L_0$. A fit through losses near their floor shows less than $\alpha$, for the copy
# as for the original. For a constant it shows 0, and twice 0 is 0.

# %% [markdown]
# ## 2. What training gives
#
# The committed rows of the study `scaling-laws`. In each trial all arms are made of the same data set,
# or (all but "narrow") of the same network. At $d = 256$ nothing is left out, as $d' = d$.
# "compressed" keeps moments; for data sets those that a squared loss needs, and "isotropic" all of
# them, as the paper does. The controls:
#
# - "random" and "weighted" are fair: random objects, each of the weight $d / d'$.
# - "zeroth" keeps only the sums of $1$ and $y$ ($k = 0$), in cells of two examples.
# - "unweighted", the paper's control, has random neurons of weight 1; "narrow" is a new network of
#   width $d'$.
#
# The last columns are the ratio to the exponent of the original, and its interval, if there are trials
# enough.

# %%
from ucomp_verify.studies.results import FOLDER, read_results

results = read_results(FOLDER / "scaling-laws.jsonl")
summaries = results.study.summaries(results.table)
print(len(results.table), "rows")
for summary in (one for one in summaries if one.title.startswith("Exponents")):
    print(f"\n{summary.title}\n{'arm':12}{'exponent':18}{'95 %':18}{'ratio':7}95 %")
    for row in summary.rows:
        print("{:12}{:18}{:18}{:7}{}".format(*row))

# %% [markdown]
# The loss of each arm divided by the original's, which is what section 1 says to look at. Over sizes
# where a column is constant the exponent doubles, also if the constant is far above 1. Then a smaller
# fitted exponent comes from the other sizes.

# %%
for summary in (one for one in summaries if one.title.startswith("Test losses")):
    arms = summary.columns[3:]
    print(f"\n{summary.title}\n{'d':>7}{'d':>6}'", *(f"{arm:>10}" for arm in arms))
    for d, small, _, *cells in summary.rows:
        print(f"{d:>7}{small:>7}", *(f"{cell.split('(')[1][:-1]:>10}" for cell in cells))

# %% [markdown]
# The losses themselves, against $d$ for the original and $d'$ for the others. An arm that lies on the
# curve of the original is as good as new objects of its own number. Curves that bend have no exponent
# of their own: what is fitted depends on the range, and $d'$ has a shorter one than $d$.

# %%
import matplotlib.pyplot as plt

(drawn,) = results.study.figures(results.table)
figure, axes = plt.subplots(1, len(drawn.panels), figsize=(9, 3.8), sharex=True)
for place, panel in zip(axes, drawn.panels, strict=True):
    for curve in (one for one in panel.curves if one.label):
        place.loglog(curve.x, curve.y, "o-", ms=3, label=curve.label)
    place.set_title(panel.title, fontsize=9)
    place.set(xlabel=panel.x_label, ylabel=panel.y_label)
    place.xaxis.set_minor_formatter("")
    place.legend(fontsize=7)
figure.tight_layout()
plt.show()

# %% [markdown]
# ## 3. What follows
#
# The exponent of the compressed arm minus that of each control, both against $d'$, with a 95 % interval.
# An interval that holds 0 is no evidence for moments, however near the ratio is to 2.

# %%
for summary in (one for one in summaries if one.title.startswith("Against")):
    print(summary.title)
    for control, apart, interval, follows in summary.rows:
        print(f"  {control:10}{apart:8}({interval})\n    {follows}")

# %% [markdown]
# For data sets "random" and "zeroth" ask different questions. What is seen against the random subset may come from
# the sums of $1$ and $y$ alone, over examples that are spread evenly over cells: "zeroth" has these too.
# Only what is seen against "zeroth" is evidence for moments of higher order.
#
# All of this is about the settings above: the titles have the order and the number of steps. The paper
# has $k = 6$ in both parts, and trains widths for many more steps; the grid `full` has these.
#
# ## 4. The whole study
#
# With notes on each fit, and a figure with the fitted laws:
#
# ```
# ucomp-verify study run scaling-laws --store scaling-laws.db --grid quick
# ```
