"""A program that runs toys into a store, as the command line does: `coordinate.py JSON`.

On stdout it says how many rows there are whenever that has changed. Exit codes: 0 complete,
1 some failed, 130 stopped, 74 disk full, 69 workers lost.
"""

import json
import resource
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from tests.studies.running import opened
from tests.studies.toys import PLACE
from ucomp_verify.studies import Config
from ucomp_verify.studies.engine import Progress, WorkersLost, coordinator, embedded, run
from ucomp_verify.studies.store import DiskFull


def main(asked: dict[str, Any]) -> int:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, frame: stop.set())
    coordinator.NEWS = 0.0
    cells = [Config.read(text) for text in asked["cells"]]
    workers = embedded(asked["jobs"])
    try:
        with opened(Path(asked["store"])) as store:
            if asked["file_size"]:
                limit = asked["file_size"]
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            tally = run(PLACE, cells, store, workers, retries=0, notify=told, stop=stop)
    except DiskFull as error:
        sys.stderr.write(f"{error}\n")
        return 74
    except WorkersLost as error:
        sys.stderr.write(f"{error}\n")
        return 69
    finally:
        workers.close(kill=True)
    return 130 if tally.stopped else 0 if tally.complete else 1


def told(progress: Progress) -> None:
    sys.stdout.write(f"{progress.done + progress.failed}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
