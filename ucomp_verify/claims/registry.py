"""All claims, in the paper's order. A new claim is one import and one line here."""

from difflib import get_close_matches

from .attention_figure import ATTENTION_FIGURE
from .base import Claim
from .compressed_dynamics_uniqueness import COMPRESSED_DYNAMICS_UNIQUENESS
from .deep_set_extension import DEEP_SET_EXTENSION
from .dynamical_lth import DYNAMICAL_LTH
from .dynamical_lth_hypothesis import DYNAMICAL_LTH_HYPOTHESIS
from .dynamical_lth_repaired import DYNAMICAL_LTH_REPAIRED
from .equivariant_representation import EQUIVARIANT_REPRESENTATION
from .error_scaling_figure import ERROR_SCALING_FIGURE
from .fixed_smoothness_rate import FIXED_SMOOTHNESS_RATE
from .ftsp import FTSP
from .ftsp_closed_form import FTSP_CLOSED_FORM
from .ftsp_degree import FTSP_DEGREE
from .ftsp_order_sharp import FTSP_ORDER_SHARP
from .ftsp_uniqueness import FTSP_UNIQUENESS
from .ftsp_univariate import FTSP_UNIVARIATE
from .half_exponent import HALF_EXPONENT
from .inverse_weight_rule import INVERSE_WEIGHT_RULE
from .levelset_chebyshev_bound import LEVELSET_CHEBYSHEV_BOUND
from .levelset_remez import LEVELSET_REMEZ
from .levelset_remez_repaired import LEVELSET_REMEZ_REPAIRED
from .lottery_ticket_figure import LOTTERY_TICKET_FIGURE
from .lower_bound import LOWER_BOUND
from .lower_bound_repaired import LOWER_BOUND_REPAIRED
from .mean_field_dynamics import MEAN_FIELD_DYNAMICS
from .one_shot_compression import ONE_SHOT_COMPRESSION
from .polylog import POLYLOG
from .polylog_dropped_constants import POLYLOG_DROPPED_CONSTANTS
from .polylog_figure import POLYLOG_FIGURE
from .polylog_figure_rounding import POLYLOG_FIGURE_ROUNDING
from .polylog_radius_power import POLYLOG_RADIUS_POWER
from .polylog_rate import POLYLOG_RATE
from .polylog_repaired import POLYLOG_REPAIRED
from .polylog_universal import POLYLOG_UNIVERSAL
from .power_size_sign import POWER_SIZE_SIGN
from .quasi_uniform_counting import QUASI_UNIFORM_COUNTING
from .runtime_figure import RUNTIME_FIGURE
from .scaling_law_figure import SCALING_LAW_FIGURE
from .scaling_law_power import SCALING_LAW_POWER
from .scaling_law_stretched import SCALING_LAW_STRETCHED
from .small_ball import SMALL_BALL
from .small_ball_enclosing import SMALL_BALL_ENCLOSING
from .small_ball_repaired import SMALL_BALL_REPAIRED
from .small_ball_zeroth_moment import SMALL_BALL_ZEROTH_MOMENT
from .sphere_packing import SPHERE_PACKING
from .sphere_packing_repaired import SPHERE_PACKING_REPAIRED
from .standard_net_reduction import STANDARD_NET_REDUCTION
from .support_reduction import SUPPORT_REDUCTION
from .symmetric_composition import SYMMETRIC_COMPOSITION
from .tchakaloff import TCHAKALOFF
from .tchakaloff_tight import TCHAKALOFF_TIGHT
from .training_set_batches import TRAINING_SET_BATCHES
from .training_set_figure import TRAINING_SET_FIGURE
from .universal_compression import UNIVERSAL_COMPRESSION
from .universal_compression_repaired import UNIVERSAL_COMPRESSION_REPAIRED
from .weighted_statistics_rule import WEIGHTED_STATISTICS_RULE

CLAIMS: tuple[Claim, ...] = (
    FTSP_UNIVARIATE,
    FTSP,
    FTSP_DEGREE,
    FTSP_UNIQUENESS,
    FTSP_ORDER_SHARP,
    FTSP_CLOSED_FORM,
    TCHAKALOFF,
    TCHAKALOFF_TIGHT,
    SUPPORT_REDUCTION,
    SMALL_BALL,
    SMALL_BALL_ENCLOSING,
    SMALL_BALL_ZEROTH_MOMENT,
    SMALL_BALL_REPAIRED,
    SPHERE_PACKING,
    SPHERE_PACKING_REPAIRED,
    UNIVERSAL_COMPRESSION,
    UNIVERSAL_COMPRESSION_REPAIRED,
    ONE_SHOT_COMPRESSION,
    FIXED_SMOOTHNESS_RATE,
    POWER_SIZE_SIGN,
    POLYLOG,
    POLYLOG_RADIUS_POWER,
    POLYLOG_DROPPED_CONSTANTS,
    POLYLOG_REPAIRED,
    POLYLOG_RATE,
    POLYLOG_UNIVERSAL,
    LEVELSET_REMEZ,
    LEVELSET_CHEBYSHEV_BOUND,
    LEVELSET_REMEZ_REPAIRED,
    QUASI_UNIFORM_COUNTING,
    LOWER_BOUND,
    LOWER_BOUND_REPAIRED,
    DEEP_SET_EXTENSION,
    SYMMETRIC_COMPOSITION,
    EQUIVARIANT_REPRESENTATION,
    COMPRESSED_DYNAMICS_UNIQUENESS,
    MEAN_FIELD_DYNAMICS,
    INVERSE_WEIGHT_RULE,
    WEIGHTED_STATISTICS_RULE,
    DYNAMICAL_LTH_HYPOTHESIS,
    DYNAMICAL_LTH,
    DYNAMICAL_LTH_REPAIRED,
    STANDARD_NET_REDUCTION,
    SCALING_LAW_POWER,
    SCALING_LAW_STRETCHED,
    HALF_EXPONENT,
    ERROR_SCALING_FIGURE,
    TRAINING_SET_FIGURE,
    TRAINING_SET_BATCHES,
    LOTTERY_TICKET_FIGURE,
    SCALING_LAW_FIGURE,
    RUNTIME_FIGURE,
    ATTENTION_FIGURE,
    POLYLOG_FIGURE,
    POLYLOG_FIGURE_ROUNDING,
)


class UnknownClaim(KeyError):
    """No claim has this slug; the text names those that are spelled alike."""

    def __init__(self, slug: str) -> None:
        alike = get_close_matches(slug, [claim.slug for claim in CLAIMS], n=3)
        hint = f"did you mean {' or '.join(alike)}? " if alike else ""
        super().__init__(f'no claim "{slug}": {hint}"ucomp-verify list" names all claims')

    def __str__(self) -> str:
        """The text as it is; a KeyError would put it in quotes."""
        return str(self.args[0])


def find(slug: str) -> Claim:
    """The claim with this slug; raises `UnknownClaim` if there is none.

    >>> find("tchakaloff").source.label
    'thm:tchakaloff'
    """
    for claim in CLAIMS:
        if claim.slug == slug:
            return claim
    raise UnknownClaim(slug)
