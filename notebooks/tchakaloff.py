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
# # A cloud of points, and a few of them that have its moments
#
# Everything in the universal compression theory starts from one theorem on moments. This notebook
# takes a cloud of points through it: chooses the points that stay, finds their weights exactly,
# has the result checked by a program that trusts nobody, sees what the theorem cannot improve,
# and ends with a rule for a continuous measure, at 200 digits.

# %%
from IPython.display import Markdown

from ucomp_verify.claims.registry import find

Markdown(find("tchakaloff").statement)

# %% [markdown]
# ## 1. Reduce a cloud
#
# Two thousand points in the plane, half of them near a curve. With $m = 2$ and $k = 5$ there are
# $N = \binom{7}{5} = 21$ monomials, so at most 21 of the points are needed.

# %%
import numpy as np

from ucomp_verify.caratheodory import reduce_measure
from ucomp_verify.measures import FloatMeasure

draw = np.random.default_rng(1)
angle, spread = draw.uniform(0, 2 * np.pi, 1000), draw.normal(0, 0.05, 1000)
ring = (0.8 + spread) * np.array([np.cos(angle), np.sin(angle)])
points = np.concatenate([ring.T, draw.uniform(-1, 1, (1000, 2))])

compressed = reduce_measure(FloatMeasure(points), 5)
print(len(points), "points ->", len(compressed), "nodes; total weight", sum(compressed.weights.values))

# %% [markdown]
# The area of a disc is its weight.

# %%
import matplotlib.pyplot as plt

kept = points[list(compressed.indices)]
figure, axes = plt.subplots(figsize=(5, 5))
axes.scatter(*points.T, s=2, color="0.7")
axes.scatter(*kept.T, s=2 * compressed.rounded(), alpha=0.6, edgecolor="black")
axes.set_aspect("equal")
plt.show()

# %% [markdown]
# The weights are rational numbers. They solve a linear system whose entries are the coordinates, each
# a float64 and so an exact dyadic number. They are long, because they say *exactly* what the moments
# of two thousand points are.

# %%
longest = max(weight.denominator.bit_length() for weight in compressed.weights.values)
print("bits of a denominator: more than", 1000 * (longest // 1000))
print("all positive:", all(weight > 0 for weight in compressed.weights.values))

# %% [markdown]
# ## 2. Check it without trusting the program
#
# Which points stay was guessed in floating point. That does not matter: a certificate holds the
# points and the weights, and the kernel, which needs only Python's integers, compares all moments.

# %%
from ucomp_verify.kernel import check
from ucomp_verify.measures.certificates import certificate_of

certificate = certificate_of(compressed)
fact = check(certificate)
print(f"{fact.support_size} of {fact.num_nodes} nodes, degree {fact.degree}, defect {fact.defect}")

# %% [markdown]
# One weight wrong in its last place is enough for a refusal.

# %%
from dataclasses import replace

from ucomp_verify.kernel import RejectedCertificate

first, *others = certificate.weights.numerators
wrong = replace(certificate.weights, numerators=(first + 1, *others))
try:
    check(replace(certificate, weights=wrong))
except RejectedCertificate as error:
    print("rejected:", str(error).split(" is off")[0], "is off")

# %% [markdown]
# ## 3. When the data are special, fewer nodes do
#
# Points on a line in the plane: only polynomials of one variable can tell them apart. The rank of
# the monomials on the data is what counts, not $N$; for generic weights no fewer points do.

# %%
line = np.outer(np.arange(-500.0, 500.0), [1, 2])
on_a_line = reduce_measure(FloatMeasure(line), 5)
print(len(line), "collinear points ->", len(on_a_line), "nodes, not 21")

# %% [markdown]
# And $N$ cannot be lowered in general.

# %%
Markdown(find("tchakaloff-tight").statement)

# %% [markdown]
# ## 4. Two arithmetics
#
# Where rational weights would be too long, balls enclose them: each interval is certified to hold
# the true weight, and to be positive. Both must agree.

# %%
from fractions import Fraction

from ucomp_verify.caratheodory.reduction import Arithmetic

balls = reduce_measure(FloatMeasure(points), 5, arithmetic=Arithmetic.BALLS, digits=40).weights
pairs = list(zip(balls.values, balls.radii, compressed.weights.values, strict=True))
print("enclosed:", all(abs(middle - exact) <= radius for middle, radius, exact in pairs))
print("relative radii below 1e-40:", all(r < v * Fraction(1, 10**40) for v, r, _ in pairs))

# %% [markdown]
# ## 5. A continuous measure, at 200 digits
#
# Tchakaloff's theorem is older than finite measures: it was stated for areas. The triangle with
# corners $(0,0), (1,0), (0,1)$, all polynomials up to degree 6. The nodes are dyadic, the weights are
# enclosed to 200 digits.

# %%
from ucomp_verify.cubature import cubature

rule = cubature("simplex", 2, 6, 200)
print(len(rule), "nodes; N =", rule.size_bound, "; no positive rule has fewer than", rule.lower_bound)
print("first node  ", *(str(x)[:40] + "..." for x in rule.rounded_nodes()[0]))
print("first weight", str(rule.rounded_weights()[0])[:40] + "...")

# %% [markdown]
# A check that uses nothing of how the rule came about: exact sums over the rounded numbers.

# %%
report = rule.check()
print("weights > 0, nodes inside, degree 6 reached:", report.is_right)
print("largest relative error of a moment below 1e-190:", report.residual_bound < Fraction(1, 10**190))
