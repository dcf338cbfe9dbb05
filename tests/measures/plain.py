"""How well plain language is measured: the grade on abstracts and plain summaries, and what a missing cue tells."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from measures.row import Row
from measures.topics import Topic, speaks

from pipeline.language.reading.measure import measure

CRITERIA = {
    Topic.COST: ("cost", 0.994),
    Topic.HARMS: ("harm", 0.947),
    Topic.BENEFIT: ("benefit", 0.945),
    Topic.EVIDENCE: ("evidence", 0.895),
    Topic.FUNDING: ("funding", 0.780),
}
"""For each topic the experts' criterion, and the precision that a plain list of cues reached before."""


@dataclass(frozen=True)
class Silence:
    """How often "no cue for the topic" meant "not satisfactory" for the experts."""

    topic: Topic
    rated: int
    share: float
    precision: float
    recall: float
    target: float


def auc(high: Sequence[float], low: Sequence[float]) -> float:
    """How often one of `high` is above one of `low`, ties counting half."""
    ordered = sorted(low)
    wins = sum((bisect_left(ordered, value) + bisect_right(ordered, value)) / 2 for value in high)
    return wins / len(high) / len(low)


def grades(folder: Path) -> tuple[list[float], list[float]]:
    """Grade the abstracts and the plain summaries, no glossary masked: they are about all of medicine."""
    return _each(folder / "abstracts.txt", _grade), _each(folder / "plain_summaries.txt", _grade)


def naive_grades(folder: Path) -> tuple[list[float], list[float]]:
    """The same with every full stop ending a sentence, decimal points too, as common tools count."""
    return _each(folder / "abstracts.txt", _naive), _each(folder / "plain_summaries.txt", _naive)


def silences(folder: Path) -> list[Silence]:
    """Hold "no cue" against the experts' ratings, topic by topic."""
    lines = (folder / "press_releases_rated.jsonl").read_text(encoding="utf-8").splitlines()
    releases = [r for r in map(json.loads, lines) if r["usable"]]
    return [_silence(releases, topic) for topic in Topic]


def _silence(releases: list[dict[str, Any]], topic: Topic) -> Silence:
    name, target = CRITERIA[topic]
    rated = [
        (r["criteria"][name]["answer"] == "Not Satisfactory", speaks(f"{r['title']}. {r['text']}", topic))
        for r in releases
        if r["criteria"].get(name, {}).get("answer") in {"Satisfactory", "Not Satisfactory"}
    ]
    wanting = sum(bad for bad, _ in rated)
    silent = [bad for bad, spoken in rated if not spoken]
    return Silence(
        topic=topic,
        rated=len(rated),
        share=wanting / len(rated),
        precision=sum(silent) / len(silent),
        recall=sum(silent) / wanting,
        target=target,
    )


def _each(file: Path, graded: Callable[[str], float]) -> list[float]:
    return [graded(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def _grade(text: str) -> float:
    return measure(text).grade


def _naive(text: str) -> float:
    whole = measure(text)
    stops = max(1, text.count(".") + text.count("!") + text.count("?"))
    return whole.grade + 0.39 * whole.words * (1 / stops - 1 / len(whole.lengths))


def rows(captures: Path) -> Iterator[Row]:
    """Tell the figures of plain language."""
    folder = captures / "standard"
    naive = auc(*naive_grades(folder))
    baseline = f"decimal points as full stops {naive:.2f}; textstat .27"
    yield Row("411 pairs: grade tells abstract from plain summary, AUC", auc(*grades(folder)), 0.68, baseline)
    for one in silences(folder):
        baseline = f"{one.share:.2f} of all {one.rated} are; recall {one.recall:.2f}"
        yield Row(f"no cue for {one.topic}: share unsatisfactory", one.precision, one.target, baseline)
