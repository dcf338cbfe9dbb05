"""What a change of a trial amounts to for a reader: one row a kind, with its condition, group, weight and fixed caveat.

The words of each stand in `templates/trials/<name>.txt`. A change is read from its own before and after, so that an
item printed long ago is still told apart in the same way. Weights and caveats follow section 6 of the house's notes on
registries: entries are written by sponsors, and no change of an entry is proof of benefit or harm.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum

from pipeline.model.item import Item
from pipeline.model.names import Group, Section
from pipeline.model.registry import TrialStatus, stopped
from pipeline.model.story import Change


class Weight(IntEnum):
    """How much a change matters to readers."""

    LOW = 0
    MEDIUM = 1
    HIGH = 2


@dataclass(frozen=True, slots=True)
class Turn:
    """One kind of change. `fits` is given the change and the status the trial has now."""

    name: str
    group: Group
    weight: Weight
    caveat: str
    fits: Callable[[Change, str], bool]


def turn_of(change: Change, status: str | None = None) -> Turn:
    """Tell what a change amounts to; `status` is the trial's own now, in the registry's word."""
    return next(turn for turn in TURNS if turn.fits(change, (status or "").upper()))


def turns_of(changes: Iterable[Change], status: str | None = None) -> tuple[Turn, ...]:
    """Tell what changes amount to, in their own order."""
    return tuple(turn_of(change, status) for change in changes)


def leading(changes: Iterable[Change], status: str | None = None) -> Turn:
    """The turn that a trial's item is about: of the weightiest, the first of the table. Raises ValueError for none."""
    return min(turns_of(changes, status), key=lambda turn: (-turn.weight, TURNS.index(turn)))


def weight_order(changes: Iterable[Change], status: str | None = None) -> tuple[int, int]:
    """A key that sorts trials by how much their news matters, weightiest first; a trial without changes is new."""
    turn = leading(tuple(changes) or (Change("new", None, status),), status)
    return -turn.weight, TURNS.index(turn)


def group_of(item: Item) -> Group | None:
    """What kind of news of trials an item is; None where it is no news of a registry."""
    if item.section not in (Section.TRIALS, Section.STOPPED) or not (item.change or item.trial):
        return None
    if not item.trial:
        return Group.OTHER  # small news of several trials
    if item.change:
        return leading(item.change, item.trial.status).group
    return Group.STOPPED if item.section is Section.STOPPED else Group.NEW


def heads(text: str | None) -> tuple[int | None, str]:
    """Read a number of people and its type: "21 ACTUAL" is (21, "ACTUAL")."""
    found = re.fullmatch(r"(\d+)(?: (\w+))?", text or "", re.ASCII)
    return (int(found[1]), (found[2] or "").upper()) if found else (None, "")


def randomised(design: str | None) -> bool:
    """Whether a design, as a change tells it, has a comparison group made by chance."""
    return "allocation RANDOMIZED" in (design or "")


def _status(*words: str, before: tuple[str, ...] = ()) -> Callable[[Change, str], bool]:
    return lambda c, _: c.field == "status" and c.after in words and (not before or c.before in before)


def _stop_by_another_name(change: Change, _: str) -> bool:
    """A stop that has no row of its own: an authorisation revoked, a study cancelled."""
    return change.field == "status" and stopped(change.after)


def _field(*names: str) -> Callable[[Change, str], bool]:
    return lambda c, _: c.field in names


def _silent_stop(change: Change, status: str) -> bool:
    """A plan that ended with half its people or fewer, under a status that doesn't say so."""
    (planned, _), (joined, kind) = heads(change.before), heads(change.after)
    if change.field != "enrollment" or kind != "ACTUAL" or planned is None or joined is None:
        return False
    return joined * 2 <= planned and not stopped(status)


def _replanned(change: Change, _: str) -> bool:
    """A number that moved by a fifth and by ten people at least."""
    (old, _o), (new, _n) = heads(change.before), heads(change.after)
    if change.field != "enrollment" or old is None or new is None:
        return False
    return abs(new - old) >= 10 and abs(new - old) * 5 >= old


def _lost(change: Change, _: str) -> bool:
    return change.field == "design" and randomised(change.before) and not randomised(change.after)


def _gained(change: Change, _: str) -> bool:
    return change.field == "design" and randomised(change.after) and not randomised(change.before)


def _measured_late(change: Change, status: str) -> bool:
    return change.field == "primary outcome" and status in (TrialStatus.COMPLETED, TrialStatus.TERMINATED)


_OPEN = "Open to volunteers does not mean the treatment works. Only the study team can say who may join. Sites open at different times."
_STOP = "Stopping early is not proof of harm or failure. If you take part, ask your study doctor."
_ACCESS_ENDED = "A programme of expanded access can end for many reasons. We do not guess."
_SIZE = "Bigger or smaller is not better or worse."
_DESIGN = "Without a comparison group a study cannot show whether a treatment does better than what people get now."
_DATES = "Dates often move. Results are usually published months later."
_H, _M, _L = Weight.HIGH, Weight.MEDIUM, Weight.LOW

TURNS: tuple[Turn, ...] = (
    Turn("reversed", Group.CORRECTED, _H, "Sponsors write and change registry entries; what we printed was what the entry said then.", lambda c, _: bool(c.reverses)),
    Turn("results", Group.RESULTS, _H, "Posted results are not peer reviewed.", lambda c, _: c.field == "results" and c.after == "posted"),
    Turn("results-gone", Group.RESULTS, _H, "Results can be taken down to be corrected. We do not guess.", _field("results")),
    Turn("events", Group.RESULTS, _H, "An event during a study was not necessarily caused by the treatment.", _field("adverse events")),
    Turn("withdrawn", Group.STOPPED, _H, "No participant was treated in this study.", _status(TrialStatus.WITHDRAWN)),
    Turn("terminated", Group.STOPPED, _H, _STOP, _status(TrialStatus.TERMINATED)),
    Turn("suspended", Group.STOPPED, _H, "A pause can have many causes. We do not guess.", _status(TrialStatus.SUSPENDED)),
    Turn("status", Group.STOPPED, _H, _ACCESS_ENDED, _status(TrialStatus.NO_LONGER_AVAILABLE)),
    Turn("status", Group.STOPPED, _H, _STOP, _stop_by_another_name),
    Turn("opened", Group.OPENED, _H, _OPEN, _status(TrialStatus.RECRUITING, before=(TrialStatus.NOT_YET_RECRUITING,))),
    Turn("reopened", Group.OPENED, _H, _OPEN, _status(TrialStatus.RECRUITING)),
    Turn("early-end", Group.CLOSED, _H, "The entry does not call this a stop. We do not guess at the cause.", _silent_stop),
    Turn("closed", Group.CLOSED, _H, "This is a normal stage. It says nothing about results.", _status(TrialStatus.ACTIVE_NOT_RECRUITING)),
    Turn("completed", Group.CLOSED, _H, "Finished is not the same as successful. Results are not posted yet.", _status(TrialStatus.COMPLETED)),
    Turn("comparison-lost", Group.REDESIGNED, _H, _DESIGN, _lost),
    Turn("comparison-gained", Group.REDESIGNED, _H, "A comparison makes a study more telling. It does not say what the study will find.", _gained),
    Turn("retraction", Group.OTHER, _H, "What a retracted paper said can no longer be relied on.", _field("linked paper")),
    Turn("expanded-access", Group.OTHER, _H, "A doctor must ask the sponsor. Expanded access means that the treatment is not approved.", _field("expanded access")),
    Turn("conditions", Group.REDESIGNED, _H, "Other conditions for joining apply.", _field("conditions")),
    Turn("ages", Group.REDESIGNED, _H, "Other conditions for joining apply.", _field("minimum age", "maximum age")),
    Turn("outcome-late", Group.REDESIGNED, _H, "A change after the end of a study deserves a question. It is not proof of anything.", _measured_late),
    Turn("new", Group.NEW, _M, "", lambda c, _: c.field == "new" and c.after == TrialStatus.RECRUITING),
    Turn("invitation", Group.OTHER, _M, "Such studies are often the long-term follow-up of an earlier one.", _status(TrialStatus.ENROLLING_BY_INVITATION)),
    Turn("unknown", Group.OTHER, _M, "It may be running, ended or never started. The registry sets this word by itself, not the sponsor.", _status(TrialStatus.UNKNOWN)),
    Turn("status", Group.OTHER, _M, "A status says where a study stands. It says nothing about results.", _field("status")),
    Turn("design", Group.REDESIGNED, _M, "A changed design says nothing about results.", _field("design")),
    Turn("phase", Group.REDESIGNED, _M, "A new phase label in the same entry is not an approval.", _field("phase")),
    Turn("interventions", Group.REDESIGNED, _M, "A changed list of treatments says nothing about results.", _field("interventions")),
    Turn("outcome", Group.REDESIGNED, _M, "What a study measures can change for many reasons.", _field("primary outcome")),
    Turn("enrollment", Group.REDESIGNED, _M, _SIZE, _replanned),
    Turn("why-stopped", Group.STOPPED, _M, "The reason is the sponsor's own.", _field("why stopped")),
    Turn("new", Group.NEW, _M, "", _field("new")),
    Turn("countries", Group.OTHER, _M, "A place that is listed may not be open yet.", _field("countries")),
    Turn("notice", Group.OTHER, _M, "This is the registry's own note. It says nothing about the treatment.", _field("violation")),
    Turn("dates", Group.OTHER, _M, _DATES, _field("primary completion")),
    Turn("dates", Group.OTHER, _L, _DATES, _field("start", "completion")),
    Turn("enrollment", Group.REDESIGNED, _L, _SIZE, _field("enrollment")),
    Turn("sites", Group.OTHER, _L, "A place that is listed may not be open yet.", _field("sites")),
    Turn("sponsor", Group.OTHER, _L, "A new sponsor says nothing about results.", _field("sponsor")),
    Turn("title", Group.OTHER, _L, "", _field("title")),
    Turn("other", Group.OTHER, _L, "", lambda *_: True),
)  # fmt: skip
"""Every kind of change, most telling first; the first row that fits counts."""
