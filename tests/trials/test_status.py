"""A stop is a stop, whenever we meet it: on first sight, as a change, in tables and on pages."""

from __future__ import annotations

import pytest

from pipeline.model.entry import Trial
from pipeline.model.names import Group, Section
from pipeline.model.registry import STOPPED, TrialStatus, plain_status, stopped
from pipeline.model.story import Change
from pipeline.render.trials.tracker import Stand, stand_of
from pipeline.sources.parts.elsewhere import status_word
from pipeline.sources.parts.euct import CODES
from pipeline.sources.parts.trial import strange_words
from pipeline.triage.events import trial_event
from pipeline.trials.change_types import leading
from pipeline.trials.reversals import Printed, reversals


def met(status: str) -> Section:
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
    assert (stand_of(status) is Stand.STOPPED) == early


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
    assert moved_to(status) is Group.STOPPED


@pytest.mark.parametrize("word", ["Ended", "Expired", "Not authorised", "Under evaluation"])
def test_a_word_with_more_than_one_meaning_stays_the_registrys_own(word):
    status = status_word(word)
    assert status == word.upper().replace(" ", "_")
    assert TrialStatus.read(status) is None
    assert not stopped(status)
    assert stand_of(status) is Stand.OTHER


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
