"""That a weighted network trains like a standard one."""

from .base import Claim, Kind, Parameter, Source, Variant, unread

STANDARD_NET_REDUCTION = Claim(
    slug="standard-net-reduction",
    title="A weighted network reduces exactly to a standard one",
    kind=Kind.REMARK,
    variant=Variant.PRINTED,
    statement=(
        r"Putting $v_j \leftarrow c_j v_j$ in $y(x) = \sum_{j=1}^{d'} c_j v_j \, \sigma(\langle "
        r"w_j, x \rangle + b_j)$ gives a standard network of width $d'$ with the same outputs, "
        r"which gradient descent with one learning rate $\eta$ keeps equal to those of the "
        r"weighted network, trained with gradients $c_j^{-1} \partial L / \partial (v_j, w_j, "
        "b_j)$."
    ),
    source=Source("thm:DLTH", (536, 536)),
    parameters=(
        Parameter("d'", "width of the compressed network", "integers >= 1"),
        Parameter("c_j", "weight of a neuron", "reals > 0"),
        Parameter(r"\eta", "learning rate", "reals > 0"),
    ),
    read=unread,
    uses=("inverse-weight-rule",),
    reading=(
        "Read of training, as the sentence is used. The outputs before training are equal; the "
        "training is equal with rates eta/c_j for w_j and b_j and eta c_j for the new v_j, which "
        "is not standard."
    ),
)
