"""How well entries that tell one story are joined, pair by pair: `python tests/measures/stories.py SET.jsonl [--show]`.

A line of a set is an entry: id, outlet, tier, lang, url, title, summary, day, doi (or null), and the story it tells.
All entries are kept, whatever triage says, and joined as a gather joins them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from time import process_time

from pipeline.language.dois import in_text
from pipeline.model.entry import Entry, Ids, Precision, When
from pipeline.model.names import Role, Tier
from pipeline.model.settings import Topics
from pipeline.model.source import Source
from pipeline.model.story import Judged
from pipeline.stories.candidates import merge
from pipeline.text import canonical_link
from pipeline.triage.verdict import judge

TIERS = {
    "journal": Tier.JOURNAL, "society": Tier.SOCIETY, "regulator": Tier.REGULATOR, "patient_body": Tier.PATIENT_ORG,
    "news": Tier.NEWS, "firm": Tier.COMPANY, "registry": Tier.NEWS, "preprint": Tier.PREPRINT,
}  # fmt: skip
"""A registry's entry here is words of a feed, not a trial's record."""
_EVIDENCE = frozenset({Tier.REGULATOR, Tier.JOURNAL, Tier.PREPRINT})
Pair = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Pairs that are right, those found, and the time an entry took."""

    wanted: frozenset[Pair]
    found: frozenset[Pair]
    seconds: float

    @property
    def precision(self) -> float:
        """How many of the pairs found are right."""
        return len(self.wanted & self.found) / len(self.found) if self.found else 1.0

    @property
    def recall(self) -> float:
        """How many of the right pairs are found."""
        return len(self.wanted & self.found) / len(self.wanted) if self.wanted else 1.0


def judged_of(row: Mapping[str, str]) -> tuple[Judged, Source]:
    """An entry of a set as a gather has it, with its source."""
    tier = TIERS[row["tier"]]
    role = Role.EVIDENCE if tier in _EVIDENCE else Role.LEAD
    key = row["outlet"]
    source = Source(
        key=key, kind="feed", name=key, url="https://x.example/", tier=tier, role=role, language=row["lang"]
    )
    doi = row["doi"] or next(iter(in_text(row["summary"])), None) if tier is Tier.JOURNAL else row["doi"]
    ids = Ids(doi=doi, link=canonical_link(row["url"]))
    when = When(row["day"], Precision.DAY, row["day"], "published")
    entry = Entry(
        source=key, title=row["title"], ids=ids, link=row["url"], published=when, summary=row["summary"] or "",
        language=row["lang"],
    )  # fmt: skip
    verdict = judge(entry, source, Topics())
    return Judged(entry, replace(verdict, kept=True)), source


def measure(rows: Iterable[Mapping[str, str]]) -> Measured:
    """Join the entries of a set, and compare pair by pair."""
    rows = list(rows)
    made = [judged_of(row) for row in rows]
    name = {id(judged.entry): row["id"] for (judged, _), row in zip(made, rows, strict=True)}
    started = process_time()
    stories = merge(tuple(judged for judged, _ in made), {source.key: source for _, source in made})
    seconds = process_time() - started
    told = defaultdict(list)
    for row in rows:
        told[row["story"]].append(row["id"])
    found = [[name[id(e)] for e in story.entries] for story in stories]
    return Measured(wanted=_pairs(told.values()), found=_pairs(found), seconds=seconds / max(len(rows), 1))


def _pairs(groups: Iterable[Iterable[str]]) -> frozenset[Pair]:
    return frozenset(frozenset(pair) for group in groups for pair in combinations(group, 2))


def main() -> int:
    """Print the figures of a set."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("file", type=Path)
    ask.add_argument("--show", action="store_true", help="Show what was joined wrongly, and what was not.")
    given = ask.parse_args()
    rows = [json.loads(line) for line in given.file.read_text(encoding="utf-8").splitlines() if line.strip()]
    got = measure(rows)
    f1 = 2 * got.precision * got.recall / max(got.precision + got.recall, 1e-9)
    print(
        f"{len(rows)} entries, {len(got.wanted)} pairs: precision {got.precision:.3f}, recall {got.recall:.3f}, F1 {f1:.3f}"
    )
    print(f"{1000 * got.seconds:.1f} ms an entry")
    if given.show:
        by_id = {row["id"]: row for row in rows}
        for head, pairs in (("WRONG", got.found - got.wanted), ("MISSED", got.wanted - got.found)):
            for pair in sorted(map(sorted, pairs)):
                print(head, *pair)
                for each in pair:
                    print("   ", by_id[each]["day"], by_id[each]["outlet"], "|", by_id[each]["title"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
