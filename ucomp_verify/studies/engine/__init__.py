"""Runs the cells of a study: in processes of this machine, or on any executor."""

from .coordinator import WorkersLost as WorkersLost
from .coordinator import run as run
from .executors import Workers as Workers
from .executors import embedded as embedded
from .executors import foreign as foreign
from .progress import Progress as Progress
from .tally import Tally as Tally
from .task import CannotStart as CannotStart
from .task import Ended as Ended
from .task import Task as Task
from .task import perform as perform
from .task import run_isolated as run_isolated
