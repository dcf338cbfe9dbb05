"""How much two entries that share no id tell the same, by the traits that they share; explainable, trait by trait."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from pipeline.stories.features import Features
from pipeline.stories.traits import STRENGTH, Trait

JOIN = 7.5
PERHAPS = 3.5
"""Log odds from which two entries are joined, and from which they may be one."""

_CROWD = 40  # a trait that so many entries bear is no reason to compare them
_PRIOR = 60  # entries that a small run is thought to stand among
_CLEARLY = 2.0
_STRONG = 5.0
_WITH_A_STORY = 9.0
_WORDS_AT_MOST = 4.0
_NEAR, _FAR = 2, 7  # days
_SAME_OUTLET = -4.0
_OTHER_COUNT, _OTHER_THERAPY, _OTHER_PEOPLE = -1.0, -1.5, -3.0


@dataclass(frozen=True, slots=True)
class Alike:
    """Two entries by place, how much speaks for one story (log odds), and the traits that say most of it."""

    score: float
    pair: tuple[int, int]
    traits: tuple[Trait, ...]


class Rarity:
    """How much each trait says, by how few entries bear it."""

    def __init__(self, among: Sequence[Features]) -> None:
        self._all = len(among) + _PRIOR
        self._count = Counter(trait for m in among for trait in m.traits.every)

    def weight(self, trait: Trait) -> float:
        """From 0, for what everybody bears, to the strength of its sort, for what two alone bear."""
        rare = math.log(self._all / self._count[trait]) / math.log(self._all / 2)
        return STRENGTH[trait[0]] * min(max(rare, 0.0), 1.0)

    def few(self, trait: Trait) -> bool:
        """Whether so few bear it that they are worth comparing."""
        return 1 < self._count[trait] <= _CROWD


def alike(among: Sequence[Features], rarity: Rarity) -> Iterator[Alike]:
    """Compare all entries that share a trait few bear; best first."""
    bearers: dict[Trait, list[int]] = {}
    for place, m in enumerate(among):
        for trait in m.traits.every:
            if rarity.few(trait):
                bearers.setdefault(trait, []).append(place)
    found = {pair for places in bearers.values() for pair in combinations(places, 2)}
    scored = (weighed(among, pair, rarity) for pair in sorted(found))
    yield from sorted((each for each in scored if each.score >= PERHAPS), key=lambda a: (-a.score, a.pair))


def weighed(among: Sequence[Features], pair: tuple[int, int], rarity: Rarity) -> Alike:
    """Weigh two entries: what they share speaks for one story; time, the same outlet and other counts against it."""
    one, other = (among[place] for place in pair)
    shared = {trait: rarity.weight(trait) for trait in one.traits.every & other.traits.every}
    words = sum(weight for (sort, _), weight in shared.items() if sort == "word")
    score = sum(shared.values()) - words + min(words, _WORDS_AT_MOST) + _against(one, other)
    return Alike(score, pair, tuple(sorted(shared, key=lambda m: (-shared[m], str(m)))[:4]))


def joins(
    among: Sequence[Features], rarity: Rarity, groups: Sequence[Sequence[int]], found: Sequence[Alike]
) -> tuple[Alike, ...]:
    """Weigh single entries against whole stories, which several outlets trait together; best first, one story each."""
    size = {place: n for n, group in enumerate(groups) for place in group}
    near: dict[int, set[int]] = {}
    for each in (each for each in found if each.score >= _STRONG):
        for one, other in (each.pair, each.pair[::-1]):
            if len(groups[size[one]]) == 1 < len(groups[size[other]]):
                near.setdefault(one, set()).add(size[other])
    sure = []
    for place, several in near.items():
        scored = sorted((_to_group(among, place, groups[n], rarity) for n in several), key=lambda a: -a.score)
        if scored[0].score >= _WITH_A_STORY and (len(scored) == 1 or scored[0].score - scored[1].score >= _CLEARLY):
            sure.append(scored[0])
    return tuple(sorted(sure, key=lambda a: (-a.score, a.pair)))


def _to_group(among: Sequence[Features], place: int, group: Sequence[int], rarity: Rarity) -> Alike:
    entry = among[place]
    union = frozenset().union(*(among[other].traits.every for other in group))
    shared = {trait: rarity.weight(trait) for trait in entry.traits.every & union}
    words = sum(weight for (sort, _), weight in shared.items() if sort == "word")
    score = sum(shared.values()) - words + min(words, _WORDS_AT_MOST) + max(_against(entry, among[o]) for o in group)
    best = max(group, key=lambda other: weighed(among, (place, other), rarity).score)
    return Alike(score, (min(place, best), max(place, best)), tuple(sorted(shared, key=lambda m: -shared[m])[:4]))


def proven(among: Sequence[Features], rarity: Rarity, alike: Alike) -> bool:
    """Whether two entries share enough that names one thing: two such traits, or a product or study and its disease."""
    one, other = (among[place].traits.every for place in alike.pair)
    sorts = [trait[0] for trait in one & other if trait[0] in _NAMING and rarity.weight(trait) >= _NAMES]
    about = any(trait[0] in ("disease", "agency") for trait in one & other)
    return len(sorts) > 1 or (about and any(sort in ("code", "study", "called", "doi") for sort in sorts))


_NAMING = frozenset({"doi", "study", "code", "called", "share", "sum", "age", "name", "people"})
_NAMES = 1.5


def _against(one: Features, other: Features) -> float:
    a, b = one.facts, other.facts
    days = abs(one.days[0] - other.days[0]) if one.days and other.days else _FAR
    said = 1.0 if days <= _NEAR else 0.0 if days <= _FAR else -1.5
    said += _SAME_OUTLET if one.entry.source == other.entry.source else 0.0
    said += _OTHER_COUNT if a.groups and b.groups and a.groups.isdisjoint(b.groups) else 0.0
    said += _OTHER_THERAPY if a.therapies and b.therapies and a.therapies.isdisjoint(b.therapies) else 0.0
    return said + (_OTHER_PEOPLE if a.population and b.population and a.population is not b.population else 0.0)
