"""What no compression can do better, level sets, and true worst cases between the bounds."""

from .analytic_worst_case import analytic_worst_case as analytic_worst_case
from .gauss import discrete_gauss_rule as discrete_gauss_rule
from .level_sets import level_set_bound as level_set_bound
from .level_sets import sharp_share as sharp_share
from .lower import class_lower_bound as class_lower_bound
from .lower import grid_adversary as grid_adversary
from .lower import least_nodes_for_error as least_nodes_for_error
from .lower import sup_normalised_lower_bound as sup_normalised_lower_bound
from .peano import smooth_worst_case as smooth_worst_case
from .smoothness import bump_adversary as bump_adversary
from .smoothness import smooth_lower_bound as smooth_lower_bound
