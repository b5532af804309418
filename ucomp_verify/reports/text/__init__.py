"""Reports for a terminal. They return text; the command line prints it."""

from .explain import explain as explain
from .listing import listing as listing
from .plain import plain as plain
from .plain import visible as visible
from .table import table as table
