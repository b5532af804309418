"""Training of compressed mean-field networks in ball arithmetic, with proved bounds of the gap."""

from .activations import Activation as Activation
from .activations import Logistic as Logistic
from .activations import Sine as Sine
from .activations import Tanh as Tanh
from .apriori import AnalyticNetwork as AnalyticNetwork
from .apriori import Plan as Plan
from .apriori import analytic_network as analytic_network
from .apriori import defect_bound as defect_bound
from .apriori import plan as plan
from .certify import TooWide as TooWide
from .certify import certified_training as certified_training
from .comparison import CertifiedStep as CertifiedStep
from .comparison import CertifiedTraining as CertifiedTraining
from .gronwall import Constants as Constants
from .latent import latent_determinant as latent_determinant
from .losses import LogCosh as LogCosh
from .losses import Loss as Loss
from .losses import Squares as Squares
from .networks import Network as Network
from .taylor import FlowSeries as FlowSeries
from .taylor import flow_series as flow_series
