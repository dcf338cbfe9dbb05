"""The language rules on rated sentences, releases, sober summaries, and pairs of a release and its paper."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from measures.row import Row, auc, macro_f1
from ruamel.yaml import YAML

from pipeline.checks import prose_findings
from pipeline.language.strength import Strength, strength
from pipeline.model.evidence import Stage
from pipeline.model.names import Severity

# A word of the strongest list counts double, a weak one half; the title once, whatever the length of the text.
WEIGHTS = {"H01": 2.0, "H02": 1.0, "H03": 0.5}
CAUSAL_TITLE = 0.1
BATCHES = Path(__file__).resolve().parents[1] / "sentences"
FIRST_TRY = re.compile(r"first try.*: precision ([\d.]+), recall ([\d.]+)\.")


def rows(captures: Path) -> Iterator[Row]:
    """Measure the language rules against the captures."""
    standard = captures / "standard"
    precision, recall, pointed = sentences(standard / "sentences.yml")
    yield Row("90 tricky sentences: precision", precision, 0.95, "word list .48, with small filter .91")
    yield Row("90 tricky sentences: recall over flag and caveat", recall, 0.85, "word list .58, with small filter .53")
    yield Row("90 tricky sentences: recall, pointing at the span", pointed, 0.85)
    yield from batches()
    yield Row(
        "480 rated releases: AUC for sensational language",
        sensation(standard),
        0.70,
        "word list .673, TF-IDF .667, write-good .526",
    )
    yield Row(
        "false blocks in 10,000 words of sober summaries", false_blocks(standard), 1.0, "word list 1.7", most=True
    )
    yield Row("100 pairs: exaggeration, macro-F1", exaggeration(standard), 0.475, "TF-IDF .475, majority .253")


def batches() -> Iterator[Row]:
    """Measure each batch of sentences by other authors; how the rules did before they had seen it stands beside it."""
    for file in sorted(BATCHES.glob("*.yml")):
        precision, recall, _ = sentences(file)
        first = FIRST_TRY.search(file.read_text(encoding="utf-8"))
        tried = first.groups() if first else ("?", "?")
        name = f"sentences by others, {file.stem.replace('_', ' ')}"
        yield Row(f"{name}: precision", precision, 0.95, f"before they were seen {tried[0]}")
        yield Row(f"{name}: recall", recall, 0.90, f"before they were seen {tried[1]}")


def sentences(file: Path) -> tuple[float, float, float]:
    """Precision, recall, and recall of findings that touch the marked span, over the sentences of a file."""
    listed = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))["items"]
    hits: Counter[str] = Counter()
    for one in listed:
        found = prose_findings(one["text"], "headline" if one.get("where") == "title" else "summary")
        start = one["text"].find(one["span"])
        due = one["verdict"] != "ok"
        hits["due"] += due
        hits["right"] += due and bool(found)
        hits["wrong"] += not due and bool(found)
        hits["pointed"] += due and any(r.start < start + len(one["span"]) and start < r.end for r in found)
    return hits["right"] / (hits["right"] + hits["wrong"]), hits["right"] / hits["due"], hits["pointed"] / hits["due"]


def sensation(standard: Path) -> float:
    """AUC of the weighted count of hype against the experts' "unjustifiable, sensational language"."""
    scores, labels = [], []
    for line in (standard / "press_releases_rated.jsonl").read_text(encoding="utf-8").splitlines():
        release = json.loads(line)
        answer = release["criteria"].get("language", {}).get("answer", "")
        if release["usable"] and answer in {"Satisfactory", "Not Satisfactory"} and len(release["text"].split()) >= 100:
            scores.append(score(release["title"] or "", release["text"]))
            labels.append(answer == "Not Satisfactory")
    return auc(scores, labels)


def score(title: str, text: str) -> float:
    """Weigh the hype of a text: per 100 words, plus that of its title, plus a title that claims a cause."""
    body = sum(WEIGHTS.get(r.rule, 0.0) for r in prose_findings(text))
    head = sum(WEIGHTS.get(r.rule, 0.0) for r in prose_findings(title, "headline")) if title else 0.0
    return 100 * body / len(text.split()) + head + CAUSAL_TITLE * (strength(title) is Strength.CAUSAL)


def false_blocks(standard: Path) -> float:
    """Blocks in 10,000 words of plain summaries, which are systematic reviews and should have none."""
    lines = (standard / "plain_summaries.txt").read_text(encoding="utf-8").splitlines()
    blocks = sum(
        r.severity is Severity.BLOCK for line in lines for r in prose_findings(line, stage=Stage.SYSTEMATIC_REVIEW)
    )
    return 10_000 * blocks / sum(len(line.split()) for line in lines)


def exaggeration(standard: Path) -> float:
    """Macro-F1 of same, exaggerates, downplays, by comparing the strength of a release with that of its paper."""
    pairs = [
        json.loads(line) for line in (standard / "exaggeration_pairs.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    told = [_compare(strength(p["press_release_conclusion"]), strength(p["abstract_conclusion"])) for p in pairs]
    return macro_f1([p["exaggeration_label"] for p in pairs], told)


def _compare(release: Strength, paper: Strength) -> str:
    if release == paper:
        return "same"
    return "exaggerates" if release > paper else "downplays"
