"""Lifting: from a training step in JAX to the exact step of a weighted system.

`lift(step, *example, axes=...)` traces the step at the original width and propagates the
tags of the axes through every primitive. The result runs on weighted objects, in place of
c_j equal ones each.

Along an axis of objects these are exact: functions of single entries; sums, means and
products of matrices, with weights, also Gram matrices of objects; largest, smallest, any,
all; merging with other axes and parting again; loops, branches, calls, `vmap`, derivatives;
constants with equal entries; singular values; singular vectors of a matrix with at least as
many weighted objects as entries in each; QR of rows; eigenvectors of a matrix with objects
on both sides, by functions of eigenvalues. Newton-Schulz needs no rule of its own.

Refused are primitives that see the index of an object, along its axis: iota, random bits,
sort and what uses it, running sums, positions of extremes, slices, gathers and scatters,
joining, splitting, reversing, padding, scans over objects; products over objects, counts
in integers; a reshape that splits objects; constants that tell objects apart; LU, Cholesky,
pivoted QR, full singular vectors, pairs of eigenvalues or of vectors, convolutions and Fourier
transforms over objects. A step that is refused may still treat objects alike (a threshold found
by sorting does): acceptance is sufficient, not necessary.

The symmetry of a group is that of all its objects at once. Objects inside objects that are
permuted apart (neurons of one head, in each head its own way) are not covered.
"""

from .certificates import Certificate as Certificate
from .certificates import WeightedSum as WeightedSum
from .growing import tags_of_result as tags_of_result
from .lifting import Lifted as Lifted
from .lifting import lift as lift
from .refusals import NotEquivariant as NotEquivariant
from .tags import duplicate as duplicate
