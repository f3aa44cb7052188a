"""Questions that a part of the study answers by itself, without inputs.

A case lists them beside the questions of `questions.catalogue`; the report finds the
sentences for each in the part named.
"""

PARTS: dict[str, str] = {
    "ties": "which pairs each voice calls friendly or hostile, by layer",
    "balance": "whether each layer is balanced, how frustrated, in which factions",
    "rules": "what the four rules let expect of the pairs that the case names",
    "layers": "where the layers disagree, and on how few pairs",
    "loops": "whether the system can rest, and which loops drive it",
    "conclusions": "whether the sources' conclusions follow",
    "support": "which claims carry each conclusion",
    "variants": "what survives without kinds of claims",
    "merged": "what becomes of the conclusions when parts are merged into their wholes",
    "voices": "how much rests on one voice",
    "readings": "what remains under the other readings",
    "predictions": "explicit predictions, and whether they are testable as stated",
    "labels": "what is merely a label, and what is causal",
    "wider": "which claims are about more than the node",
    "who-says": "all claims by voice",
    "interest": "the author's interest, as the texts disclose it",
    "would-count": "what observation would count against which claim",
}
