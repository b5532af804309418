"""Experiments: grids of cells that are run in processes or on a cluster, and kept."""

from .catalogue import UnknownStudy as UnknownStudy
from .catalogue import code_of as code_of
from .catalogue import load as load
from .catalogue import place_of as place_of
from .catalogue import slugs as slugs
from .code_hash import code_hash as code_hash
from .figures import Curve as Curve
from .figures import Figure as Figure
from .figures import Panel as Panel
from .model import Column as Column
from .model import Config as Config
from .model import Result as Result
from .model import Row as Row
from .model import Status as Status
from .model import Study as Study
from .model import Summary as Summary
from .model import Table as Table
from .seeds import Seeds as Seeds
