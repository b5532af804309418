"""One cell: a support and weights that float64 finds, judged by certified weights."""

import time
from typing import TYPE_CHECKING

from ucomp_verify.studies.config import Config, Result, Value

if TYPE_CHECKING:
    from ucomp_verify.studies.seeds import Seeds


def cell(config: Config, seeds: "Seeds") -> Result:
    """One cloud, a support and weights by one basis in float64, and the certified weights."""
    from .bases import cloud, features, selected
    from .weights import judged

    start = time.process_time()
    points = cloud(seeds, config["data"], dim=config["m"], size=config["d"], trial=config["trial"])
    rows = features(config["basis"], points, config["k"])
    choice = selected(rows, seed=seeds.number("selection", **dict(config.settings)))
    chosen = time.process_time()
    found: dict[str, Value] = {"features": len(rows), "problem": choice.problem}
    if choice.places:
        found.update(judged(points, choice, config["k"]))
    seconds = {"select_s": chosen - start, "judge_s": time.process_time() - chosen}
    return Result(found, seconds)
