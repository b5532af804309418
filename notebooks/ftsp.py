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
# # Symmetric polynomials of points, written in moments
#
# The universal compression theory replaces $d$ objects $w_1, \dots, w_d \in \mathbb{R}^m$ by fewer
# weighted ones with the same moments. It rests on a theorem: a polynomial that does not care about
# the order of the objects depends on their moments only. This notebook tells what that theorem
# says, how a program carries it out, how the result is checked by a program that need not believe
# it, and where the printed proof says more than is true.
#
# What stands below a code cell is computed, exactly. The hand proofs are in
# `proofs/ftsp*/argument.md`.

# %%
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from math import prod

from IPython.display import Markdown, Math
from sympy import Poly

from ucomp_verify.claims.registry import find

# %% [markdown]
# ## 1. What the theorem says
#
# In the words of the registry of claims:

# %%
Markdown(find("ftsp").statement)

# %% [markdown]
# For a multi-index $\alpha \in \mathbb{N}^m$ the power sum $q_\alpha = \sum_i w_i^\alpha$ is $d$
# times the moment $p_\alpha$. So $q_{20}$ is the sum of the squares of the first coordinates, and
# $q_{11}$ the sum of the products of both. The order of $q_\alpha$ is $|\alpha| = \sum_a \alpha_a$.
#
# An example with $m = 2$ and $d = 3$: the squared areas of the parallelograms that pairs of points
# span with the origin, added up.

# %%
from ucomp_verify.algebra import point_symbols, to_power_sums

points = point_symbols(3, 2)
areas = sum((x1 * y2 - x2 * y1) ** 2 for (x1, y1), (x2, y2) in combinations(points, 2))
areas

# %%
in_power_sums = to_power_sums(areas, 3, 2)
Math(f"f = {in_power_sums.latex()}")

# %% [markdown]
# Both sides at three points of our choice:

# %%
nodes = [(0, 1), (2, 3), (Fraction(1, 2), -1)]
at = {symbol: v for row, node in zip(points, nodes) for symbol, v in zip(row, node)}
print(areas.subs(at), "=", in_power_sums.evaluate(nodes))

# %% [markdown]
# A polynomial that is not symmetric is refused, with two monomials that show it:

# %%
from ucomp_verify.algebra import NotSymmetric

try:
    to_power_sums(points[0][0] ** 2 + points[1][0] ** 2, 3, 2)
except NotSymmetric as error:
    print(error)

# %% [markdown]
# ## 2. A reduction, step by step
#
# **Orbits.** Permuting the points permutes the monomials. Those that arise from each other form an
# orbit, and all of them have the same coefficient, which is kept once. An orbit is named by its
# parts, the nonzero exponents of single points. So the terms of $f$ become

# %%
from ucomp_verify.algebra.multisymmetric import from_terms

letters = [symbol for row in points for symbol in row]
orbits = from_terms(Poly(areas, letters).as_dict(), num_points=3, dim=2)
print(orbits.num_terms, "terms in", len(orbits.orbits), "orbits:")
print("\n".join(f"{c} for the parts {parts}" for parts, c in orbits.orbits.items()))

# %% [markdown]
# **Sums over distinct points.** Let $M(\alpha_1, \dots, \alpha_n)$ be the sum of $w_{i_1}^{\alpha_1}
# \cdots w_{i_n}^{\alpha_n}$ over pairwise distinct $i_1, \dots, i_n$. Up to a factor that counts
# equal parts it is the sum of an orbit, so the $M$ span.
#
# **Recurrence.** In the product $q_\gamma M(\alpha, \beta)$ the point of the new factor is either a
# third one, or that of $\alpha$, or that of $\beta$:
# $q_\gamma M(\alpha, \beta) = M(\alpha, \beta, \gamma) + M(\alpha + \gamma, \beta) +
# M(\alpha, \beta + \gamma).$
# Read from right to left this takes parts away, until only power sums are left. With
# $\alpha = (1, 0)$, $\beta = (0, 1)$, $\gamma = (1, 1)$:

# %%
from ucomp_verify.algebra import PowerSumPolynomial
from ucomp_verify.algebra.reduction import monomials_to_power_sums

a, b, c = (1, 0), (0, 1), (1, 1)
sums = {r"\alpha, \beta": (b, a), r"\alpha + \gamma, \beta": (b, (2, 1)),
        r"\alpha, \beta + \gamma": ((1, 2), a), r"\alpha, \beta, \gamma": (b, a, c)}
forms = {name: monomials_to_power_sums({parts: Fraction(1)}) for name, parts in sums.items()}
rows = [f"M({name}) &= {PowerSumPolynomial(2, None, form).latex()}" for name, form in forms.items()]
Math(r"\begin{aligned}" + r" \\ ".join(rows) + r"\end{aligned}")

# %% [markdown]
# **Set partitions.** Unrolled, the recurrence is one sum over the partitions of the parts into
# blocks. A block of $b$ parts becomes the power sum of their sum, with the factor
# $(-1)^{b-1} (b-1)!$ (claim `ftsp-closed-form`). For three parts there are five partitions:

# %%
from ucomp_verify.algebra import closed_form, set_partitions

factor = {1: 1, 2: -1, 3: 2}  # (-1)^(b-1) (b-1)!
for blocks in set_partitions("abc"):
    print(f"{prod(factor[len(block)] for block in blocks):>3}  ", " | ".join(map("".join, blocks)))

# %% [markdown]
# The two ways agree:

# %%
by_partitions = {factors: coefficient for coefficient, factors in closed_form((a, b, c)).right}
by_partitions == forms[r"\alpha, \beta, \gamma"]

# %% [markdown]
# All this holds for every number of points, and no order exceeds the degree (claim `ftsp-degree`).
#
# **Pigeonhole: orders above $d$.** Three pairwise distinct points out of two do not exist. So for
# $d = 2$ the sum $M(\alpha, \beta, \gamma)$ is empty, hence 0, and the last line above can be solved
# for $q_{22}$:

# %%
relation = dict(by_partitions)
leading = relation.pop(((2, 2),))
solved = {factors: -coefficient / leading for factors, coefficient in relation.items()}
Math(f"q_{{22}} = {PowerSumPolynomial(2, 2, solved).latex()} \\qquad (d = 2)")

# %% [markdown]
# The orders have become smaller. $q_{12}$ and $q_{21}$ are still above $d = 2$; the same step again
# removes them:

# %%
from ucomp_verify.algebra.reduction import reduce_orders

low = PowerSumPolynomial(2, 2, reduce_orders({((2, 2),): Fraction(1)}, 2))
Math(f"q_{{22}} = {low.latex()} \\qquad (d = 2)")

# %% [markdown]
# Every multi-index of order above $d$ is a sum of $d + 1$ nonzero ones, so the step applies as long as
# an order above $d$ is left: every symmetric polynomial ends in power sums of order at most $d$. No
# Gröbner basis is needed, and no Newton identities.

# %% [markdown]
# ## 3. The certificate, and a program that need not believe
#
# The result can be written down as a certificate: both sides of the identity, nothing else.
# The kernel (standard library only) multiplies the right side out and compares the orbits.

# %%
from ucomp_verify.kernel import RejectedCertificate, check

certificate = in_power_sums.certificate(orbits)
fact = check(certificate)
print(type(fact).__name__, "for", fact.num_points, "points in dimension", fact.dim)
print("It bears on the claim ftsp as an", find("ftsp").read(fact).bearing.value)

# %% [markdown]
# With a term left out it is rejected:

# %%
try:
    check(replace(certificate, right=certificate.right[:1]))
except RejectedCertificate as error:
    print("rejected:", error)

# %% [markdown]
# Certificates that the verdicts rest on are files in `proofs/`. On the command line
# `python -m ucomp_verify.kernel proofs/ftsp/m-10-01.json` checks one of them; here it is in Python.
# Its left side, $M((0, 1), (1, 0))$, is written $m_{01,10}$. It names no number of points, so the
# kernel has checked it for every one:

# %%
from ucomp_verify.evidence.gather import shipped_proofs
from ucomp_verify.kernel import load

shipped = check(load(shipped_proofs() / "ftsp" / "m-10-01.json"))
print("number of points:", shipped.num_points)
Markdown(find("ftsp").read(shipped).shows)

# %% [markdown]
# ## 4. Bases and the Hilbert series for three points in the plane
#
# How many symmetric polynomials of each degree are there for $(m, d) = (2, 3)$? Molien's formula
# averages over permutations; counting orbits lists multisets of at most $d$ parts.

# %%
from ucomp_verify.algebra.hilbert import molien_series, orbit_series

print("Molien ", molien_series(2, 3, 8))
print("orbits ", orbit_series(2, 3, 8))

# %% [markdown]
# Against these dimensions stand the products of power sums of order at most $d$. That they span is
# the theorem, and shows in their rank. Where they outnumber the dimension they are dependent.

# %%
from ucomp_verify.algebra.bases import Family
from ucomp_verify.algebra.transitions import is_basis, rank_of_degree
from ucomp_verify.algebra.vector_partitions import count_vector_partitions

head = "| degree | dimension | products | rank | basis |\n|---|---|---|---|---|\n"
products = [count_vector_partitions(2, n, max_order=3) for n in range(9)]
ranks = [rank_of_degree(Family.POWER_SUM, 2, 3, n) for n in range(9)]
basis = ["yes" if is_basis(2, 3, n) else "no" for n in range(9)]
columns = zip(range(9), orbit_series(2, 3, 8), products, ranks, basis)
rows = ["| " + " | ".join(map(str, row)) + " |" for row in columns]
Markdown(head + "\n".join(rows))

# %% [markdown]
# So the products are a basis up to degree $4 = d + 1$, and two relations appear in degree $5 = d +
# 2$. The elementary polynomials $e_\alpha$, the coefficients of $t^\alpha$ in
# $\prod_i (1 + \langle w_i, t \rangle)$, are another generating family:

# %%
from ucomp_verify.algebra.bases import expand

elementary = {alpha: expand(Family.ELEMENTARY, (alpha,), dim=2, num_points=3)
              for alpha in ((1, 0), (1, 1), (2, 1))}
rows = [f"e_{{{i}{j}}} &= {to_power_sums(e, 3, 2).latex()}" for (i, j), e in elementary.items()]
Math(r"\begin{aligned}" + r" \\ ".join(rows) + r"\end{aligned}")

# %% [markdown]
# ## 5. The first syzygy, and weighted sets
#
# The printed proof of the theorem also says that the polynomial in the moments is unique. For $m = 1$
# it is (claim `ftsp-univariate`): the $d$ power sums of $d$ numbers are algebraically independent. For
# $m, d \ge 2$ there are more generators than variables, so some polynomial in them is 0 on all sets of
# $d$ points, a *syzygy*.
#
# The smallest one can be seen without calculation. Two points lie on a line, so their covariance
# matrix is singular; its determinant is, up to a factor,

# %%
from ucomp_verify.algebra.first_syzygies import first_syzygy, first_witness, gram_determinant

Math(f"{gram_determinant(2, 2).latex()} = 0 \\qquad (m = d = 2)")

# %% [markdown]
# In general take three sums over $d + 1$ distinct points, each of them empty, in a combination in
# which all orders above $d$ cancel: with $x = (1, 0)$, $y = (0, 1)$ and $(d-2) \cdot x$ for $d-2$
# parts $x$, it is $S_d = M(2x, (d-2) \cdot x, y, y) - 2 M(x + y, (d-1) \cdot x, y) + M(2y, d
# \cdot x)$. For $d = 3$:

# %%
syzygy = first_syzygy(2, 3)
Math(f"S_3 = {syzygy.latex()} = 0 \\qquad (d = 3)")

# %% [markdown]
# It has degree 5, as the table says, and order 3. Multiplied out for three points nothing remains;
# for four points something does. The search by linear algebra finds it and its mirror image in degree
# 5, three new ones in degree 6, and none in degree 7 or 8:

# %%
from ucomp_verify.algebra.syzygies import find_syzygies

print("orbits left for three points:", len(syzygy.expand().orbits))
print("orbits left for four points: ", len(syzygy.expand(num_points=4).orbits))
print("new relations of degree 0, ..., 8:", find_syzygies(2, 3, 8).generators_by_degree())

# %% [markdown]
# **Why it matters.** If $P$ represents a function of three points, so does $P + \lambda S_3$, for
# every $\lambda$. On three points no one can tell them apart. Compression puts *weighted* points in
# their place, of the same total weight $d$. Take weights $2, \frac12, \frac12$ at $x$, $y$ and 0:

# %%
from ucomp_verify.algebra.weighted_sets import syzygy_certificate

witness = first_witness(2, 3)
print("nodes  ", *witness.nodes.numerators)
print("weights", *witness.weights.fractions())
print("S_3  = ", syzygy.evaluate(witness.nodes.fractions(), witness.weights.fractions()))

# %% [markdown]
# The kernel checks all of it: $S_3$ is not the zero polynomial in the power sums, it is 0 on three
# points, and it is not 0 on this weighted set. Two claims read the fact, each in its own way.

# %%
fact = check(syzygy_certificate(syzygy, witness=witness))
for slug in ("ftsp-uniqueness", "deep-set-extension"):
    print(find(slug).read(fact).bearing.value, slug)

# %% [markdown]
# `deep-set-extension` is the definition of $f$ on weighted objects: write $f = h(\sum_i g(w_i))$ and
# put the weights into the sum. By the syzygy the value depends on $h$ and $g$, at fixed $d$. This
# does not take a strange weighted set: compression itself gives such ones. Four points in the
# plane, reduced to three with the same mass and the same means:

# %%
from ucomp_verify.compressors import ExactReduction
from ucomp_verify.measures import AtomicMeasure

corners = ((0, 0), (3, 0), (0, 3), (1, 1))
four = AtomicMeasure.unit(tuple(tuple(map(Fraction, node)) for node in corners))
three = ExactReduction().compress(four, degree=1).to_atomic()
print("weights", *four.weights, "->", *three.weights)
print("S_4    ", *(first_syzygy(2, 4).evaluate(mu.nodes, mu.weights) for mu in (four, three)))

# %% [markdown]
# So for $d = 4$ the representations $0$ and $S_4$ of $f = 0$ give different values on this compressed
# set. If *all* moments up to order $d$ had been matched, they would agree, for then every polynomial in
# these moments takes the value that it has on the original points. But there are $\binom{m + d}{d} >
# d$ such moments, more than points, and matching them need not save a single one.
#
# The words *at fixed $d$* are needed: if $h$ and $g$ are analytic, do not depend on $d$ and
# represent $f$ for every $d$, the value on weighted objects is unique for large total weight.
# $S_3$ is no counterexample to that: it is 0 on three points, not on four.

# %% [markdown]
# ## 6. Order $d$ is sharp
#
# Fewer moments do not suffice in any dimension. Two sets of three integers with the same sums and the
# same sums of squares, but not of cubes (put them on a line for $m > 1$):

# %%
from ucomp_verify.algebra.sharpness import check_pair, ideal_pair, shifted_product

left, right = ideal_pair(3)
print([(sum(x**k for x in left), sum(y**k for y in right)) for k in (1, 2, 3)])
print("the power sums of order 3 differ by", check_pair(left, right))

# %% [markdown]
# Such integers are known for some $d$ only. The roots of $Q = (x - 1) \cdots (x - d)$ and of $Q +
# \varepsilon$ serve for every $d$: the two polynomials differ in their constant term alone, hence by
# Newton's identities the power sums of their roots differ in order $d$ alone, by $-d \varepsilon$.
# With $\varepsilon$ as a symbol, and a bound below which all roots are real:

# %%
pairs = [shifted_product(d) for d in range(1, 7)]
rows = [f"| {p.num_points} | ${p.slope} \\varepsilon$ | {p.bound} |" for p in pairs]
Markdown("| d | difference in order d | for epsilon below |\n|---|---|---|\n" + "\n".join(rows))

# %% [markdown]
# ## 7. What follows for the paper
#
# The verdicts are computed from all evidence there is: certificates, symbolic checks, property tests.

# %%
from ucomp_verify.evidence.gather import Profile, gather
from ucomp_verify.verdicts import Premises, propagate

slugs = ("ftsp-univariate", "ftsp", "ftsp-degree", "ftsp-uniqueness", "ftsp-order-sharp",
         "deep-set-extension")
found = gather(slugs, folders=[shipped_proofs()], profile=Profile.QUICK, seed=0, jobs=0, timeout=60)
own = {slug: tuple(e for e in found.evidence if e.claim == slug) for slug in slugs}
verdicts = propagate([Premises(slug, find(slug).uses, own[slug]) for slug in slugs])
rows = [f"| `{v.claim}` | {find(v.claim).title} | {v.status.value} | {v.authority.name.lower()} |"
        for v in verdicts]
Markdown("| claim | | status | authority |\n|---|---|---|---|\n" + "\n".join(rows))

# %% [markdown]
# - **The theorem stands.** Symmetric polynomials are polynomials in the moments of order at most $d$
#   and at most their degree, and order $d$ cannot be lowered. Where the status is `checked`, the
#   programs have seen it for stated families of $m$, $d$ and degree; the hand proof for all of them
#   is in `proofs/ftsp/argument.md`.
# - **Its uniqueness step is false** for $m, d \ge 2$. The theorem does not need it.
# - **The value of $f$ on weighted objects needs uniqueness**, where that value is defined at one fixed
#   $d$ through some representation. A statement on compression has to name $(h, g)$, one pair for all
#   $d$, as part of what is compressed; then the value is well defined.
#
# `ucomp-verify explain ftsp-uniqueness` prints the syzygy, the weighted set and how to see both again.
