"""Reports read verdicts. They weigh nothing and print nothing."""

from .model import Entry as Entry
from .model import Environment as Environment
from .model import Report as Report
from .model import environment as environment
