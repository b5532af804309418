"""Upper bounds of the errors of reductions, all in one place."""

from .analytic import polydisc_bound as polydisc_bound
from .analytic import polylog_degree as polylog_degree
from .analytic import polylog_size as polylog_size
from .analytic import rate_bound as rate_bound
from .analytic import universal_bound as universal_bound
from .analytic import universal_cells_bound as universal_cells_bound
from .core import complex_ball_bound as complex_ball_bound
from .core import core_bound as core_bound
from .core import small_ball_bound as small_ball_bound
from .greedy import greedy_bound as greedy_bound
from .greedy import packing_bound as packing_bound
from .grid import grid_bound as grid_bound
from .grid import grid_size_bound as grid_size_bound
from .grid import one_shot_size as one_shot_size
from .grid import rounds_bound as rounds_bound
