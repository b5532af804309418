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
# # The error bounds: what is printed, why it fails, what holds
#
# The paper bounds the error of a compression by $O(\cdot)$s. Several of these are false or say
# nothing. This notebook goes through them in the order of the paper: the printed statement, the
# smallest thing that breaks it, and the statement with constants that stands in its place.
# Everything drawn is computed here from exact rationals or proved bounds.

# %%
from IPython.display import Markdown

from ucomp_verify.claims.registry import CLAIMS

repaired = [claim for claim in CLAIMS if claim.repairs]
rows = [f"| `{c.repairs}` | `{c.slug}` | {c.title} |" for c in repaired]
Markdown("\n".join(["| printed | in its place | |", "|---|---|---|", *rows]))

# %% [markdown]
# ## 1. A small ball (`small-ball`): $h$ must be Lipschitz
#
# *Printed:* matching moments up to order $k$ in a ball of diameter $r$ costs $O(d\, r^{k+1})$,
# whatever $h$ is. *It fails:* $n$ copies of $-1, 0, 1$ and $h(y) = y^2$. Two of three nodes can
# be kept with equal moments up to order 1; the error of $g = 1 + w^2$ grows like $d^2$.

# %%
from fractions import Fraction

import matplotlib.pyplot as plt

from ucomp_verify.caratheodory import caratheodory_reduce
from ucomp_verify.functions import DeepSet, variables
from ucomp_verify.measures import AtomicMeasure

(x,) = variables(1)
square = DeepSet(outer=x**2, inner=1 + x**2)
before = AtomicMeasure([(-1,), (0,), (1,)], [1, 1, 1])
after = caratheodory_reduce(before, 1)
print("weights", *before.weights, "->", *after.weights)

# %%
values = [square.at(m.nodes, m.weights) for m in (before, after)]
copies = [2**i for i in range(12)]
errors = [n**2 * abs(values[1] - values[0]) for n in copies]  # all weights n times as large
counts = [3 * n for n in copies]
figure, axes = plt.subplots(figsize=(4.6, 2.7))
axes.loglog(counts, [float(error) for error in errors], "o-", ms=3, label="error for $h(y) = y^2$")
axes.loglog(counts, counts, "--", label="$d$, as printed with $C = r = 1$")
axes.set(xlabel="$d$", ylabel="error")
_ = axes.legend(fontsize=8)

# %% [markdown]
# *What holds* (`small-ball-repaired`): $2 \Lambda W B s^{k+1} / (k+1)!$, with the Lipschitz
# constant $\Lambda$ of $h$, the total weight $W$, and the radius $s$ of the *smallest enclosing
# ball*, which for a set of diameter $r$ is not $r/2$ (Jung). Against exact errors of
# $g = 1/(a - w)$:

# %%
from ucomp_verify.bounds import SmoothClass, small_ball_bound

pole, degrees = DeepSet(outer=x, inner=1 / (2 - x)), range(7)
line = AtomicMeasure.unit([(Fraction(i, 20),) for i in range(-20, 21)])
kept = [caratheodory_reduce(line, k) for k in degrees]
true = pole.at(line.nodes, line.weights)
errors = [abs(pole.at(m.nodes, m.weights) - true) for m in kept]

# %%
from math import factorial

classes = [SmoothClass(k + 1, Fraction(factorial(k + 1))) for k in degrees]  # the pole is 1 away
bounds = [small_ball_bound(c, mass=line.total_mass, radius=Fraction(1)).value for c in classes]
figure, axes = plt.subplots(figsize=(4.6, 2.7))
axes.semilogy(degrees, [float(b) for b in bounds], "v-", ms=4, label="bound")
axes.semilogy(degrees, [float(e) for e in errors], "o-", ms=4, label="exact error")
axes.set(xlabel="$k$")
_ = axes.legend(fontsize=8)

# %% [markdown]
# With derivatives as large as those of a pole at distance 1 the bound of the ball of radius 1 does
# not fall: that is what cells are for (section 3), or Chebyshev's series (section 4).
#
# ## 2. Close points (`sphere-packing`)
#
# *Printed:* of $d$ points in a ball of radius $R$ some $N$ have diameter at most
# $4R / ((d/(N-1) - 1)^{1/m} - 1)$. *It fails* at the boundary: negative for $d < 2(N-1)$,
# a division by zero at $d = 2(N-1)$. *What holds* (`sphere-packing-repaired`): $6R
# ((N-1)/d)^{1/m}$. Here for $m = 1$, $N = 3$ and $d$ equally spaced points, where it can be
# compared with the truth.

# %%
from ucomp_verify.bounds import packing_bound

spaced, size = range(3, 40), 3
truth = [Fraction(4, d - 1) for d in spaced]
printed = [4 / (d / (size - 1) - 2) if d != 4 else float("nan") for d in spaced]
holds = [packing_bound(d, size, radius=Fraction(1), dim=1).value for d in spaced]
figure, axes = plt.subplots(figsize=(4.6, 2.7))
axes.plot(spaced, printed, "x", ms=4, label="printed")
axes.plot(spaced, [float(b) for b in holds], "v-", ms=3, label="repaired")
axes.plot(spaced, [float(t) for t in truth], "o", ms=3, label="true diameter")
axes.set(xlabel="$d$", ylim=(-9, 5))
_ = axes.legend(fontsize=8)

# %% [markdown]
# ## 3. Universal compression (`universal-compression`)
#
# *Printed:* Algorithm 1 has error $O(d\, (d')^{1 - (k+1)/m})$. *It fails* for $h(y) = y^2$, as
# above, and no $d' < N$ can be reached. *What holds:* the same rate with constants
# (`universal-compression-repaired`), and a better one, by the factor $d'$, for one reduction a
# cell (`one-shot-compression`).

# %%
from ucomp_verify.bounds import greedy_bound, grid_bound, one_shot_size

functions, d, sides = SmoothClass(4, Fraction(1)), 100_000, range(2, 40)
sizes = [one_shot_size(2, 3, n) for n in sides]
cells = [grid_bound(functions, dim=2, half_side=Fraction(1), mass=Fraction(d), side=n) for n in sides]
greedy = [greedy_bound(functions, dim=2, radius=Fraction(1), count=d, size=n) for n in sizes]
figure, axes = plt.subplots(figsize=(4.6, 2.7))
axes.loglog(sizes, [float(b) for b in greedy], label="Algorithm 1 (T4a)")
axes.loglog(sizes, [float(b) for b in cells], label="one reduction a cell (T4b)")
axes.set(xlabel="$d'$", ylabel="proved bound", title="$m = 2$, $k = 3$, $B = 1$", ylim=(1e-6, None))
_ = axes.legend(fontsize=8)

# %% [markdown]
# ## 4. Polylog (`polylog`)
#
# *Printed:* the rate $\exp(-\frac1e (m!\, \rho\, d')^{1/m})$. *It fails:* measure lengths in
# another unit, $w \to s w$, and no error changes, while $\rho$ becomes $s \rho$ and the printed
# exponent grows by $s^{1/m}$. *What holds* (`polylog-rate`): $\exp(-(m!\, d')^{1/m} / n)$ with
# $n = \lceil e R / \rho \rceil$, which knows only the ratio $R / \rho$.

# %%
from math import e, exp

from ucomp_verify.bounds import PolydiscClass, rate_bound

units, size = [Fraction(2) ** i for i in range(-4, 5)], 400
base = PolydiscClass(2, half_side=Fraction(1), radius=Fraction(1, 2), bound=Fraction(1))
repaired = [rate_bound(base.scaled(s), mass=Fraction(1), size=size).value for s in units]
printed = [exp(-((2 * float(s) * 0.5 * size) ** 0.5) / e) for s in units]
figure, axes = plt.subplots(figsize=(4.6, 2.7))
axes.loglog([float(s) for s in units], printed, "x-", ms=4, label="printed rate")
axes.loglog([float(s) for s in units], [float(r) for r in repaired], "v-", ms=4, label="T7c")
axes.set(xlabel="unit of length $s$", ylabel="bound of the same error")
_ = axes.legend(fontsize=8)

# %% [markdown]
# How many nodes are enough for an error? `nodes_for_error` answers with a proof. For all
# functions $\sigma(\langle x, w \rangle)$ with $|x|_1 \le 1$ at once, on a million points of
# $[-1, 1]^2$:

# %%
from ucomp_verify.bounds import nodes_for_error, sigmoid_class

for digits in (2, 4, 6, 8, 10):
    eps = Fraction(1, 10**digits)
    plan = nodes_for_error(sigmoid_class(2), mass=Fraction(10**6), error=eps)
    print(f"error 1e-{digits:02}: {plan.nodes:4} nodes, degree {plan.degree}, by {plan.bound.theorem}")

# %% [markdown]
# ## 5. Level sets (`levelset-remez`)
#
# *Printed:* $|\{|p| \le t\}|$ is at most the share $(t/2)^{1/k}$ of a convex body on which
# $\max |p| = 1$. *It fails* for every power: $|x^k| \le t$ on the share $t^{1/k}$ of $[-1, 1]$.
# *What holds* (`levelset-remez-repaired`): $1 - \tanh^{2m}(\operatorname{arccosh}(1/t) / 2k) \le
# 4 m\, t^{1/k}$; the first is attained by Chebyshev polynomials.

# %%
from ucomp_verify.lower_bounds.level_sets import sharp_share

levels, k = [Fraction(i, 40) for i in range(1, 40)], 3
figure, axes = plt.subplots(figsize=(4.6, 2.7))
axes.plot(levels, [(float(t) / 2) ** (1 / k) for t in levels], "x", ms=3, label="printed bound")
axes.plot(levels, [float(t) ** (1 / k) for t in levels], "o", ms=3, label="share for $x^3$")
axes.plot(levels, [float(sharp_share(1, k, t).upper) for t in levels], label="sharp bound")
axes.set(xlabel="$t$", ylabel=r"share of $\{|p| \leq t\}$")
_ = axes.legend(fontsize=8)

# %% [markdown]
# ## 6. Quasi-uniform points (`quasi-uniform-counting`)
#
# *Used in the printed proof:* if all Voronoi cells of $d$ points have volume at most $C/d$, then
# level sets of polynomials hold their share of the points. *It fails* for points in a row: all
# cells have area exactly $1/d$, and $\{|2y - 1| \ge \frac12\}$, half of the square, holds none.

# %%
d = 12
row = [(2 * i + 1) / (2 * d) for i in range(d)]
figure, axes = plt.subplots(figsize=(2.7, 2.7))
axes.fill_between([0, 1], 0.75, 1, color="0.85")
axes.fill_between([0, 1], 0, 0.25, color="0.85")
axes.vlines([i / d for i in range(1, d)], 0, 1, lw=0.5)
axes.plot(row, [0.5] * d, "o", ms=3)
_ = axes.set(xlim=(0, 1), ylim=(0, 1), aspect="equal")

# %% [markdown]
# ## 7. The lower bound (`lower-bound`)
#
# *Printed:* for every compression there are a polynomial $g$ and then $A, B > 0$ with error at
# least $A d \exp(-B (d')^{1/m})$. *It is empty:* $g = \prod_j |x - y_j|^2$ has a gap, any gap,
# and $A = \text{gap}/d$ will do. *What holds* (`lower-bound-repaired`): constants first, $g$ in
# the class of the upper bound. Then both sides meet: between the lines lies the true worst case
# of a rule with $d'$ nodes, enclosed in balls.

# %%
from ucomp_verify.lower_bounds.sandwich import analytic_layers

layers = list(analytic_layers(Fraction(3), 1024, range(2, 15, 2)))
print("certified order at every point:", all(layer.ordered for layer in layers))
sizes = [layer.size for layer in layers]
figure, axes = plt.subplots(figsize=(4.6, 3.2))
axes.semilogy(sizes, [float(layer.lower) for layer in layers], "^-", ms=4, label="no rule is better")
for i, (name, _) in enumerate(layers[0].rules):
    axes.semilogy(sizes, [float(layer.rules[i][1].upper) for layer in layers], "o", ms=3, label=name)
axes.semilogy(sizes, [float(dict(layer.upper)["T7d"]) for layer in layers], "v-", ms=4, label="T7d")
axes.set(xlabel="$d'$", ylabel="worst case of the class")
_ = axes.legend(fontsize=7)

# %% [markdown]
# ## 8. Only for analytic functions (`fixed-smoothness-rate`)
#
# For functions with one bounded derivative of order $s$ both sides are powers of $d'$: no
# compression of any kind reaches an error $\varepsilon$ with polylog many nodes.

# %%
from ucomp_verify.lower_bounds.sandwich import smooth_layers

layers = list(smooth_layers(2, 1024, [1, 2, 4, 8, 16, 32, 64]))
print("certified order at every point:", all(layer.ordered for layer in layers))
sizes = [layer.size for layer in layers]
figure, axes = plt.subplots(figsize=(4.6, 3.2))
axes.loglog(sizes, [float(layer.lower) for layer in layers], "^-", ms=4, label="no rule is better")
name = layers[0].rules[-1][0]
axes.loglog(sizes, [float(layer.rules[-1][1].upper) for layer in layers], "o", ms=3, label=name)
axes.loglog(sizes, [float(layer.upper[0][1]) for layer in layers], "v-", ms=4, label="T4b")
axes.set(xlabel="$d'$", ylabel="worst case of the class")
_ = axes.legend(fontsize=7)

# %% [markdown]
# The verdicts on all of these, with the counterexamples and instances they rest on, are printed by
# `ucomp-verify check`; the proofs by hand stand in `proofs/<claim>/argument.md`.
