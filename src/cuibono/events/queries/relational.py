"""Events one by one, with their signs: what relational event models are fitted to."""

import ibis.expr.types as ir
import pyarrow as pa

from cuibono.events.conventions.records import Convention
from cuibono.events.queries.signs import signed
from cuibono.events.queries.small import fetched

ORDER = ("date", "import_id", "row", "source", "target")


def signed_rows(events: ir.Table, convention: Convention) -> pa.Table:
    """Date, source, target, sign and score of every event that has a sign.

    Parameters
    ----------
    events : ibis.Table
        The store; rows without a sender (`directed` false) are left out.
    convention : Convention
        How codes become signs.

    Returns
    -------
    pyarrow.Table
        Columns `date`, `source`, `target`, `sign` (1, -1 or 0), `tenths` (score times
        ten, null where the convention has none), `import_id`, `row`; in the order of
        time, and within a day of the files.

    Raises
    ------
    UsageError
        If the convention does not fit the codes.
    """
    acts = events.filter(
        events.directed & events.source.notnull() & events.target.notnull()
    )
    table = signed(acts, convention).table
    known = table.filter(table.sign.notnull())
    rows = known.select(
        "date", "source", "target", "sign", "tenths", "import_id", "row"
    )
    return fetched(rows).sort_by([(name, "ascending") for name in ORDER])
