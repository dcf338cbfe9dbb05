"""A stop is a stop, whenever we meet it: on first sight, as a change, in tables and on pages."""

from __future__ import annotations

import ast
import re

import pytest
from newsrooms import REPO

from pipeline.model.entry import Trial
from pipeline.model.integrity import Integrity, NoticeKind
from pipeline.model.names import Group, Section
from pipeline.model.registry import STOPPED, TrialStatus, stopped
from pipeline.model.story import Change
from pipeline.render.trials.tracker import PlainStatus, plain_status_of
from pipeline.report.trials import plain_status
from pipeline.sources.parts.elsewhere import status_word
from pipeline.sources.parts.euct import CODES
from pipeline.sources.parts.trial import strange_words
from pipeline.triage.events import trial_event
from pipeline.trials.change_types import leading
from pipeline.trials.reversals import Printed, reversals


def met(status: str | None) -> Section:
    return trial_event(Trial(number="NCT99990001", title="A study", status=status)).section


def moved_to(status: str) -> Group:
    return leading((Change("status", "RECRUITING", status),), status).group


@pytest.mark.parametrize("status", TrialStatus)
def test_first_met_and_moved_to_are_judged_alike(status):
    stops = status in STOPPED
    assert (met(status) is Section.STOPPED) == stops
    assert (moved_to(status) is Group.STOPPED) == stops
    early = stops and status is not TrialStatus.NO_LONGER_AVAILABLE
    assert (plain_status(status) == "stopped") == early
    assert (plain_status_of(status) is PlainStatus.STOPPED) == early


def test_an_access_programme_that_ended_is_not_said_to_have_stopped_early():
    status = TrialStatus.NO_LONGER_AVAILABLE
    assert plain_status(status) == "no longer available"
    caveat = leading((Change("status", "AVAILABLE", status),), status).caveat
    assert "Stopping early" not in caveat
    assert caveat


@pytest.mark.parametrize("word", ["Revoked", "Cancelled", "Temporarily halted", "Suspended"])
def test_the_stops_of_the_european_register(word):
    assert word in CODES.values()
    status = status_word(word)
    assert met(status) is Section.STOPPED
    assert moved_to(f"{status}") is Group.STOPPED


@pytest.mark.parametrize("word", ["Ended", "Expired", "Not authorised", "Under evaluation"])
def test_a_word_with_more_than_one_meaning_stays_the_registrys_own(word):
    status = status_word(word)
    assert status == word.upper().replace(" ", "_")
    assert TrialStatus.read(status) is (TrialStatus.ENDED if word == "Ended" else None)
    assert not stopped(status)
    assert plain_status_of(status) is PlainStatus.OTHER


@pytest.mark.parametrize(
    ("older", "now"), [("HALTED", "SUSPENDED"), ("temporarily halted", "SUSPENDED"), ("Stopped", "TERMINATED")]
)
def test_words_of_older_records_are_read_too(older, now):
    assert TrialStatus.read(older) == now


def test_a_word_of_another_registry_is_strange_at_clinicaltrials() -> None:
    trial = Trial(number="NCT99990001", title="A study", status=TrialStatus.REVOKED.value)
    assert strange_words(trial) == ("status REVOKED",)


@pytest.mark.parametrize("word", [TrialStatus.REVOKED, TrialStatus.CANCELLED])
def test_a_study_that_opens_after_a_printed_stop_takes_it_back(word: TrialStatus) -> None:
    printed = Printed("2026-05", Change("status", "RECRUITING", word.value))
    (now,) = reversals((Change("status", word.value, "RECRUITING"),), (printed,))
    assert now.reverses == "2026-05"


HOMES = {"model/registry.py", "model/integrity.py", "model/evidence.py", "model/names.py"}
SAID = {*TrialStatus, *Integrity, *NoticeKind}


def compared(tree: ast.AST) -> set[str]:
    """The texts that a module compares something with, one by one or as a collection."""
    sides = [
        side for node in ast.walk(tree) if isinstance(node, ast.Compare) for side in (node.left, *node.comparators)
    ]
    flat = [
        each for side in sides for each in (side.elts if isinstance(side, ast.Tuple | ast.Set | ast.List) else [side])
    ]
    return {each.value for each in flat if isinstance(each, ast.Constant) and isinstance(each.value, str)}


@pytest.mark.parametrize("path", sorted((REPO / "pipeline").rglob("*.py")), ids=lambda path: path.stem)
def test_a_status_or_what_happened_to_a_paper_is_named_by_its_enum(path):
    if path.relative_to(REPO / "pipeline").as_posix() in HOMES:
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert compared(tree) & SAID == set()
    constants = {each.value for each in ast.walk(tree) if isinstance(each, ast.Constant)}
    assert constants & set(TrialStatus) == set()


@pytest.mark.parametrize("path", sorted((REPO / "templates").rglob("*.*")), ids=lambda path: path.name)
def test_templates_compare_with_no_status_but_by_its_enum(path):
    if path.name not in ("words.txt", "trial_words.txt"):  # which say each in plain words
        assert set(re.findall(r"\"([A-Z_]+)\"", path.read_text(encoding="utf-8"))) & set(TrialStatus) == set()
