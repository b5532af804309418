"""Statements as text and formulas."""

from .elements import UnreadableFormula as UnreadableFormula
from .elements import tree as tree
from .formulas import Formula as Formula
from .formulas import mathml as mathml
from .formulas import pieces as pieces
from .formulas import symbol as symbol
