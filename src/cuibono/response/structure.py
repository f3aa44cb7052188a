"""What the signs alone decide: one place to import every structural answer from.

None of these modules imports numba; each name is defined in the module it comes from.
"""

from cuibono.response.condensation import Components, components, reachability
from cuibono.response.determined import (
    By,
    Determination,
    determination,
    sign_determined,
)
from cuibono.response.equilibrium import NoEquilibrium, Reason, no_equilibrium
from cuibono.response.loops import Loop, LoopBalance, LoopList, loop_balance, loops
from cuibono.response.paths import Path, PathList, open_loop_sign, path_signs
from cuibono.response.sign_stability import sign_stable
from cuibono.response.terms import (
    NotExpandedError,
    absolute_feedback,
    adjoint,
    weighted_prediction,
)

__all__ = [
    "By",
    "Components",
    "Determination",
    "Loop",
    "LoopBalance",
    "LoopList",
    "NoEquilibrium",
    "NotExpandedError",
    "Path",
    "PathList",
    "Reason",
    "absolute_feedback",
    "adjoint",
    "components",
    "determination",
    "loop_balance",
    "loops",
    "no_equilibrium",
    "open_loop_sign",
    "path_signs",
    "reachability",
    "sign_determined",
    "sign_stable",
    "weighted_prediction",
]
