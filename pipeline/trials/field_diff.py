"""How two states of a trial's field are told apart, and what is noise: case, spacing, order, a spelling, a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache

from pipeline.language.conditions import conditions_in
from pipeline.language.entry_words import Words as Read
from pipeline.language.normalise import comparable
from pipeline.language.shipped import word_list
from pipeline.model.entry import Trial
from pipeline.trials.spelling import same_spelling, same_words, unnamed, words_of

Two = tuple[str | None, str | None]
Differ = Callable[[Trial, Trial], Two | None]
Words = Callable[[Trial], str | None]
Parts = Callable[[Trial], tuple[str, ...]]

SLIP = 90
"""Days by which an expected date must move to be news."""

_COMMON, _PROPER = 5, 8
"""Letters a misspelled word must have: in a title, where most words are of the language, and in a name."""

_BAR = " | "
"""What stands between the parts of a list."""


def text(read: Words) -> Differ:
    """Compare one text, deaf to letter case and spacing."""

    def differ(before: Trial, after: Trial) -> Two | None:
        old, new = read(before), read(after)
        return None if _flat(old) == _flat(new) else (old, new)

    return differ


def new_text(read: Words) -> Differ:
    """Compare one text that is news only when it comes up where there was none."""

    def differ(before: Trial, after: Trial) -> Two | None:
        return (None, new) if (new := read(after)) and not read(before) else None

    return differ


def whole(read: Parts) -> Differ:
    """Compare a list whose every part matters, and tell both lists whole; order is noise."""

    def differ(before: Trial, after: Trial) -> Two | None:
        old, new = read(before), read(after)
        return None if _set(old) == _set(new) else (_join(old), _join(new))

    return differ


def moved(read: Parts) -> Differ:
    """Compare a list by the identity of its parts: what went, what came."""

    def differ(before: Trial, after: Trial) -> Two | None:
        old, new = read(before), read(after)
        was, now = _set(old), _set(new)
        gone = [part for part in old if _flat(part) not in now]
        fresh = [part for part in new if _flat(part) not in was]
        return (_join(gone), _join(fresh)) if gone or fresh else None

    return differ


def came(read: Parts) -> Differ:
    """Compare a list of which only what comes up is news."""

    def differ(before: Trial, after: Trial) -> Two | None:
        was = _set(read(before))
        fresh = [part for part in read(after) if _flat(part) not in was]
        return (None, _join(fresh)) if fresh else None

    return differ


def first_reported(read: Parts) -> Differ:
    """Compare lines that keep their order, group by group, once the later state has any."""

    def differ(before: Trial, after: Trial) -> Two | None:
        old, new = " | ".join(read(before)), " | ".join(read(after))
        return (old or None, new) if new and new != old else None

    return differ


def slipped(read: Words) -> Differ:
    """Compare dates as far as the coarser one is given; a move by fewer than ninety days is noise."""

    def differ(before: Trial, after: Trial) -> Two | None:
        old, new = read(before), read(after)
        if not old or not new:
            return None
        some = min(len(old), len(new))
        days = abs((_day(new[:some]) - _day(old[:some])).days)
        return (old, new) if days >= SLIP else None

    return differ


def why_stopped(before: Trial, after: Trial) -> Two | None:
    """Tell a reason that was given or reworded later; with a new status it rides on that."""
    if _flat(before.status) != _flat(after.status):
        return None
    return text(lambda t: t.why_stopped)(before, after)


def design(before: Trial, after: Trial) -> Two | None:
    """Tell a design apart by allocation, masking, arms and model.

    Registries leave allocation and masking out, or write NA and NONE, for a study without a comparison group:
    both mean the same. Arms and model that one state doesn't give prove nothing.
    """
    same = (
        _flat(before.allocation or "NA") == _flat(after.allocation or "NA")
        and _flat(before.masking or "NONE") == _flat(after.masking or "NONE")
        and (None in (before.arms, after.arms) or before.arms == after.arms)
        and (not before.intervention_model or not after.intervention_model or _model(before) == _model(after))
    )
    return None if same else (_say_design(before), _say_design(after))


def enrollment(before: Trial, after: Trial) -> Two | None:
    """Tell numbers of people apart; planned and actual differ too, where both states say which it is."""
    kinds = (before.enrollment_type, after.enrollment_type)
    same_kind = None in kinds or _flat(kinds[0]) == _flat(kinds[1])
    return None if before.enrollment == after.enrollment and same_kind else (_people(before), _people(after))


def results(before: Trial, after: Trial) -> Two | None:
    """Tell whether results were posted, or taken away again."""
    said = {False: "not posted", True: "posted"}
    return None if before.has_results == after.has_results else (said[before.has_results], said[after.has_results])


def sponsor(before: Trial, after: Trial) -> Two | None:
    """Tell sponsors apart; another spelling or order, a legal form or a place added to the same name is noise."""
    old, new = _names(before.sponsor), _names(after.sponsor)
    if old == new or (_distinctive(old & new) and (old <= new or new <= old)):
        return None
    same = old and new and same_spelling(sorted(old), sorted(new), shortest=_PROPER)
    return None if same else (before.sponsor, after.sponsor)


def title(before: Trial, after: Trial) -> Two | None:
    """Tell titles apart; a slip that was mended is noise, unless the two name different diseases."""
    if _flat(before.title) == _flat(after.title):
        return None
    if same_words(before.title, after.title, shortest=_COMMON) and _diseases(before) == _diseases(after):
        return None
    return (before.title, after.title)


def sites(before: Trial, after: Trial) -> Two | None:
    """Compare sites: what went, what came. One that only got a name, or is spelled in another way, did neither."""
    two = moved(lambda t: t.sites)(before, after)
    if two is None:
        return None
    gone, fresh = ((side or "").split(_BAR) if side else [] for side in two)
    for same in (_same_number, _respelled, _named):
        for old in tuple(gone):
            new = next((each for each in fresh if same(old, each)), None)
            if new is not None:
                gone.remove(old)
                fresh.remove(new)
    return (_join(gone), _join(fresh)) if gone or fresh else None


@cache
def _words(key: str) -> frozenset[str]:
    return word_list(__package__, "field_diff.yml", key)


def _distinctive(names: frozenset[str]) -> bool:
    return bool(names - _words("shared"))


def _names(sponsor_: str | None) -> frozenset[str]:
    words = frozenset(words_of(sponsor_ or ""))
    return words - _words("legal forms") or words


def _diseases(trial: Trial) -> tuple[frozenset[str], frozenset[str]]:
    found = conditions_in(Read(title=comparable(trial.title), named=""))
    return frozenset(found.ours), frozenset(found.off)


def _same_number(old: str, new: str) -> bool:
    """Whether a site without a name is the one that bears the same number now, in the same country."""
    name, number = old.partition(", ")[0], new.partition(", ")[0]
    numbered = any(c.isdigit() for c in name) and unnamed(name)
    return (
        numbered and _flat(name) == _flat(number) and _flat(old.rpartition(", ")[2]) == _flat(new.rpartition(", ")[2])
    )


def _respelled(old: str, new: str) -> bool:
    return same_words(old, new, shortest=_PROPER)


def _named(old: str, new: str) -> bool:
    """Whether a site without a name got one, or lost it: one of the two has none, and both are in the same town."""
    for bare, other in ((old, new), (new, old)):
        name, _, town = bare.partition(", ")
        if town and unnamed(name) and _in(other, town):
            return True
    return False


def _in(site: str, town: str) -> bool:
    """Whether a site, whose own name may have commas, ends with a town and a country."""
    parts = site.split(", ")[-(town.count(", ") + 1) :]
    return len(parts) < len(site.split(", ")) and words_of(", ".join(parts)) == words_of(town)


def _day(iso: str) -> date:
    """The first day of what a date cut to year or month names."""
    return date.fromisoformat(f"{iso}-01-01"[:10] if len(iso) == 4 else f"{iso}-01"[:10])


def _model(trial: Trial) -> str:
    return _flat(trial.intervention_model)


def _say_design(trial: Trial) -> str | None:
    parts = [
        f"allocation {trial.allocation}" if trial.allocation else "",
        f"masking {trial.masking}" if trial.masking else "",
        f"arms {trial.arms}" if trial.arms is not None else "",
        f"model {trial.intervention_model}" if trial.intervention_model else "",
    ]
    return ", ".join(part for part in parts if part) or None


def _people(trial: Trial) -> str | None:
    if trial.enrollment is None:
        return None
    return f"{trial.enrollment} {trial.enrollment_type}" if trial.enrollment_type else str(trial.enrollment)


def _flat(words: str | None) -> str:
    return " ".join((words or "").split()).casefold()


def _set(parts: Iterable[str]) -> frozenset[str]:
    return frozenset(_flat(part) for part in parts)


def _join(parts: Iterable[str]) -> str | None:
    return _BAR.join(sorted(parts)) or None
