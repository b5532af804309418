"""Rows of a study in one SQLite file, that survives whatever ends a run."""

from .errors import DiskFull as DiskFull
from .errors import NotReproducible as NotReproducible
from .errors import StoreRefused as StoreRefused
from .leases import new_owner as new_owner
from .store import Counts as Counts
from .store import Store as Store
