"""Which entries tell the same story: ids first, then mentions, title and time; when unsure, two stories.

Two stories that are one cost an editor a glance. One story made of two tells a sick person something that was
never found. So a join needs proof, and one contradiction anywhere in a growing story stops it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

from pipeline.model.source import Source
from pipeline.model.story import Judged, Story
from pipeline.stories import links
from pipeline.stories.contradictions import apart, contradict, different, titled_alike_but_apart
from pipeline.stories.features import Features, features_of
from pipeline.stories.lead import choose_lead, trust
from pipeline.stories.signatures import JOIN, Alike, Rarity, alike, joins, proven

Contradiction = Callable[[Features, Features], bool]


def merge(judged: tuple[Judged, ...], sources: Mapping[str, Source]) -> tuple[Story, ...]:
    """Make stories of entries, newest first; the most trustworthy entry leads, the others stand under `also`.

    The outcome does not depend on the order of the entries. `sources` by key gives tier and role; an entry of
    a source that isn't there is trusted least.
    """
    ranked = sorted((features_of(j, sources.get(j.entry.source)) for j in dict.fromkeys(judged)), key=trust)
    board = _Board(ranked)
    board.join(links.same_ids(ranked), _nothing)
    board.join(links.same_places(ranked), _nothing)
    board.join(links.same_titles(ranked), titled_alike_but_apart)
    board.join(links.cited(ranked), _facts_but_the_press)
    board.join(board.sure(links.reported_alike(ranked)), _facts_and_numbers)
    _join_alike(ranked, board)
    stories = [choose_lead(group) for group in board.groups()]
    return tuple(sorted(stories, key=lambda story: story.lead.day or "", reverse=True))


def _join_alike(ranked: Sequence[Features], board: _Board) -> None:
    """Join what is alike by its traits: pairs first, best first, then single entries with whole stories."""
    rarity = Rarity(ranked)
    found = [each for each in alike(ranked, rarity) if together(ranked, each.pair) and not _apart(ranked, each.pair)]
    best = [each for each in found if each.score >= JOIN and proven(ranked, rarity, each)]
    board.join((each.pair for each in best if not _torn(ranked, each, found)), apart)
    for _ in range(_ROUNDS):
        more = joins(ranked, rarity, board.places(), found)
        board.join((each.pair for each in more if not _torn(ranked, each, found)), apart)


def _apart(ranked: Sequence[Features], pair: tuple[int, int]) -> bool:
    one, other = (ranked[place] for place in pair)
    return different(one, other) or apart(one, other)


def _torn(ranked: Sequence[Features], alike: Alike, found: Sequence[Alike]) -> bool:
    """Whether one of the two fits a third nearly as well that can't be of the same story: then it joins neither."""
    near = [each for each in found if each.score >= alike.score - _NEARLY and each.pair != alike.pair]
    for one, other in (alike.pair, alike.pair[::-1]):
        thirds = (set(each.pair) - {one} for each in near if one in each.pair)
        if any(_apart(ranked, (other, place)) for third in thirds for place in third):
            return True
    return False


_NEARLY = 1.5
_ROUNDS = 2


def together(ranked: Sequence[Features], pair: tuple[int, int]) -> bool:
    """Whether two entries are of one time, and no trials' records, which have ids."""
    one, other = (ranked[place] for place in pair)
    days = links.days_between(one, other)
    return not (one.own.trial or other.own.trial) and days is not None and days <= links.REPORT_DAYS


class _Board:
    """Groups of entries that grow, by place in the order of trust; no two that are `different` ever meet in one."""

    def __init__(self, ranked: Sequence[Features]) -> None:
        self._ranked = ranked
        self._root = list(range(len(ranked)))
        self._members = {place: [place] for place in self._root}
        # What a group shows to a contradiction, once each: a crowd of equal entries costs no more than one.
        self._faces: dict[int, dict[Hashable, Features]] = {p: {_face(m): m} for p, m in enumerate(ranked)}

    def join(self, found: Iterable[tuple[int, int]], stops: Contradiction) -> None:
        """Join the groups of each pair, unless anything in one differs from or contradicts anything in the other."""
        for pair in found:
            one, other = sorted(self._root[p] for p in pair)
            if one != other and self._agree(one, other, stops):
                for place in self._members[other]:
                    self._root[place] = one
                self._members[one] += self._members.pop(other)
                self._faces[one] |= self._faces.pop(other)

    def sure(self, found: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        """Keep the pairs whose second has a single story to go to."""
        choices: dict[int, set[int]] = {}
        for target, place in found:
            choices.setdefault(place, set()).add(self._root[target])
        return tuple((min(targets), place) for place, targets in choices.items() if len(targets) == 1)

    def places(self) -> list[list[int]]:
        """The places of every group."""
        return [sorted(self._members[root]) for root in sorted(self._members)]

    def groups(self) -> list[list[Features]]:
        """Every group in order of trust, the groups in the order of their first."""
        return [[self._ranked[p] for p in places] for places in self.places()]

    def _agree(self, one: int, other: int, stops: Contradiction) -> bool:
        return not any(
            different(a, b) or stops(a, b) for a in self._faces[one].values() for b in self._faces[other].values()
        )


def _face(m: Features) -> Hashable:
    return (m.own, m.facts, m.title.words, m.evidence)


def _nothing(_one: Features, _other: Features) -> bool:
    return False


def _facts_and_numbers(one: Features, other: Features) -> bool:
    """Texts under one title may count people differently (a teaser, an abstract); under two they may not."""
    return contradict(one.facts, other.facts, groups=one.title.words != other.title.words)


def _facts_but_the_press(one: Features, other: Features) -> bool:
    return contradict(one.facts, other.facts, cited=True)
