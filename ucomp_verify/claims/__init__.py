"""One module a statement. Nothing here computes evidence."""

from .base import SILENT as SILENT
from .base import Bearing as Bearing
from .base import Claim as Claim
from .base import Kind as Kind
from .base import Parameter as Parameter
from .base import Reading as Reading
from .base import Source as Source
from .base import Variant as Variant
from .base import unread as unread
