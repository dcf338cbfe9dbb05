"""The proofs that two entries tell one story, strongest first: each names pairs, and what must not contradict."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import pairwise

from pipeline.stories.contradictions import contradict
from pipeline.stories.facts import same_product
from pipeline.stories.features import Features
from pipeline.stories.titles import Likeness, likeness, pairs

Pair = tuple[int, int]

REPORT_DAYS = 14
"""How far apart two outlets, or an outlet and a paper it does not name, may tell the same thing."""
CITED_DAYS = 60
PAPER_DAYS = 366
"""How far apart a journal and an index may date one paper: first online, in print, indexed."""

_MANY = 50  # a name that so many papers bear tells none of them
_CROWD = 3  # an address or guid that stands for more titles than this stands for none


def same_ids(among: Sequence[Features]) -> Iterator[Pair]:
    """Pair entries with one DOI, PMID or, in registries, NCT number."""
    yield from _grouped(among, lambda m: None if m.own.trial else m.own.doi)
    yield from _grouped(among, lambda m: None if m.own.trial else m.own.pmid)
    yield from _grouped(among, lambda m: m.own.number)


def same_places(among: Sequence[Features]) -> Iterator[Pair]:
    """Pair entries with one guid in one source, one address, or one text, where the titles don't speak against it.

    Feeds give the same guid to every item, or the same address: then neither names anything.
    """
    for group in _groups(among, lambda m: (m.entry.source, m.entry.ids.guid) if m.entry.ids.guid else None):
        yield from (p for p in _chain(group) if _one_link(among, p, group) or _alike(among, p))
    for group in _groups(among, lambda m: m.link):
        yield from (p for p in _chain(group) if _alike(among, p) or _two_outlets(among, p, group))
    yield from _grouped(among, lambda m: m.entry.ids.digest)


def same_titles(among: Sequence[Features]) -> Iterator[Pair]:
    """Pair entries whose titles agree, and whose days allow it."""
    for one, other in pairs(m.title for m in among):
        a, b = among[one], among[other]
        if not a.own.trial and not b.own.trial and _title_proves(a, b):
            yield one, other


def cited(among: Sequence[Features]) -> Iterator[Pair]:
    """Pair an outlet that names one paper with that paper; outlets that name the same absent paper with each other."""
    papers: dict[tuple[str, bool], int] = {}
    for place, m in enumerate(among):
        about = m.own.retracts or m.own.doi
        if about and not m.own.trial:
            papers.setdefault((about, m.own.retracts is not None), place)
    first: dict[str, int] = {}
    for place, m in enumerate(among):
        if _outlet(m) and len(m.dois) == 1:
            (doi,) = m.dois
            paper = papers.get((doi, m.facts.notice == "retract"), first.setdefault(doi, place))
            near = days_between(among[paper], m)
            if paper != place and (near is None or near <= CITED_DAYS):
                yield paper, place


def reported_alike(among: Sequence[Features]) -> Iterator[Pair]:
    """Pair an outlet that names no paper with the one paper that fits: its trial, or its product and its numbers."""
    papers = [p for p, m in enumerate(among) if m.evidence and not m.own.trial]
    by_name: dict[Hashable, list[int]] = {}
    for place in papers:
        for name in _names(among[place]):
            by_name.setdefault(name, []).append(place)
    for place, m in enumerate(among):
        if not _outlet(m) or m.dois:
            continue
        named = [by_name.get(name, []) for name in _names(m)]
        near = dict.fromkeys(p for places in named if len(places) <= _MANY for p in places)
        yield from ((p, place) for p in near if _tells(among[p], m))


def _names(m: Features) -> tuple[Hashable, ...]:
    """What to find a paper by: trial numbers, product names (a full one begins like its short form), telling shares."""
    products = {p[:3] if p.isalpha() or p.endswith("-cel") else p for p in m.facts.products}
    return (*sorted(m.facts.nct_numbers), *sorted(products), *sorted(_rare_shares(m)))


def _rare_shares(m: Features) -> frozenset[tuple[int, int]]:
    """Shares so particular that two studies hardly have them both: "22 of 31", not "2 of 5"."""
    return frozenset((part, whole) for part, whole in m.facts.shares if whole >= 10 and 0 < part < whole)


def _tells(paper: Features, outlet: Features) -> bool:
    apart = days_between(paper, outlet)
    if apart is None or apart > REPORT_DAYS or contradict(paper.facts, outlet.facts, groups=True):
        return False
    if paper.facts.nct_numbers & outlet.facts.nct_numbers:
        return len(outlet.facts.nct_numbers) == 1
    if not paper.facts.conditions & outlet.facts.conditions:
        return False
    if _rare_shares(paper) & _rare_shares(outlet):
        return bool(paper.facts.therapies & outlet.facts.therapies)
    named = any(same_product(a, b) for a in paper.facts.products for b in outlet.facts.products)
    return named and any(n > 2 for n in paper.facts.groups & outlet.facts.groups)


def _title_proves(a: Features, b: Features) -> bool:
    how, apart = likeness(a.title, b.title), days_between(a, b)
    if how is Likeness.NONE:
        return False
    if a.entry.source == b.entry.source:
        return how is Likeness.SAME and apart == 0 and a.entry.summary == b.entry.summary
    if a.evidence and b.evidence:
        if a.own.preprint != b.own.preprint:
            return _one_author(a, b)
        return how is Likeness.SAME and (apart is None or apart <= PAPER_DAYS)
    if apart is None or apart > REPORT_DAYS:
        return False
    shared = a.facts.nct_numbers & b.facts.nct_numbers or any(
        same_product(x, y) for x in a.facts.products for y in b.facts.products
    )
    return how is Likeness.SAME or (bool(shared) and not (a.evidence or b.evidence))


def _one_author(a: Features, b: Features) -> bool:
    """Whether two versions of a paper share a family name, where both name their authors."""
    names = [
        {w for author in m.entry.authors for w in author.casefold().replace(",", " ").split() if len(w) > 2}
        for m in (a, b)
    ]
    return not names[0] or not names[1] or bool(names[0] & names[1])


def _outlet(m: Features) -> bool:
    return not m.evidence and not m.own.trial and m.own.doi is None


def _alike(among: Sequence[Features], pair: Pair) -> bool:
    a, b = among[pair[0]], among[pair[1]]
    same = a.title.words == b.title.words or likeness(a.title, b.title) is Likeness.SAME
    return same and not _full(a, b)


def _one_link(among: Sequence[Features], pair: Pair, group: list[int]) -> bool:
    """The same guid at the same address, its title reworded since."""
    a, b = among[pair[0]], among[pair[1]]
    return a.link is not None and a.link == b.link and not _crowded(among, group)


def _two_outlets(among: Sequence[Features], pair: Pair, group: list[int]) -> bool:
    """Two sources that point to one page; a source's own front page is no page."""
    a, b = among[pair[0]], among[pair[1]]
    page = a.link is not None and "/" in a.link.strip("/")
    return page and a.entry.source != b.entry.source and not _crowded(among, group) and not _full(a, b)


def _crowded(among: Sequence[Features], group: list[int]) -> bool:
    return len({among[p].title.words for p in group}) > _CROWD


def _grouped(among: Sequence[Features], key: Callable[[Features], Hashable | None]) -> Iterator[Pair]:
    for group in _groups(among, key):
        yield from _chain(group)


def _groups(among: Sequence[Features], key: Callable[[Features], Hashable | None]) -> Iterable[list[int]]:
    found: dict[Hashable, list[int]] = {}
    for place, m in enumerate(among):
        if (k := key(m)) is not None:
            found.setdefault(k, []).append(place)
    return [group for group in found.values() if len(group) > 1]


def _chain(group: list[int]) -> Iterator[Pair]:
    """Pair each with the first and with its neighbour."""
    yield from ((group[0], place) for place in group[1:])
    yield from pairwise(group[1:])


def days_between(a: Features, b: Features) -> int | None:
    """Days between two entries at the least, as exactly as both are dated; None where one isn't."""
    if a.days is None or b.days is None:
        return None
    return max(a.days[0] - b.days[1], b.days[0] - a.days[1], 0)


def _full(a: Features, b: Features) -> bool:
    return contradict(a.facts, b.facts)
