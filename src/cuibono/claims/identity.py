"""Content-hash ids of claims: the same statement coded twice has the same id."""

import base64
import hashlib
import json

from cuibono.claims.records import Anchor, Claim, voice_text

ID_LENGTH = 10


def claim_id(claim: Claim) -> str:
    """Id of a claim from what it says, not from who coded it.

    Hashed are source, anchor positions, voice, subject, predicate, object, sign,
    polarity and layer, as DESIGN section 3 lists them.

    Returns
    -------
    str
        `c_` and ten characters of lower-case base32 of SHA-256.
    """
    parts = [
        claim.source,
        _place(claim.anchor),
        voice_text(claim.voice),
        claim.subject,
        claim.predicate,
        claim.object,
        claim.sign.value,
        claim.polarity.value,
        claim.layer.value,
    ]
    text = json.dumps(parts, ensure_ascii=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).digest()
    return "c_" + base64.b32encode(digest).decode().lower()[:ID_LENGTH]


def _place(anchor: Anchor | None) -> list[int]:
    """Positions of an anchor, or nothing."""
    return [] if anchor is None else [anchor.start, anchor.end]
