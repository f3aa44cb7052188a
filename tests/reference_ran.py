"""Fail where the reference data are there and a test that needs them did not run."""

import sys
from pathlib import Path

import defusedxml.ElementTree as SafeTree

from tests.reference import REFERENCE, TEXTS

REASONS = {"reference data": REFERENCE, "source texts": TEXTS}


def unrun(report: Path) -> list[str]:
    """Tests of a JUnit report that skipped for want of data which are there."""
    found = []
    for test in SafeTree.parse(report).getroot().iter("testcase"):
        for skip in test.iter("skipped"):
            reason = skip.get("message", "")
            for words, folder in REASONS.items():
                if words in reason and folder.is_dir():
                    found.append(
                        f"{test.get('classname')}.{test.get('name')}: {reason}"
                    )
    return found


def main() -> int:
    """Exit status 1 with the tests that ought to have run."""
    found = unrun(Path(sys.argv[1]))
    for line in found:
        sys.stderr.write(line + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
