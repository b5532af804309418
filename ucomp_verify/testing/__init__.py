"""Conformance checks for compression algorithms: exact judgement, readable failures.

from ucomp_verify.testing import check_compressor
check_compressor(my_function)  # fn(points, weights, degree) -> (indices, weights)
"""

from .adapters import Adapter as Adapter
from .adapters import adapt as adapt
from .cases import Case as Case
from .cases import make_case as make_case
from .loading import CannotLoad as CannotLoad
from .loading import load_compressor as load_compressor
from .parametrizing import parametrize_with_checks as parametrize_with_checks
from .programs import Program as Program
from .programs import ProgramFailed as ProgramFailed
from .programs import ProgramRefused as ProgramRefused
from .results import Found as Found
from .running import check_compressor as check_compressor
from .shrinking import shrink as shrink
from .suite import CHECKS as CHECKS
from .suite import Check as Check
from .suite import find_check as find_check
from .types import CheckResult as CheckResult
from .types import ConformanceWarning as ConformanceWarning
from .types import Level as Level
from .types import NonConforming as NonConforming
from .types import Raised as Raised
from .types import Status as Status
from .types import Violation as Violation
from .written_tests import failing_test as failing_test
from .written_tests import literal_case as literal_case
