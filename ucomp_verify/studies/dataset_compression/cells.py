"""The cells of `dataset_compression`: one trial of a training with all arms, or of slopes."""

from typing import TYPE_CHECKING

from ucomp_verify.studies.config import Config, Result

if TYPE_CHECKING:
    from ucomp_verify.studies.seeds import Seeds


def cell(config: Config, seeds: "Seeds") -> Result:
    """What `test` says: "training" as in Fig. 3, or "slopes" of gaps against the size."""
    from .runs import OPTIMISERS, slopes, training

    if config["test"] == "slopes":
        return Result(slopes(config, seeds))
    if config["test"] != "training" or config["optimiser"] not in OPTIMISERS:
        raise ValueError(
            f"found the test {config['test']!r} and the optimiser {config.get('optimiser')!r}; "
            f"expected training or slopes, and one of {', '.join(OPTIMISERS)}"
        )
    return Result(training(config, seeds))
