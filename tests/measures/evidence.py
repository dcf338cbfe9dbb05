"""Score what is read as evidence from PubMed records against labels: `python tests/measures/evidence.py LABELS [--show]`.

Each record runs through the real seam: XML bytes, citation, entry, evidence box. Topics are left aside, so that records
off our field measure as well. LABELS holds a JSON object a line: {"pmid", "file", "title", "step", "people",
"comparison", "follow_up", "population"}; `file` lies in RECORDS. A value may be a list of acceptable values; null means
that the record does not say, or that the field does not apply; a field left out is not scored.

- step: `preclinical`, `case-report`, `case-series`, `observational`, `phase-1`, `phase-1-2`, `phase-2`, `phase-2-rct`,
  `phase-3`, `phase-3-rct`, `systematic-review`, `regulatory-decision`, `registration`, `stopped`, `safety-notice`,
  `retraction`, `commentary`, `unclear`.
- people: a whole number, of animals where the step is preclinical.
- comparison: `randomised`, `controlled` (a group to compare with, not by chance), `none`.
- follow_up: `median 9 months`, `mean 102 days`, `median 15 months (range 4-29)`, `24 weeks`, `up to 29 months`,
  `at least 2 years`; units as the record has them.
- population: `human`, `animal`, `lab`.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from datetime import date
from pathlib import Path

from pipeline.language.entry_words import words_of
from pipeline.model.names import Role, Tier
from pipeline.model.source import Source
from pipeline.sources.parts.citation import read_citations
from pipeline.triage.evidence import weigh

FIELDS = ("step", "people", "comparison", "follow_up", "population")
RECORDS = Path(__file__).resolve().parents[3] / "shared" / "captures" / "literature" / "pubmed_xml"
SOURCE = Source(
    key="pubmed",
    kind="pubmed",
    name="PubMed",
    url="https://pubmed.example",
    tier=Tier.JOURNAL,
    role=Role.EVIDENCE,
)

Value = str | int | None
Label = dict[str, Value | list[Value]]
Box = dict[str, Value]


def boxes(records: Path) -> dict[str, Box]:
    """Read the evidence box of every record of a folder, by PubMed number."""
    found: dict[str, Box] = {}
    for file in sorted(records.glob("*.xml")):
        entries, _ = read_citations(file.read_bytes(), SOURCE, date(2026, 11, 30))
        for entry in entries:
            weighed = weigh(entry, SOURCE, words_of(entry))
            evidence = weighed.evidence
            found[entry.ids.pmid or entry.title] = {
                "step": str(evidence.stage),
                "people": evidence.participants,
                "comparison": str(evidence.comparison) if evidence.comparison else None,
                "follow_up": evidence.follow_up,
                "population": str(weighed.population) if weighed.population else None,
            }
    return found


def errors(labels: list[Label], read: dict[str, Box]) -> list[tuple[Label, str, Value]]:
    """Each field that was read otherwise than it is labelled: the label, the field, what was read."""
    wrong: list[tuple[Label, str, Value]] = []
    for label in labels:
        box = read[str(label["pmid"])]
        for field in FIELDS:
            wanted = label.get(field)
            accepted = wanted if isinstance(wanted, list) else [wanted]
            if field in label and box[field] not in accepted:
                wrong.append((label, field, box[field]))
    return wrong


def main() -> None:
    """Print the share read right for each field, and with --show each error."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("labels", type=Path)
    parser.add_argument("--records", type=Path, default=RECORDS)
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()
    labels: list[Label] = [json.loads(line) for line in args.labels.read_text(encoding="utf-8").splitlines() if line]
    wrong = errors(labels, boxes(args.records))
    missed = Counter(field for _, field, _ in wrong)
    for field in FIELDS:
        scored = sum(field in label for label in labels)
        if scored:
            print(f"{field:<11} {100 * (scored - missed[field]) / scored:5.1f} %  of {scored}")
    for label, field, got in wrong if args.show else ():
        print(f"{label['pmid']} {field}: read {got!r}, labelled {label[field]!r}: {label.get('title', '')}")


if __name__ == "__main__":
    main()
