"""How uncertain effects come and go from one model to the next."""

from enum import StrEnum


class Rule(StrEnum):
    """Chance with which a set of uncertain edges (one, or a pair) is kept.

    QPRESS draws one chance uniformly for each matrix and keeps every set with it, so
    that the number of sets kept is uniform before stability is asked for. INDEPENDENT
    keeps every set with chance one half, so that all combinations are equally likely.
    """

    QPRESS = "qpress"
    INDEPENDENT = "independent"
