"""Ensembles of community matrices: one place to import drawing and answers from.

Each name is defined in the module it comes from.
"""

from cuibono.response.answers import (
    response_matrix,
    responses,
    responses_flipped,
    responses_without,
    sign_shares,
    stable_clamped,
    stable_flipped,
    stable_without,
)
from cuibono.response.drawing import draw_ensemble
from cuibono.response.priors import PRIORS, Family, Prior
from cuibono.response.records import BlockReport, Ensemble, Method

__all__ = [
    "PRIORS",
    "BlockReport",
    "Ensemble",
    "Family",
    "Method",
    "Prior",
    "draw_ensemble",
    "response_matrix",
    "responses",
    "responses_flipped",
    "responses_without",
    "sign_shares",
    "stable_clamped",
    "stable_flipped",
    "stable_without",
]
