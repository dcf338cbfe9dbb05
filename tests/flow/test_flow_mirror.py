"""Real feeds and a real registry, over real HTTP, gathered by the real command, three times."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from urllib.parse import quote

import pytest
from newsrooms import REPO, Room, start

SHARED = REPO.parent / "shared"
MIRROR, INDEX = SHARED / "mirror" / "mirror.py", SHARED / "captures" / "feeds" / "index.tsv"
pytestmark = [
    pytest.mark.captures,
    pytest.mark.skipif(not (MIRROR.exists() and INDEX.exists()), reason=f"the real documents are not here: {SHARED}"),
]
HEAD = """\
newsletter:
  name: Mirror
  base_url: https://news.example.org/
  sender: Mirror <editors@news.example.org>
  fetching: {pause: 0}
sources:
"""
DAY, LATER = "2026-11-22", "2026-12-24"


@pytest.fixture
def mirror():
    """The captures, served as the live services would serve them."""
    with subprocess.Popen([sys.executable, str(MIRROR), "--port", "0"], stdout=subprocess.PIPE, text=True) as server:
        try:
            yield server.stdout.readline().strip()
        finally:
            server.terminate()


def rows() -> dict[str, dict[str, str]]:
    with INDEX.open(encoding="utf-8") as lines:
        return {f"f{n}": row for n, row in enumerate(csv.DictReader(lines, delimiter="\t"))}


def sources_yml(base: str) -> str:
    feeds = {key: row["file"] for key, row in rows().items()}
    titles = sorted((INDEX.parent / "titles").glob("*.xml"))
    assert titles
    feeds |= {f"titles-{n}": f"titles/{path.name}" for n, path in enumerate(titles)}
    listed = "".join(
        f"- {{key: {key}, kind: feed, url: '{base}/feeds/{quote(path)}', tier: journal, role: evidence, excerpt: abstract}}\n"
        for key, path in feeds.items()
    )
    registry = f"- {{key: registry, kind: clinicaltrials, url: '{base}/api/v2', tier: registry, role: evidence}}\n"
    return HEAD + listed + registry


def gather(room: Room, day: str) -> dict[str, dict[str, object]]:
    running = start("gather", "--since", "2020-01-01", "--issue", room.month, "--today", day, root=room.root)
    out, err = running.communicate(timeout=300)
    assert running.returncode == 0, err
    assert "Traceback" not in err
    assert out.startswith(f"Issue {room.month}: ")
    return {h["key"]: h for h in json.loads((room.outbox / "sources.json").read_bytes())}


def expected(row: dict[str, str]) -> set[str]:
    """The states a captured document may rightly end in, judged long after it was captured."""
    if row["kind"] == "html-page":
        return {"page-instead-of-feed"}
    if row["version"] != "json" and row["entries"] == "0":
        return {"empty"}
    return {"fresh", "stalled", "frozen"}


def test_everything_real_is_gathered_and_again_and_a_month_later_without_a_cache(mirror, tmp_path):
    room = Room(tmp_path / "room", "2026-11")
    room.root.mkdir()
    (room.root / "sources.yml").write_text(sources_yml(mirror))
    feeds = rows()

    first = gather(room, DAY)
    assert len(first) == len(feeds) + 5
    wrong = {
        k: first[k]["entries"]
        for k, r in feeds.items()
        if r["version"] != "json" and str(first[k]["entries"]) != r["entries"]
    }
    assert wrong == {}
    assert all(int(str(first[k]["entries"])) > 0 for k, r in feeds.items() if r["version"] == "json")
    assert {k: first[k] for k, r in feeds.items() if first[k]["state"] not in expected(r)} == {}
    assert sum(int(str(h["entries"])) for k, h in first.items() if k.startswith("titles-")) == 1274
    assert int(str(first["registry"]["entries"])) == 299
    assert len(room.items) > 100
    queue = room.queue_file.read_bytes()

    second = gather(room, DAY)
    assert {k: h["state"] for k, h in second.items() if h["state"] != "unchanged"} == {}
    assert {k: h["standing"] for k, h in second.items()} == {k: h["standing"] for k, h in first.items()}
    assert room.queue_file.read_bytes() == queue

    (room.root / ".cache").rename(room.root / ".cache-of-yore")
    third = gather(room, LATER)
    assert room.queue_file.read_bytes() == queue
    assert {h["standing"] for h in third.values()} == {"fresh", "stalled", "frozen", "empty", "page-instead-of-feed"}
    for key, was in first.items():
        if was["standing"] in ("stalled", "frozen", "empty", "page-instead-of-feed"):
            assert third[key]["state"] in ("stalled", "frozen", "empty", "page-instead-of-feed"), third[key]
