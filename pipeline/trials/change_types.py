"""What a change of a trial amounts to for a reader: one row a kind, with its condition, group, weight and caveat.

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
class ChangeType:
    """One kind of change. `fits` is given the change and the status the trial has now.

    `caveat` is what it does not mean; `short` says so in the rows of the e-mail, five words a sentence at most. What
    opens or was withdrawn has none there: the words above the rows say it, or the row's harms.
    """

    name: str
    group: Group
    weight: Weight
    caveat: str
    short: str
    fits: Callable[[Change, str], bool]


def change_type(change: Change, status: str | None = None) -> ChangeType:
    """Tell what a change amounts to; `status` is the trial's own now, in the registry's word."""
    return next(each for each in CHANGE_TYPES if each.fits(change, (status or "").upper()))


def change_types(changes: Iterable[Change], status: str | None = None) -> tuple[ChangeType, ...]:
    """Tell what changes amount to, in their own order."""
    return tuple(change_type(change, status) for change in changes)


def leading(changes: Iterable[Change], status: str | None = None) -> ChangeType:
    """The type of change that a trial's item is about: of the weightiest, the first row. Raises ValueError for none."""
    return min(change_types(changes, status), key=lambda each: (-each.weight, CHANGE_TYPES.index(each)))


def weight_order(changes: Iterable[Change], status: str | None = None) -> tuple[int, int]:
    """A key that sorts trials by how much their news matters, weightiest first; a trial without changes is new."""
    found = leading(tuple(changes) or (Change("new", None, status),), status)
    return -found.weight, CHANGE_TYPES.index(found)


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


_OPEN = (
    "Open to volunteers does not mean the treatment works. "
    "Only the study team can say who may join. Sites open at different times."
)
_STOP = "Stopping early is not proof of harm or failure. If you take part, ask your study doctor."
_ACCESS_ENDED = "A programme of expanded access can end for many reasons. We do not guess."
_SIZE = "Bigger or smaller is not better or worse."
_DESIGN = "Without a comparison group a study cannot show whether a treatment does better than what people get now."
_DATES = "Dates often move. Results are usually published months later."
_H, _M, _L = Weight.HIGH, Weight.MEDIUM, Weight.LOW

CHANGE_TYPES: tuple[ChangeType, ...] = (
    ChangeType("reversed", Group.CORRECTED, _H,
        "Sponsors write and change registry entries; what we printed was what the entry said then.",
        "Sponsors change their entries.", lambda c, _: bool(c.reverses)),
    ChangeType("results", Group.RESULTS, _H, "Posted results are not peer reviewed.", "Not peer reviewed.",
        lambda c, _: c.field == "results" and c.after == "posted"),
    ChangeType("results-gone", Group.RESULTS, _H, "Results can be taken down to be corrected. We do not guess.",
        "We do not guess why.", _field("results")),
    ChangeType("events", Group.RESULTS, _H, "An event during a study was not necessarily caused by the treatment.",
        "Events may have other causes.", _field("adverse events")),
    ChangeType("withdrawn", Group.STOPPED, _H, "No participant was treated in this study.", "",
        _status(TrialStatus.WITHDRAWN)),
    ChangeType("terminated", Group.STOPPED, _H, _STOP, "Taking part? Ask your team.", _status(TrialStatus.TERMINATED)),
    ChangeType("suspended", Group.STOPPED, _H, "A pause can have many causes. We do not guess.",
        "Pauses have many causes.", _status(TrialStatus.SUSPENDED)),
    ChangeType("status", Group.STOPPED, _H, _ACCESS_ENDED,
        "This can have many reasons.", _status(TrialStatus.NO_LONGER_AVAILABLE)),
    ChangeType("status", Group.STOPPED, _H, _STOP, "Taking part? Ask your team.", _stop_by_another_name),
    ChangeType("opened", Group.OPENED, _H, _OPEN, "", _status(TrialStatus.RECRUITING,
        before=(TrialStatus.NOT_YET_RECRUITING,))),
    ChangeType("reopened", Group.OPENED, _H, _OPEN, "", _status(TrialStatus.RECRUITING)),
    ChangeType("early-end", Group.CLOSED, _H, "The entry does not call this a stop. We do not guess at the cause.",
        "Not recorded as a stop.", _silent_stop),
    ChangeType("closed", Group.CLOSED, _H, "This is a normal stage. It says nothing about results.",
        "This is a normal stage.", _status(TrialStatus.ACTIVE_NOT_RECRUITING)),
    ChangeType("completed", Group.CLOSED, _H, "Finished is not the same as successful. Results are not posted yet.",
        "Finished does not mean successful.", _status(TrialStatus.COMPLETED)),
    ChangeType("comparison-lost", Group.REDESIGNED, _H, _DESIGN, "Now nothing is compared.", _lost),
    ChangeType("comparison-gained", Group.REDESIGNED, _H,
        "A comparison makes a study more telling. It does not say what the study will find.",
        "That makes it more telling.", _gained),
    ChangeType("retraction", Group.OTHER, _H, "What a retracted paper said can no longer be relied on.",
        "Don't rely on that paper.", _field("linked paper")),
    ChangeType("expanded-access", Group.OTHER, _H,
        "A doctor must ask the sponsor. Expanded access means that the treatment is not approved.",
        "The treatment is not approved. Doctors must ask the sponsor.", _field("expanded access")),
    ChangeType("conditions", Group.REDESIGNED, _H, "Other conditions for joining apply.",
        "Other conditions for joining apply.", _field("conditions")),
    ChangeType("ages", Group.REDESIGNED, _H, "Other conditions for joining apply.",
        "Other conditions for joining apply.", _field("minimum age", "maximum age")),
    ChangeType("outcome-late", Group.REDESIGNED, _H,
        "A change after the end of a study deserves a question. It is not proof of anything.",
        "So late, this raises questions.", _measured_late),
    ChangeType("new", Group.NEW, _M, "", "", lambda c, _: c.field == "new" and c.after == TrialStatus.RECRUITING),
    ChangeType("invitation", Group.OTHER, _M, "Such studies are often the long-term follow-up of an earlier one.",
        "Often a long-term follow-up.", _status(TrialStatus.ENROLLING_BY_INVITATION)),
    ChangeType("unknown", Group.OTHER, _M,
        "It may be running, ended or never started. The registry sets this word by itself, not the sponsor.",
        "It may still be running.", _status(TrialStatus.UNKNOWN)),
    ChangeType("status", Group.OTHER, _M, "A status says where a study stands. It says nothing about results.",
        "This says nothing about results.", _field("status")),
    ChangeType("design", Group.REDESIGNED, _M, "A changed design says nothing about results.",
        "This says nothing about results.", _field("design")),
    ChangeType("phase", Group.REDESIGNED, _M, "A new phase label in the same entry is not an approval.",
        "This is not an approval.", _field("phase")),
    ChangeType("interventions", Group.REDESIGNED, _M, "A changed list of treatments says nothing about results.",
        "This says nothing about results.", _field("interventions")),
    ChangeType("outcome", Group.REDESIGNED, _M, "What a study measures can change for many reasons.",
        "This can have many reasons.", _field("primary outcome")),
    ChangeType("enrollment", Group.REDESIGNED, _M, _SIZE, "Size says nothing about results.", _replanned),
    ChangeType("why-stopped", Group.STOPPED, _M, "The reason is the sponsor's own.",
        "That reason is the sponsor's.", _field("why stopped")),
    ChangeType("new", Group.NEW, _M, "", "", _field("new")),
    ChangeType("countries", Group.OTHER, _M, "A place that is listed may not be open yet.",
        "Listed places may open later.", _field("countries")),
    ChangeType("notice", Group.OTHER, _M, "This is the registry's own note. It says nothing about the treatment.",
        "The registry's own note.", _field("violation")),
    ChangeType("dates", Group.OTHER, _M, _DATES, "Dates often move.", _field("primary completion")),
    ChangeType("dates", Group.OTHER, _L, _DATES, "Dates often move.", _field("start", "completion")),
    ChangeType("enrollment", Group.REDESIGNED, _L, _SIZE, "Size says nothing about results.", _field("enrollment")),
    ChangeType("sites", Group.OTHER, _L, "A place that is listed may not be open yet.",
        "Listed places may open later.", _field("sites")),
    ChangeType("sponsor", Group.OTHER, _L, "A new sponsor says nothing about results.",
        "This says nothing about results.", _field("sponsor")),
    ChangeType("title", Group.OTHER, _L, "", "", _field("title")),
    ChangeType("other", Group.OTHER, _L, "", "", lambda *_: True),
)  # fmt: skip
"""Every kind of change, most telling first; the first row that fits counts."""
