"""Run the standard against the captures and print each figure beside its target and its baseline.

Each module of `measures/` that has `rows(captures)` adds its own. Exits 1 when a target is missed. With the name of a file,
the figures are written there too, as a page with the day's date; then a figure that was missed there before is a fault
only when it got worse.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import measures
from measures.row import Row

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
CAPTURES = Path(__file__).resolve().parents[2] / "shared" / "captures"


def main() -> int:
    """Print the table."""
    if not CAPTURES.is_dir():
        sys.stderr.write(f"The captures aren't at {CAPTURES}; nothing to measure against.\n")
        return 2
    modules = [importlib.import_module(f"measures.{m.name}") for m in sorted(pkgutil.iter_modules(measures.__path__))]
    rows = [row for module in modules if hasattr(module, "rows") for row in module.rows(CAPTURES)]
    print(f"{'':2}{'measured':58} {'is':>7} {'due':>9}  baseline")
    for row in rows:
        mark = "  " if row.reached else "! "
        print(f"{mark}{row.name:58} {row.value:7.3f} {'<=' if row.most else '>='}{row.target:7.3f}  {row.baseline}")
    known = missed(Path(sys.argv[1])) if len(sys.argv) > 1 else {}
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(page(rows), encoding="utf-8")
    return 1 if any(worse(row, known) for row in rows) else 0


def missed(page: Path) -> dict[str, float]:
    """The figures that were missed already when the page was written, by name: they stand there for all to see."""
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    return {name: float(value) for name, value in re.findall(r"^\| (.*?) \| ([\d.]+) \(missed\)", text, re.MULTILINE)}


def worse(row: Row, known: dict[str, float]) -> bool:
    """Whether a figure is missed, and not one that was, by as much or more."""
    before, now = known.get(row.name), round(row.value, 3)
    return not row.reached and (before is None or (now > before if row.most else now < before))


def page(rows: list[Row]) -> str:
    """Make a page of the figures."""
    head = (
        "# How well the standard works\n\n"
        f"Measured on {datetime.now(tz=UTC):%d %B %Y} by `make measure`, against rated texts that belong to others and are not part of this\n"
        "project, and against sentences by other authors, which are (`tests/sentences/`). They were open while the rules were\n"
        "written, but for the first try on each batch, which stands beside it: that is what to expect of new texts.\n\n"
        "| measured | is | due | beside it |\n|---|---|---|---|\n"
    )
    told = [
        f"| {r.name} | {r.value:.3f}{'' if r.reached else ' (missed)'} | {'≤' if r.most else '≥'} {r.target:.3f} | {r.baseline} |"
        for r in rows
    ]
    return head + "\n".join(told) + "\n"


if __name__ == "__main__":
    sys.exit(main())
