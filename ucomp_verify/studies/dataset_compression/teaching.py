"""Teacher and student: noisy examples of a random network, and a network that learns them.

Inputs are uniform in [-1, 1]^2. The teacher has normal weights and outputs of a given mean
square; targets have normal noise, targets of the test do not.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ucomp_verify.dynamics.activations import Activation, Array
from ucomp_verify.dynamics.batches import Batch
from ucomp_verify.dynamics.networks import TwoLayer
from ucomp_verify.dynamics.training import outputs_of

if TYPE_CHECKING:
    from ucomp_verify.studies.seeds import Seeds

INPUTS = 2
TEACHER_WIDTH = 10
TEST_SIZE = 8192


@dataclass(frozen=True)
class Lesson:
    """What is taught: the teacher's activation, mean square of its outputs, and the noise."""

    activation: str = Activation.RELU.value
    signal: float = 5.6  # the test loss with which the published runs of Fig. 3 start
    noise: float = 3.0  # their standard deviation


@dataclass(frozen=True, eq=False)
class Examples:
    """`data` to learn from, with noise, and `test` without."""

    data: Batch
    test: Batch


def examples(seeds: "Seeds", lesson: Lesson, *, size: int, trial: int) -> Examples:
    """Examples of a teacher; the teacher and the test are the same for all sizes of a trial."""
    taught = {"activation": lesson.activation, "trial": trial}
    test_inputs = _inputs(seeds.generator("test", trial=trial), TEST_SIZE)
    teacher = _teacher(seeds.generator("teacher", **taught), lesson.activation)
    clean = outputs_of(teacher, test_inputs)
    factor = np.sqrt(lesson.signal / np.mean(clean**2))
    random = seeds.generator("examples", d=size, **taught)
    inputs = _inputs(random, size)
    noise = lesson.noise * random.normal(size=(size, 1))
    data = Batch(inputs, factor * outputs_of(teacher, inputs) + noise)
    return Examples(data, Batch(test_inputs, factor * clean))


def _inputs(random: np.random.Generator, size: int) -> Array:
    return random.uniform(-1, 1, (size, INPUTS))


def _teacher(random: np.random.Generator, activation: str) -> TwoLayer:
    return TwoLayer(
        random.normal(size=(INPUTS, TEACHER_WIDTH)),
        random.normal(size=TEACHER_WIDTH),
        random.normal(size=(TEACHER_WIDTH, 1)),
        activation=Activation(activation),
    )
