"""A GDELT 2 file of any length, made by recombining field values of a real one.

``python -m benchmarks.gdelt_rows REAL OUT ROWS``. Fields that belong together (an actor,
an action, a place) are taken together from one real row, each group from another row;
dates are drawn over 3,000 days. No row says that anything happened.
"""

import sys
from datetime import date, timedelta
from pathlib import Path

import numpy as np

SEED = 2014
DAYS = 3000
FIRST = date(2011, 1, 1)
AT_ONCE = 100_000

# Actor 1, actor 2, action, mentions, three places, address.
GROUPS = [
    range(5, 15),
    range(15, 25),
    range(25, 31),
    range(31, 35),
    range(35, 43),
    range(43, 51),
    range(51, 59),
    range(60, 61),
]


def write_rows(real: Path, out: Path, rows: int) -> None:
    """Write so many rows made from a real file."""
    known = [line.split("\t") for line in real.read_text(encoding="utf-8").splitlines()]
    parts = [["\t".join(row[at] for at in group) for row in known] for group in GROUPS]
    days = [FIRST + timedelta(day) for day in range(DAYS)]
    dates = [f"{day:%Y%m%d}\t{day:%Y%m}\t{day:%Y}\t{day.year}.5" for day in days]
    added = [f"{day:%Y%m%d}143000" for day in days]
    nobody = np.array([not part.strip() for part in parts[0]])
    rng = np.random.default_rng(SEED)
    with out.open("w", encoding="utf-8") as stream:
        for begin in range(0, rows, AT_ONCE):
            count = min(AT_ONCE, rows - begin)
            pick = rng.integers(0, len(known), (len(GROUPS), count))
            # GDELT names one side at least.
            none = nobody[pick[0]]
            pick[1, none] = pick[0, none]
            day = rng.integers(0, DAYS, count).tolist()
            columns = [
                [part[at] for at in chosen.tolist()]
                for part, chosen in zip(parts, pick, strict=True)
            ]
            stream.writelines(
                "\t".join(
                    (
                        str(begin + at),
                        dates[day[at]],
                        *(column[at] for column in columns[:7]),
                        added[day[at]],
                        columns[7][at],
                    )
                )
                + "\n"
                for at in range(count)
            )


if __name__ == "__main__":
    write_rows(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
