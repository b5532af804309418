"""Cubature for continuous measures: positive, inside, exact, at any precision, proved."""

from .api import CubatureRefused as CubatureRefused
from .api import NoRuleFound as NoRuleFound
from .api import cubature as cubature
from .checking import CubatureReport as CubatureReport
from .checking import WrongCubatureRule as WrongCubatureRule
from .checking import check_cubature_rule as check_cubature_rule
from .domains import DOMAINS as DOMAINS
from .domains import Domain as Domain
from .domains import Position as Position
from .domains import UnknownDomain as UnknownDomain
from .domains import named_domain as named_domain
from .inputs import InvalidCubature as InvalidCubature
from .residuals import MomentResidual as MomentResidual
from .residuals import rounded_down as rounded_down
from .residuals import rounded_up as rounded_up
from .rule import Ball as Ball
from .rule import CubatureRule as CubatureRule
