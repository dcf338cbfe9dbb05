"""A newsroom of November 2026 still opens: its files give the same values, and every sign-off holds.

`old_newsroom/` was made by `hope demo` of commit ff627e0, before fields of studies and sources changed their names.
"""

from __future__ import annotations

import pytest
from newsrooms import JUNE, MAY, REPO

from pipeline.files import Folder
from pipeline.issue import dump
from pipeline.model.entry import Ids
from pipeline.model.item import Item
from pipeline.model.names import Section, Status
from pipeline.model.source import Health
from pipeline.model.story import Change
from pipeline.sources import kinds
from pipeline.store import HEALTH, Newsroom
from pipeline.trials.record import write_trials
from pipeline.yamltext import adapter

OLD = REPO / "tests" / "old_newsroom"


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory) -> Newsroom:
    cache = tmp_path_factory.mktemp("cache")
    return Newsroom(Folder(OLD, cache), {name: kind.options for name, kind in kinds().items()})


@pytest.mark.parametrize("month", [MAY, JUNE])
def test_every_sign_off_of_an_old_queue_holds(newsroom, month):
    items = newsroom.queue(month).queue.items
    signed = [(item, signature) for item in items for signature in item.signed]
    assert signed
    assert [item.id for item, signature in signed if not item.text_hash.holds(signature.text)] == []
    numbers = {item.ids.number for item in items} | {change.number for item in items for change in item.change}
    assert "NCT99990001" in numbers


@pytest.mark.parametrize("month", [MAY, JUNE])
def test_an_old_record_of_trials_is_read_and_written_as_it_was(newsroom, month):
    trials = newsroom.trials(month)
    assert all(number == trial.number for number, trial in trials.items())
    assert write_trials(trials) == (OLD / "outbox" / month / "trials.json").read_bytes()


@pytest.mark.parametrize("month", [MAY, JUNE])
def test_an_old_issue_is_read_and_written_as_it_was(newsroom, month):
    (issue,) = (each for each in newsroom.built.issues if each.key == month)
    assert any(change.field for item in issue.stories for change in item.change) == (month == JUNE)
    assert dump(issue) == (OLD / "outbox" / month / "issue.json").read_bytes()


def test_the_health_of_old_sources_is_read_and_written_as_it_was(newsroom):
    written = adapter(tuple[Health, ...]).dump_json(newsroom.health, indent=1)
    assert written + b"\n" == (OLD / HEALTH).read_bytes()


def test_a_sign_off_of_news_of_several_studies_holds():
    several = Item(
        id="2026-05/also-changed", status=Status.PENDING, section=Section.TRIALS, title="Also", source="ctgov",
        ids=Ids(number="NCT99990002"), change=(Change("sites", None, "Lyon", number="NCT99990002"),),
    )  # fmt: skip
    assert several.text_hash.holds("sha256:cc1195247cc251bfa89b2e1e03cf0f071007beb73861ae238fbe2e61a4d5b0f8")
