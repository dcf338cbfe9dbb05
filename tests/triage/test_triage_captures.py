"""Triage measured on real documents beside the checkout: registry labels, PubMed titles, and the labelled sample items."""

from __future__ import annotations

import csv
import html
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from pipeline.model.entry import Entry, Ids, Trial
from pipeline.model.evidence import Comparison, Flag, Stage
from pipeline.model.names import Role, Section, Tier
from pipeline.model.settings import Topics
from pipeline.model.source import Source
from pipeline.model.story import Verdict
from pipeline.triage.verdict import judge

SHARED = Path(__file__).resolve().parents[3] / "shared"
LABELS = SHARED / "captures" / "trials" / "topic_labels.tsv"
TITLES = SHARED / "captures" / "feeds" / "titles"
SAMPLE = SHARED / "content" / "sample_items.yml"

pytestmark = pytest.mark.captures


def source(tier: Tier, role: Role = Role.EVIDENCE, name: str = "A source") -> Source:
    return Source(key="s", kind="feed", name=name, url="https://s.example/feed", tier=tier, role=role)


def trials() -> Iterator[tuple[str, str, Verdict]]:
    with LABELS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            trial = Trial(
                number=row["nct"],
                title=row["title"],
                conditions=tuple(filter(None, row["conditions"].split("|"))),
                interventions=tuple(filter(None, row["interventions"].split("|"))),
                summary=row["summary"],
            )
            entry = Entry(source="s", title=row["title"], ids=Ids(number=row["nct"]), trial=trial)
            yield row["label"], row["nct"], judge(entry, source(Tier.REGISTRY), Topics())


@pytest.mark.skipif(not LABELS.is_file(), reason="the labelled trials are not beside this checkout")
def test_autoimmune_trials_are_found_and_oncology_trials_stay_out() -> None:
    counts = Counter((label, verdict.kept) for label, _, verdict in trials())
    ours, cancer = counts["autoimmune_car", True], counts["oncology_car", True]
    assert ours / (ours + counts["autoimmune_car", False]) >= 0.95
    assert cancer / (cancer + counts["oncology_car", False]) <= 0.01
    assert counts["mixed_or_autoimmune_in_onc_set", False] == 0


def titles() -> list[str]:
    found = (
        re.findall(r"<item><title>(.*?)</title>", f.read_text("utf-8"), re.DOTALL) for f in sorted(TITLES.glob("*.xml"))
    )
    return [html.unescape(title) for part in found for title in part]


@pytest.mark.skipif(not TITLES.is_dir(), reason="the PubMed titles are not beside this checkout")
def test_titles_alone_are_enough() -> None:
    """A rule of thumb, written apart from the code, must agree with nearly every verdict."""
    plain = re.compile(r"\bCAR[- ]T\b|chimeric antigen receptor T", re.IGNORECASE)
    disease = re.compile(r"autoimmune disease|lupus|\bSLE\b|sclerosis|myasthenia|myositis|rheumatoid", re.IGNORECASE)
    cancer = re.compile(r"lymphoma|leuk|myeloma|cancer|tumou?r|type 1 diabetes", re.IGNORECASE)
    verdicts = {t: judge(Entry(source="s", title=t, ids=Ids()), source(Tier.INDEXER), Topics()) for t in titles()}
    sure = [t for t in verdicts if plain.search(t) and disease.search(t) and not cancer.search(t)]
    kept = [t for t, verdict in verdicts.items() if verdict.kept]
    assert len(sure) > 50
    assert sum(verdicts[t].kept for t in sure) / len(sure) >= 0.97
    assert 110 <= len(kept) <= 160
    assert not [t for t in kept if not re.search(r"CAR|chimeric|engager|bispecific|BiTE|cell|BCMA", t, re.IGNORECASE)]


STAGES: dict[str, Stage] = {
    "preclinical": Stage.PRECLINICAL,
    "case_report": Stage.CASE_REPORT,
    "phase_1": Stage.PHASE_1,
    "phase_2_rct": Stage.PHASE_2_RCT,
    "negative_or_stopped": Stage.STOPPED,
    "regulator_safety": Stage.SAFETY_NOTICE,
    "regulatory_decision": Stage.REGULATORY_DECISION,
    "company_interim": Stage.CASE_SERIES,
    "preprint_case_series": Stage.CASE_SERIES,
    "retraction": Stage.RETRACTION,
    "registry_series": Stage.CASE_SERIES,
}
FLAGS = {"company_interim": {Flag.COMPANY, Flag.INTERIM}, "preprint_case_series": {Flag.PREPRINT}}
SECTIONS = {
    "negative_or_stopped": Section.STOPPED,
    "regulator_safety": Section.SAFETY,
    "regulatory_decision": Section.REGULATION,
}
CONDITIONS = {
    "lupus nephritis": "lupus",
    "autoimmune hemolytic anemia": "AIHA",
    "Sjogren's disease": "Sjögren’s disease",
}
COMPARISONS = {
    "none": Comparison.NONE,
    "untreated mice": Comparison.CONTROLLED,
    "continued standard care": Comparison.RANDOMISED,
}
LEADS = {"aggregator", "news", "company", "academic"}


def sample() -> list[tuple[dict[str, Any], Verdict]]:
    if not SAMPLE.is_file():
        return []
    told = YAML(typ="safe").load(SAMPLE.read_text("utf-8"))
    sources = {s["id"]: s for s in told["sources"]}
    return [(item["expected"], _judged(item, sources[item["feed"]["source_id"]])) for item in told["items"]]


def _judged(item: dict[str, Any], spoken: dict[str, Any]) -> Verdict:
    feed = item["feed"]
    role = Role.LEAD if spoken["tier"] in LEADS else Role.EVIDENCE
    text = re.sub(r"<[^>]+>", "", feed["summary"])
    entry = Entry(
        source=spoken["id"], title=feed["title"], summary=text, ids=Ids(), language=feed.get("language", "en")
    )
    return judge(entry, source(Tier(spoken["tier"]), role, spoken["name"]), Topics())


@pytest.mark.skipif(not SAMPLE.is_file(), reason="the sample items are not beside this checkout")
@pytest.mark.parametrize("number", range(15))
def test_every_sample_item_meets_its_labels(number: int) -> None:
    expected, verdict = sample()[number]
    evidence = verdict.evidence
    assert verdict.kept is expected["relevant"]
    if not expected["relevant"]:
        assert verdict.reason == expected["reject_reason"].replace("_", "-")
        return
    step = expected.get("evidence_stage", "")
    assert not step or evidence.stage is STAGES[step]
    assert FLAGS.get(step, set()) <= set(evidence.flags)
    assert step not in SECTIONS or verdict.section is SECTIONS[step]
    assert "n" not in expected or evidence.participants == expected["n"]
    assert "comparator" not in expected or evidence.comparison is COMPARISONS[expected["comparator"]]
    assert "follow_up" not in expected or (evidence.follow_up or "").replace("range ", "") == expected["follow_up"]
    wanted = tuple(CONDITIONS.get(c, c) for c in expected.get("conditions", ()))
    assert not wanted or verdict.about.conditions == wanted
    assert expected.get("population") in (None, str(verdict.about.population))
