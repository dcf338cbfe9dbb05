"""What the tests of registries share: a newsroom that asks one local registry, the mirror, and what a queue tells."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from newsrooms import REPO, Room, Said

from pipeline.model.story import Change

SHARED = REPO.parent / "shared"
MIRROR, REPLAY = SHARED / "mirror" / "mirror.py", SHARED / "captures" / "trials" / "replay"

NO_NEWS = {
    ("2026-05-31", "NCT07015983", "sites"),  # six sites got their names
    ("2026-05-31", "NCT07115745", "sites"),  # three more
    ("2026-05-31", "NCT07335562", "title"),  # a slip in a product's name was mended
    ("2026-06-30", "NCT05869955", "sites"),  # a hospital lost its name, and stays where it is
}
"""Rows of the replay's expected changes in which the words of an entry moved, and nothing of the study."""

HEAD = """\
newsletter:
  name: Registry run
  base_url: https://news.example.org/
  sender: Registry run <editors@news.example.org>
  unsubscribe: https://news.example.org/leave
  fetching: {pause: 0, retries: 0, total_timeout: 5, read_timeout: 3}
sources:
"""
SOURCE = "- {{key: ctgov, kind: clinicaltrials, name: ClinicalTrials.gov, url: '{url}/api/v2', tier: registry, role: evidence}}\n"


def newsroom(root: Path, url: str, month: str = "2026-05", more: str = "") -> Room:
    """Make a newsroom that asks the registry at an address, or point one there."""
    root.mkdir(exist_ok=True)
    (root / "sources.yml").write_text(HEAD + SOURCE.format(url=url) + more)
    return Room(root, month)


@contextlib.contextmanager
def mirror(day: str) -> Iterator[str]:
    """Serve the real registry as it stood on a day."""
    with subprocess.Popen(
        [sys.executable, str(MIRROR), "--port", "0", "--as-of", day], stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            yield server.stdout.readline().strip()
        finally:
            server.terminate()


def gather(room: Room, day: str) -> Said:
    """Gather on a day, for the month of the room; a registry that could not be read is no success."""
    said = room.hope("gather", "--issue", room.month, today=date.fromisoformat(day))
    assert said.code == int("No source answered" in said.out or "No source could be read" in said.out), said.text
    return said


def build(room: Room, day: str) -> Said:
    """Build the month as a quiet one."""
    said = room.hope("build", "--issue", room.month, "--quiet-month", today=date.fromisoformat(day))
    assert said.code == 0, said.text
    return said


def record(room: Room) -> dict[str, dict[str, object]]:
    """What is kept of each trial."""
    kept = json.loads((room.outbox / room.month / "trials.json").read_text())
    return {t["nct"]: t for t in kept["trials"]}


def told(room: Room) -> list[tuple[str, Change]]:
    """Every change the queue tells, with its trial; a new trial is a change too."""
    found: list[tuple[str, Change]] = []
    for item in room.items:
        if item.change:
            found += [(c.number or item.ids.number or "", c) for c in item.change]
        elif item.trial:
            found.append((item.ids.number or "", Change("new", None, item.trial.status)))
    return found
