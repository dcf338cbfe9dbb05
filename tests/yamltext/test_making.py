"""Values made directly are those that pydantic makes; what may be wrong is left to it."""

from __future__ import annotations

import copy
import json
from dataclasses import is_dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsrooms import REPO

from pipeline.checks.cases import samples
from pipeline.model.issue import Issue, Word
from pipeline.model.item import Queue, SourceText
from pipeline.model.settings import Newsletter
from pipeline.model.source import Health, Source
from pipeline.queue.layout import item_lines, new_file
from pipeline.trials.record import _Kept
from pipeline.yamltext import parse
from pipeline.yamltext.checked import Faults, checked
from pipeline.yamltext.making import Declined, make

OLD = REPO / "tests" / "old_newsroom"
QUEUE = "\n".join([new_file("2026-12"), *(line for each in samples().values() for line in item_lines(each, 0)), ""])
SETTINGS: Any = parse((OLD / "sources.yml").read_text(encoding="utf-8"), "sources.yml").value
VALUES: list[tuple[Any, Any]] = [
    (Queue, parse(QUEUE, "queue.yml").value),
    # The settings' own reader turns "2 weeks" and "all" into these.
    (Newsletter, SETTINGS["newsletter"] | {"topics": {"therapies": ["car-t"], "conditions": ["lupus"]}}),
    *((Source, {k: v for k, v in each.items() if k != "pages"} | {"every": "14"}) for each in SETTINGS["sources"]),
    (dict[str, tuple[SourceText, ...]], json.loads((OLD / "outbox/2026-06/texts.json").read_text("utf-8"))),
    (_Kept, json.loads((OLD / "outbox/2026-06/trials.json").read_text("utf-8"))),
    (Issue, json.loads((OLD / "outbox/2026-06/issue.json").read_text("utf-8"))),
    (Word, {"term": "remission", "definition": "few signs of disease", "aliases": ["remissions"]}),
]
WORDS = " 5|5 |05|+5|5.0|.5|1e3|1_000|NaN|inf|-0|yes|True|on|~|null|0|1|-1|99999999999999999999|lupus|block|Phase-1"
DAYS = "2026-02-30|2026-2-3|20260203|2026-02-03T00:00:00|2026-02-03"
ODD = st.sampled_from(["", "\ud83d", *WORDS.split("|"), *DAYS.split("|")]) | st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=4), st.just([]), st.just({})
)


def without_nothing(value: Any) -> Any:
    """Leave out what was left empty, as the reader of a file does."""
    if isinstance(value, dict):
        return {key: without_nothing(each) for key, each in value.items() if each is not None}
    return [without_nothing(each) for each in value] if isinstance(value, list) else value


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place of a value, the inner ones too."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(inner for key, each in pairs for inner in places(each, (*path, key)))]


def changed(value: Any, path: tuple[Any, ...], other: Any) -> Any:
    """A value with another one at a place."""
    if not path:
        return other
    made = copy.copy(value)
    made[path[0]] = changed(made[path[0]], path[1:], other)
    return made


def alike(kind: Any, value: Any) -> bool:
    """Whether a value was made directly; fails when pydantic makes another of it, or refuses it."""
    try:
        made = make(kind, value)
    except Declined:
        return False
    due = checked(kind, value)
    assert not isinstance(due, Faults), due.first()
    assert made == due
    assert repr(made) == repr(due)  # 1 and 1.0 are equal, and not the same
    return True


@pytest.mark.parametrize(("kind", "value"), VALUES, ids=lambda each: getattr(each, "__name__", "") or None)
def test_what_stands_in_files_is_made_directly(kind, value):
    assert alike(kind, without_nothing(value))


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_what_was_changed_by_hand_is_made_as_pydantic_makes_it(data):
    kind, value = data.draw(st.sampled_from(VALUES))
    value = without_nothing(value)
    for _ in range(data.draw(st.integers(1, 3))):
        value = changed(value, data.draw(st.sampled_from(places(value))), data.draw(ODD))
    alike(kind, value)


def test_what_is_no_text_number_or_day_is_left_to_pydantic():
    health = json.loads((OLD / "outbox/sources.json").read_text("utf-8"))
    assert not alike(tuple[Health, ...], health)  # it holds moments


def test_a_kind_that_nobody_knows_how_to_make_is_left_to_pydantic():
    assert not is_dataclass(complex)
    with pytest.raises(Declined):
        make(complex, "1")
