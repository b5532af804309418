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
# # A data set, and a tenth of it that trains a network as well
#
# The examples of a training set enter the loss symmetrically, so they can be compressed as neurons
# can. For a squared loss fewer moments are needed than for others. This notebook compresses 4000
# examples in both ways, trains the same student on each, beside two controls, and compares it with the
# student that saw all examples. The statement of the paper's figure, as the registry has it:

# %%
from IPython.display import Markdown

from ucomp_verify.claims.registry import find

Markdown(find("training-set-figure").statement)

# %% [markdown]
# ## 1. Examples
#
# Noisy values of a smooth function on the square $[-1, 1]^2$.

# %%
import numpy as np

from ucomp_verify.dynamics.batches import Batch

draw = np.random.default_rng(1)
x, seen = draw.uniform(-1, 1, (4000, 2)), draw.uniform(-1, 1, (2000, 2))
truth, clean = (np.sin(3 * p[:, :1]) * np.cos(2 * p[:, 1:]) for p in (x, seen))
data = Batch(x, truth + 0.3 * draw.normal(size=truth.shape))
test = Batch(seen, clean)

# %% [markdown]
# ## 2. What a squared loss needs
#
# For a network $f$
#
# $$\sum_i (f(x_i) - y_i)^2 = \sum_i f(x_i)^2 - 2 \sum_i y_i f(x_i) + \sum_i y_i^2.$$
#
# The first sum is of a function of $x$, the second of $y$ times a function of $x$. The third does not
# depend on $f$: training never sees it. So the sums of $x^\alpha$ and of $y x^\alpha$ in small cells
# nearly give the gradient, for every $f$ that is smooth in $x$. They live in the two dimensions of $x$,
# not in the three of $(x, y)$: cells can be smaller for the same number of examples.

# %%
from ucomp_verify.dynamics.compressing import compress_dataset

linear = compress_dataset(data.inputs, data.targets, 400, 5)
isotropic = compress_dataset(data.inputs, data.targets, 400, 5, y_linear=False)
for name, small in ("y-linear", linear), ("isotropic", isotropic):
    few = len(small.batch) <= 400
    print(f"{name}: {small.reduction.num_sums} sums a cell, at most 400 examples:", few)

# %% [markdown]
# The missing sum of $y^2$ is seen in the loss, and not in its gradient. Three students with other
# parameters: the loss of the compressed data is off by the same constant for each.

# %%
from ucomp_verify.dynamics.initialisation import pytorch_two_layer

students = [pytorch_two_layer(20, 2, seed=seed) for seed in range(3)]
for name, batch in ("y-linear", linear.batch), ("isotropic", isotropic.batch):
    offsets = np.array([student.loss(batch) - student.loss(data) for student in students])
    print(f"{name}: off by {abs(offsets).max():.2f}, the same to 1e-4:", np.ptp(offsets) < 1e-4)

# %% [markdown]
# Another loss, or a classifier, needs all moments of $(x, y)$: that is `y_linear=False`.
#
# ## 3. The same student, five data sets
#
# Gradient descent on all examples of each, 600 steps. Two controls:
#
# - The naive subset has the first 400 examples, which are as random as any. A loss is a mean, so weights
#   that are all equal would change nothing: here, unlike for networks, the subset is the fair control.
# - "zeroth" keeps only the sums of $1$ and $y$, in cells of two examples: no moment of order 1 or more
#   in $x$, but cells as small as they can be.

# %%
from ucomp_verify.dynamics.controls import first_examples
from ucomp_verify.dynamics.optimisers import SGD
from ucomp_verify.dynamics.training import train, whole

zeroth = compress_dataset(data.inputs, data.targets, 400, 0)
small = {"y-linear": linear.batch, "isotropic": isotropic.batch, "zeroth": zeroth.batch}
sets = {"all": data, **small, "naive": first_examples(data, 400)}
runs = {
    name: list(train(students[0], SGD(0.1), batch, whole(600), every=20))
    for name, batch in sets.items()
}
outputs = {name: [now.network.outputs(seen) for now in run] for name, run in runs.items()}

# %%
import matplotlib.pyplot as plt

steps = [now.step for now in runs["all"]]
figure, axes = plt.subplots(figsize=(7, 3.3), layout="constrained")
for name in list(sets)[1:]:
    gap = [np.abs(a - b).max() for a, b in zip(outputs[name], outputs["all"], strict=True)]
    axes.semilogy(steps[1:], gap[1:], label=name)
axes.set_xlabel("step")
axes.set_ylabel("largest difference of predictions")
axes.legend(loc="upper left", bbox_to_anchor=(1, 1))
plt.show()

# %% [markdown]
# The losses at the end, on all 4000 examples (about 0.09 of it is noise that nobody can learn), and at
# new points against the truth:

# %%
for name, run in runs.items():
    end = run[-1].network
    print(f"{name:10} loss on all {end.loss(data):.2f}, test loss {end.loss(test):.3f}")

# %%
for name, limit in ("y-linear", 0.001), ("isotropic", 0.01):
    gap = np.abs(outputs[name][-1] - outputs["all"][-1]).max()
    print(f"{name}: predictions differ by less than {limit}:", gap < limit)
for name, digits in ("zeroth", 2), ("naive", 1):
    gap = np.abs(outputs[name][-1] - outputs["all"][-1]).max()
    print(f"{name}: they differ by {gap:.{digits}f}")

# %% [markdown]
# Compression gives the student that the large data set gives, not a better or a worse one. With the
# sums that the loss needs it is nearer than with all moments. Cells without higher moments come next,
# and the subset is far off: it gives another student. Yet in the losses there is nearly nothing to see,
# and here the subset even has the smallest test loss, by chance. So what says that moments were kept is
# the difference of predictions. This is one data set and one seed, in floating point.

# %% [markdown]
# ## 4. Over trials
#
# The committed rows of the study `dataset-compression`. First the task of the figure, with strong noise
# and a student with kinks (relu), by gradient descent on all examples. "compressed" is what was y-linear
# above; the paper's way is "isotropic". The test loss at the end over that of the original, and the
# difference of predictions over what training changed, with 95 % intervals by the trials:

# %%
from ucomp_verify.studies.results import FOLDER, read_results

results = read_results(FOLDER / "dataset-compression.jsonl")
ratios, gaps, slopes = results.study.summaries(results.table)
figure = ("SGD", "all", "10000", "1000", "5", "400")  # the last: steps on all examples
chosen = [row[7:9] for row in ratios.rows if row[:6] == figure]
(apart,) = (row[7:] for row in gaps.rows if row[:6] == figure)
print("{:12}{:24}{}".format("arm", "test loss, ratio", "difference of predictions"))
for (arm, ratio), gap in zip(chosen, apart, strict=True):
    print(f"{arm:12}{ratio:24}{gap}")

# %% [markdown]
# A random subset is clearly worse here, in both columns. But "zeroth" has about the test loss of the
# arms with moments up to order 5, and its predictions are no farther from the original's than those of
# "isotropic". So in this setting small cells do most of the work, and a test loss near the original's
# is no evidence for higher moments. Those that the loss needs about halve the difference of predictions,
# from "zeroth" to "compressed".
#
# These are 400 steps. Batches of 256 take 40 times as many in the same epochs, and there all moments no
# longer suffice, while those that the loss needs do, up to about a tenth. Not the batches are why: so
# many steps on all examples ("all", 16000) show it, too. The test loss over that of the original:

# %%
form = "{:10}{:7}{:8}{:8}" + "{:22}" * 3
arms = "compressed", "isotropic", "zeroth"
print(form.format("optimiser", "batch", "epochs", "trials", *arms))
ratio_of = {(row[:7], row[7]): row[8] for row in ratios.rows}
many = dict.fromkeys(row[:7] for row in ratios.rows if row[1:6] != figure[1:])
for setting in many:
    optimiser, batch, *_, epochs, trials = setting
    found = [ratio_of[setting, arm] for arm in arms]
    print(form.format(optimiser, batch, epochs, trials, *found))

# %% [markdown]
# All moments up to order 5 of three coordinates are 56 sums a cell, so $10^3$ examples make 17 cells of
# $(x, y)$. Cells without higher moments, 500 of $x$ alone, are nearer to the original here. By 16000
# steps of Adam on all examples the original has begun to learn their noise, and "compressed" ends lower.
#
# A smooth student with less noise is another matter. The power of $d'$ with which the difference of
# predictions falls, for the orders $k = 0, 1, 2, 3, 5$:

# %%
form = "{:8}{:16}{:16}{}"
print(form.format("arm", "power", "95 %", "expected at least"))
for row in slopes.rows:
    print(form.format(*row[:4]))

# %% [markdown]
# For a random subset it is about $(d')^{-1/2}$. The fitted power rises with the order, up to
# $k = 3$ by more than the intervals. This is evidence for moment matching, in the setting that the
# theory is about.

# %% [markdown]
# ## 5. The whole study
#
# All optimisers, batches and figures:
#
# ```
# ucomp-verify study run dataset-compression --store dataset-compression.db --grid quick
# ```
