"""The reader of numbers on 60 German sentences by an author who had not seen it; they lie outside the repository."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from newsrooms import REPO

from pipeline.language.numbers.loose import multiples
from pipeline.language.numbers.number import Number, Sort
from pipeline.language.numbers.tokens import read
from pipeline.yamltext import parse

SENTENCES = REPO.parent / "shared" / "content" / "standard_dev_de.yml"

MISSED = {"de-number-53", "de-number-56"}
"""A whole that stands far before its parts ("Von 40 Angefragten sagten 31 zu"), and a rate of all inhabitants."""

SORTS = {
    "count": {Sort.COUNT, Sort.RATIO},
    "ratio": {Sort.RATIO, Sort.COUNT},
    "rate": {Sort.RATIO},
    "share": {Sort.COUNT, Sort.RATIO},
    "percent": {Sort.PERCENT},
    "percentage-points": {Sort.PERCENT},
    "duration": {Sort.DURATION},
    "age": {Sort.AGE},
    "dose": {Sort.DOSE},
    "measure": {Sort.COUNT, Sort.DOSE},
    "money": {Sort.COUNT},
    "date": {Sort.DATE},
    "time-of-day": {Sort.DATE},
    "ordinal": {Sort.ORDINAL, Sort.DURATION},
}


def says(number: Number, kind: str, value: object) -> bool:
    """Whether a reading has the value and the sort that the author gave."""
    if number.kind not in SORTS[kind]:
        return False
    match value:
        case {"low": low, "high": high}:
            return (number.value, number.to) == (Decimal(str(low)), Decimal(str(high)))
        case [part, whole]:
            pair = (Decimal(str(part)), Decimal(str(whole)))
            return (number.value, number.of) == pair or number.parts == tuple(map(int, pair))
    if kind in ("date", "time-of-day"):
        said = [Decimal(each) for each in str(value).replace(":", "-").split("-")]
        return number.value in (*said, Decimal(str(value).replace(":", ".") if ":" in str(value) else 0))
    return number.value == Decimal(str(value))


def right(sentence: dict[str, Any]) -> bool:
    """Whether every number is read, and nothing beside them that a reader would owe a source for."""
    text, spans = sentence["text"], []
    for want in sentence["numbers"]:
        start = text.index(want["span"])
        span = range(start, start + len(want["span"]))
        spans.append(span)
        there = [n for n in read(text) if n.start in span]
        if want["kind"] == "identifier":
            if there:
                return False
        elif want["kind"] == "factor":
            if not any(m.amount == Decimal(str(want["value"])) and m.start in span for m in multiples(text)):
                return False
        elif not any(says(n, want["kind"], want["value"]) for n in there):
            return False
    return all(n.implied or any(n.start in span for span in spans) for n in read(text))


@pytest.mark.skipif(not SENTENCES.exists(), reason="the German sentences lie beside the repository, in ../shared")
def test_german_numbers_are_read_as_their_author_meant_them():
    # 38 of 60 were, before the reader had seen any of them.
    content: Any = parse(SENTENCES.read_text(encoding="utf-8"), SENTENCES.name).value
    sentences = content["gold_numbers"]
    assert len(sentences) == 60
    assert {each["id"] for each in sentences if not right(each)} == MISSED
