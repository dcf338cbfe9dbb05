"""What keeps two entries from being one story, however alike they look."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from pipeline.language.terms import GENERIC
from pipeline.stories.facts import Facts, same_product
from pipeline.stories.features import Features
from pipeline.stories.titles import Likeness, likeness


def different(one: Features, other: Features) -> bool:
    """Whether ids prove two things: nothing may join them, not even through a third.

    A study's registry entry and a paper on it, a notice and the paper it takes back, two papers, two studies.
    A preprint and the journal's version differ in DOI and may be one, but only when their titles agree.
    """
    a, b = one.own, other.own
    if a.trial or b.trial:
        return a.trial != b.trial or a.number != b.number
    same_doi = a.doi is not None and a.doi == b.doi
    copies = same_doi and a.doi not in (a.retracts, b.retracts)
    if a.retracts != b.retracts and not (copies or _reports_on(one, other) or _reports_on(other, one)):
        return True
    if same_doi:
        return _titled_apart(one, other)
    if a.preprint != b.preprint:
        numbered = (a.doi or a.pmid) and (b.doi or b.pmid)
        return bool(numbered) and likeness(one.title, other.title) is Likeness.NONE
    return _unlike(a.doi, b.doi) or _unlike(a.pmid, b.pmid)


def contradict(one: Facts, other: Facts, *, cited: bool = False, groups: bool = False) -> bool:
    """Whether what both tell differs: phase, trial, condition, kind of notice, patient, who was studied, how long.

    `cited` is for an outlet that names the paper itself: press texts often get population, therapy and time
    wrong, and that belongs beside the paper for the editor to see. `groups` compares numbers of people too.
    """
    return (
        one.notice != other.notice
        or _apart(one.nct_numbers, other.nct_numbers)
        or _apart(one.phases, other.phases)
        or _apart(one.ages, other.ages)
        or _other_disease(one.conditions, other.conditions)
        or (not cited and _other_study(one, other))
        or (groups and _apart(one.groups, other.groups))
    )


def apart(one: Features, other: Features) -> bool:
    """Whether two entries that are alike by their traits tell two things all the same.

    Outlets count differently, so numbers of people only weigh. A round-up and an opinion stand alone. Two papers are
    joined by ids and titles only.
    """
    a, b = one.traits, other.traits
    return (
        a.alone
        or b.alone
        or contradict(one.facts, other.facts, cited=True)
        or (one.paper and other.paper)
        or _apart(one.facts.spans, other.facts.spans)
        or _apart(a.called, b.called)
        or _apart(a.targets, b.targets)
        or _other_event(a.kinds, b.kinds)
        or bool((a.kinds - b.events) & _RULED)
        or bool((b.kinds - a.events) & _RULED)
        or _other_product(a.codes, b.codes)
        or _other_sum(a.sums, b.sums)
        or (bool(a.kinds & b.kinds & _RULED) and (_apart(a.agencies, b.agencies) or _apart(a.ruled, b.ruled)))
    )


def titled_alike_but_apart(one: Features, other: Features) -> bool:
    """Whether two entries under one title tell two things: of other people, products or countries.

    A headline such as "Team treats lupus with engineered cells" comes again, of another team. Two papers under one
    title are told apart by their ids: an index may count those screened where the journal counts those treated.
    """
    if one.paper and other.paper:
        return contradict(one.facts, other.facts, groups=one.title.words != other.title.words)
    return (
        contradict(one.facts, other.facts, groups=True)
        or _other_product(one.traits.codes, other.traits.codes)
        or _apart(one.traits.lands, other.traits.lands)
    )


_RULED = frozenset({"licence", "warning"})
"""Kinds of event that are an agency's own."""
_TOGETHER = frozenset({frozenset({"halt", "warning"}), frozenset({"licence", "start"}), frozenset({"resume", "halt"})})
"""Kinds of event that one entry may tell where another tells the other: a clearance to start a study."""


def _other_event(one: AbstractSet[str], other: AbstractSet[str]) -> bool:
    return _apart(one, other) and not any(frozenset({x, y}) in _TOGETHER for x in one for y in other)


def _other_product(one: AbstractSet[str], other: AbstractSet[str]) -> bool:
    """Whether both name products, by codes or by names, and none is one of the other's: a code may be a name's own."""
    pairs = [(x, y) for x in one for y in other if _is_code(x) == _is_code(y)]
    return bool(pairs) and not any(same_product(x, y) for x, y in pairs)


def _is_code(product: str) -> bool:
    return any(char.isdigit() for char in product)


def _other_sum(one: AbstractSet[tuple[str, float]], other: AbstractSet[tuple[str, float]]) -> bool:
    """Whether both name sums of one currency, and none may be one of the other's, rounded."""
    both = [(x, y) for currency, x in one for named, y in other if named == currency]
    return bool(both) and not any(abs(x - y) <= 0.1 * max(x, y) for x, y in both)


def _reports_on(outlet: Features, notice: Features) -> bool:
    """Whether an outlet tells of a retraction, beside the notice itself."""
    return outlet.own.retracts is None and not outlet.evidence and outlet.facts.notice == notice.facts.notice != ""


def _other_study(one: Facts, other: Facts) -> bool:
    return (
        _apart(one.therapies, other.therapies)
        or _apart(one.spans, other.spans)
        or (one.population is not None and other.population is not None and one.population is not other.population)
    )


def _unlike(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _apart(one: AbstractSet[object], other: AbstractSet[object]) -> bool:
    return bool(one) and bool(other) and one.isdisjoint(other)


def _other_disease(one: AbstractSet[str], other: AbstractSet[str]) -> bool:
    """Whether both name diseases and none of one is, or is a form of, one of the other's."""
    here, there = one - {GENERIC}, other - {GENERIC}
    return bool(here) and bool(there) and not any(a in b or b in a for a in here for b in there)


def _titled_apart(one: Features, other: Features) -> bool:
    """Whether two titles in one language share hardly a word: then one of their DOIs is not its entry's own."""
    a, b = one.title, other.title
    comparable = one.entry.language == other.entry.language and a.says_much and b.says_much
    return comparable and 5 * len(a.bag & b.bag) <= min(len(a.bag), len(b.bag))
