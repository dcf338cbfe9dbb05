"""One study is one trial, though registries list it twice, give it a new number, or fall silent about it for a day.

Studies are joined by their numbers alone: titles have joined different studies before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace

from pipeline.model.entry import Trial
from pipeline.model.registries import Registries
from pipeline.model.story import Judged
from pipeline.text import clip, count


@dataclass(frozen=True, slots=True)
class Settled:
    """Entries, one a study; what was known of the studies under the numbers they have now; and remarks."""

    judged: tuple[Judged, ...]
    known: dict[str, Trial]
    notes: tuple[str, ...] = ()


def settle(
    judged: Iterable[Judged], known: Mapping[str, Trial], read: Collection[str], registries: Registries
) -> Settled:
    """Make entries of registries comparable with what is known of the same studies.

    `known` are trials by number, `read` the registries that were read to the end. A study that was not met keeps its
    last state and is only remarked on; a field that a registry no longer gives for any study keeps its last value.
    """
    one_each = merge_registries(judged, registries)
    now, here = renamed(known, one_each, registries)
    spoken, silent = keep_silent(here, now, registries)
    missing = _missing(spoken, now, read, registries)
    return Settled(spoken, now, (*silent, *missing))


def merge_registries(judged: Iterable[Judged], registries: Registries) -> tuple[Judged, ...]:
    """Leave one entry a study: that of the registry that says most, with all of its numbers.

    Entries that are no registry's pass as they are. A number that two studies of one registry claim (a parent study, a
    programme) joins nothing.
    """
    judged = tuple(judged)
    trials = [j for j in judged if j.entry.trial]
    groups = _groups([j.entry.trial for j in trials if j.entry.trial], registries)
    leads: dict[int, Judged] = {}
    for group in groups:
        members = sorted((trials[n] for n in group), key=lambda j: _place(j, registries))
        leads[id(members[0])] = _joined(members, registries)
    followers = {id(j) for j in trials} - leads.keys()
    return tuple(leads.get(id(j), j) for j in judged if id(j) not in followers)


def renamed(
    known: Mapping[str, Trial], judged: Iterable[Judged], registries: Registries
) -> tuple[dict[str, Trial], tuple[Judged, ...]]:
    """Give what is known under the numbers of the entries of now, and the entries that may speak for their study.

    A study whose better registry was not read keeps that registry's last state: the entry of another doesn't speak. One
    that a better registry lists now moves over as it stands there: what two registries word differently did not change.
    """
    judged = tuple(judged)
    before = _before([j.entry.trial for j in judged if j.entry.trial], known, registries)
    now, speak = dict(known), []
    for each in judged:
        trial = each.entry.trial
        old = before.get(trial.number) if trial else None
        if trial is None or old is None or old.number == trial.number:
            speak.append(each)
        elif registries.place(trial.registry) <= registries.place(old.registry):
            now.pop(old.number, None)
            now[trial.number] = replace(old, number=trial.number) if old.registry == trial.registry else trial
            speak.append(each)
    return now, tuple(speak)


def keep_silent(
    judged: Iterable[Judged], known: Mapping[str, Trial], registries: Registries
) -> tuple[tuple[Judged, ...], tuple[str, ...]]:
    """Keep the last value of a field that a registry gives for no study any more: it fell silent, nothing changed.

    Second are remarks. A reason for stopping and a last known status go when a study goes on, so they are left alone.
    """
    judged = tuple(judged)
    notes: list[str] = []
    for registry in (each.key for each in registries.every):
        met = [t for j in judged if (t := j.entry.trial) and t.registry == registry and t.number in known]
        lost = tuple(name for name in _LASTING if _fell_silent(name, met, known))
        if lost:
            judged = tuple(_kept(j, known, lost) if _is_of(j, registry) else j for j in judged)
            said = clip(", ".join(name.replace("_", " ") for name in lost), 120)
            notes.append(
                f"{registry} no longer gives {said} for any trial. We kept what it said before. Check its website."
            )
    return judged, tuple(notes)


_PASSING = {
    "number",
    "title",
    "registry",
    "status_said",
    "why_stopped",
    "last_known_status",
    "updated",
    "removed_countries",
}
_OURS = {
    "other_ids",
    "former_ids",
    "link",
    "read_from",
    "checked",
    "keywords",
    "intervention_text",
    "violations",
    "retracted",
}
_LASTING = tuple(f.name for f in fields(Trial) if f.name not in _PASSING | _OURS)


def _groups(trials: list[Trial], registries: Registries) -> list[list[int]]:
    """Group studies that share a number; a group that would hold two of one registry is no group."""
    group = list(range(len(trials)))
    members = {n: [n] for n in group}
    for sharing in _bearers(trials, registries).values():
        for n in sharing[1:]:
            one, two = sorted((group[sharing[0]], group[n]))
            if one != two:
                for m in members[two]:
                    group[m] = one
                members[one] += members.pop(two)
    found: list[list[int]] = []
    for several in members.values():
        fits = len({trials[n].registry for n in several}) == len(several)
        found += [several] if fits else [[n] for n in several]
    return found


def numbers_of(trial: Trial, registries: Registries) -> tuple[str, ...]:
    """A study's registry numbers, the one it is kept under first."""
    return tuple(dict.fromkeys((trial.number.upper(), *registries.numbers_in(trial.other_ids))))


def _bearers(trials: list[Trial], registries: Registries) -> dict[str, list[int]]:
    """Say which studies a number stands for: the one that bears it, and those that name it, one a registry at most."""
    named_by: dict[str, list[int]] = {}
    for n, trial in enumerate(trials):
        for number in numbers_of(trial, registries):
            named_by.setdefault(number, []).append(n)
    for number, several in named_by.items():
        often = Counter(trials[n].registry for n in several)
        named_by[number] = [n for n in several if trials[n].number.upper() == number or often[trials[n].registry] == 1]
    return named_by


def _before(trials: list[Trial], known: Mapping[str, Trial], registries: Registries) -> dict[str, Trial]:
    """Find each study among the known ones: by its number, by one it had before, or by what it is called elsewhere.

    What would be the past of two studies is the past of neither, unless it bears the number of one.
    """
    others = [t for t in known.values() if t.number not in {trial.number for trial in trials}]
    both = [*trials, *others]
    links: dict[str, set[str]] = {}
    for several in _bearers(both, registries).values():
        mine, theirs = [n for n in several if n < len(trials)], [n for n in several if n >= len(trials)]
        for n in mine:
            fits = {both[m].number for m in theirs if both[m].registry != both[n].registry}
            links.setdefault(both[n].number, set()).update(fits)
    for trial in trials:
        links.setdefault(trial.number, set()).update(set(trial.former_ids) & known.keys())
    claimed = Counter(old for found in links.values() for old in found)
    past = {n: known[next(iter(found))] for n, found in links.items() if len(found) == 1}
    past = {n: old for n, old in past.items() if claimed[old.number] == 1}
    return past | {trial.number: known[trial.number] for trial in trials if trial.number in known}


def _joined(members: list[Judged], registries: Registries) -> Judged:
    """Put the numbers of all registries on the leading entry; kept when any of them was."""
    lead = next((m for m in members if m.verdict.kept), members[0])
    first = members[0].entry.trial
    if len(members) == 1 or first is None:
        return members[0]
    others = dict.fromkeys(n for m in members if m.entry.trial for n in numbers_of(m.entry.trial, registries))
    every = (*first.other_ids, *(n for n in others if n not in (first.number, *first.other_ids)))
    return Judged(replace(members[0].entry, trial=replace(first, other_ids=every)), lead.verdict)


def _fell_silent(name: str, met: list[Trial], known: Mapping[str, Trial]) -> bool:
    """Whether studies had a value in a field and not one of a registry's has any now."""
    return not any(_says(t, name) for t in met) and any(_says(known[t.number], name) for t in met)


def _says(trial: Trial, name: str) -> bool:
    """Whether a field holds anything; nobody (0 people) is something."""
    value = getattr(trial, name)
    return value is not None and value is not False and value not in ("", ())


def _kept(judged: Judged, known: Mapping[str, Trial], names: tuple[str, ...]) -> Judged:
    trial = judged.entry.trial
    old = known.get(trial.number) if trial else None
    if trial is None or old is None:
        return judged
    kept = replace(trial, **{name: getattr(old, name) for name in names})
    return Judged(replace(judged.entry, trial=kept), judged.verdict)


def _missing(
    judged: Iterable[Judged], known: Mapping[str, Trial], read: Collection[str], registries: Registries
) -> Iterator[str]:
    """Remark on studies that a registry which was read to the end did not give, though it was asked for each."""
    met = {j.entry.trial.number for j in judged if j.entry.trial}
    for registry in (each.key for each in registries.every if each.key in read and each.asked_by_number):
        lost = sorted(n for n, t in known.items() if t.registry == registry and n not in met)
        if lost:
            some = f"{', '.join(lost[:5])}{' …' if len(lost) > 5 else ''}"
            not_returned = (
                f"{registry} did not return {count(len(lost), 'trial')} we follow, though we asked by number: {some}."
            )
            yield f"{not_returned} We keep their last known state and report nothing about them."


def _place(judged: Judged, registries: Registries) -> int:
    return registries.place(judged.entry.trial.registry) if judged.entry.trial else 0


def _is_of(judged: Judged, registry: str) -> bool:
    return judged.entry.trial is not None and judged.entry.trial.registry == registry
