"""From a document's drafts to entries: cleaned, dated, identified, at most 500."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urljoin

from pipeline.language import dois
from pipeline.model.entry import UNREAD, Entry, Ids, When
from pipeline.model.source import Source
from pipeline.sources.parts import clean, ids, notices
from pipeline.sources.parts.dates import read_date
from pipeline.sources.parts.draft import LINK, NAME, Draft, Feed
from pipeline.text import canonical_link, clip, digest, plain, safe_link

KEPT = 500
TITLE = 500
SUMMARY = 2_000


def make_entries(document: Feed, source: Source, today: date) -> tuple[tuple[Entry, ...], str]:
    """Make the entries of a document, in its order; second is a note on what was left out or is ambiguous."""
    base = _absolute(document.link, source.url) or source.url
    drafts = _newest(document.drafts, today)
    facts = [_identify(draft, base) for draft in drafts]
    shared, notes = _shared(facts)
    if len(drafts) < len(document.drafts):
        notes.insert(0, f"{KEPT} of {len(document.drafts)} entries kept")
    home = canonical_link(base) or ""
    entries = (_entry(d, f, shared | {("link", home)}, source, today) for d, f in zip(drafts, facts, strict=True))
    return tuple(entries), "; ".join(notes)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What identifies a draft, before its neighbours are looked at."""

    title: str
    link: str | None
    key: str | None
    guid: str | None
    doi: str | None
    pmid: str | None
    number: str | None


def _newest(drafts: tuple[Draft, ...], today: date) -> tuple[Draft, ...]:
    """Keep the newest where every draft has a date to trust, else the first; in the document's order."""
    if len(drafts) <= KEPT:
        return drafts
    days = [when.day if (when := _when(d.dates + d.updates, today)[0]) and not when.doubt else None for d in drafts]
    if any(day is None for day in days):
        return drafts[:KEPT]
    order = sorted(range(len(drafts)), key=lambda n: days[n] or "", reverse=True)[:KEPT]
    return tuple(drafts[n] for n in sorted(order))


def _identify(draft: Draft, base: str) -> _Facts:
    """Find what identifies one draft."""
    link = _absolute(draft.link, base) or (_absolute(draft.guid, "") if "://" in draft.guid else None)
    guid = plain(draft.guid) if len(draft.guid) < NAME else digest(draft.guid)
    fields = tuple(f for f in (*draft.identifiers, guid, link or "") if f)
    return _Facts(
        title=clean.title(draft.title, TITLE),
        link=link,
        key=canonical_link(link) if link else None,
        guid=clean.neutral(guid) or None,
        doi=next((found for f in fields if (found := dois.in_field(f))), None),
        pmid=next((found for f in fields if (found := ids.pmid(f))), None),
        number=next((found for f in (guid, link or "") if f and (found := ids.study(f))), None),
    )


def _shared(facts: list[_Facts]) -> tuple[frozenset[tuple[str, str]], list[str]]:
    """Find identities that stand on entries which plainly differ, so identify none of them."""
    shared: set[tuple[str, str]] = set()
    notes: list[str] = []
    for name, several in (("guid", 2), ("link", 2), ("doi", 3)):
        titles: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
        for f in facts:
            value = {"guid": f.guid, "link": f.key, "doi": f.doi}[name]
            if value:
                titles[value].append((f.title, f.key if name == "guid" else None))
        found = {
            (name, value) for value, on in titles.items() if len(set(on)) >= several or (name == "doi" and _differ(on))
        }
        shared |= found
        if found:
            notes.append(f"{len(found)} {name}{'s' if len(found) > 1 else ''} shared by different entries")
    return frozenset(shared), notes


def _differ(on: list[tuple[str, str | None]]) -> bool:
    """Whether long titles that stand on one DOI share hardly a word: it is an issue's, or of one of them at most."""
    words = [{w for w in re.findall(r"\w+", title.casefold()) if len(w) > 2} for title, _ in on]
    return any(min(len(a), len(b)) >= 5 and 5 * len(a & b) <= min(len(a), len(b)) for a in words for b in words)


def _entry(draft: Draft, facts: _Facts, shared: frozenset[tuple[str, str]], source: Source, today: date) -> Entry:
    """Make one entry."""
    raw, whole = _abstract(draft.texts)
    summary = clip(whole, SUMMARY)
    title = facts.title or clip(whole, 100)
    published, unread = _when((*draft.dates, *_in_text(draft)), today)
    updated, _ = _when(draft.updates, today)
    types = notices.types(title, draft.types, draft.categories)
    own = facts.doi if ("doi", facts.doi) not in shared else None
    targets = notices.targets(types, f"{title} {whole}", own)
    doubts = (
        *((f"{UNREAD}{unread}",) if unread and published is None else ()),
        *(() if facts.title else ("no title of its own",)),
    )
    return Entry(
        source=source.key,
        title=title,
        ids=_ids(facts, own, shared, title, whole),
        link=facts.link,
        published=published,
        updated=updated,
        summary=summary,
        excerpt_html=clean.excerpt(raw, facts.link or "") if raw else "",
        authors=_lines(draft.authors, 20, 100),
        categories=_lines(draft.categories, 20, 80),
        types=tuple(dict.fromkeys((*types, *_lines(draft.types, 5, 80)))),
        language=source.language,
        nct_numbers=ids.nct_numbers(f"{title} {whole}"),
        retracts=notices.retracted_in(types, targets),
        targets=targets,
        doubts=doubts,
    )


def _ids(facts: _Facts, doi: str | None, shared: frozenset[tuple[str, str]], title: str, whole: str) -> Ids:
    """Put identities together; a hash of the text only where there is nothing better."""
    guid = facts.guid
    if ("guid", guid) in shared:
        guid = f"{guid} {facts.key}" if facts.key and ("link", facts.key) not in shared else None
    key = None if ("link", facts.key) in shared else facts.key
    nothing = not (doi or facts.pmid or facts.number or guid or key)
    return Ids(doi, facts.pmid, facts.number, guid, key, digest(title, whole) if nothing else None)


def _abstract(texts: tuple[str, ...]) -> tuple[str, str]:
    """Choose the text that says most: as it stood, and plain."""
    best = ("", "")
    for raw in sorted(texts, key=len, reverse=True):
        if len(raw) <= len(best[1]):
            break
        whole = clean.abstract(raw)
        if len(whole) > len(best[1]):
            best = (raw, whole)
    return best


def _when(dates: Iterable[tuple[str, str]], today: date) -> tuple[When | None, str]:
    """Take the first date that can be trusted, else the first that can be read; second is the first raw text."""
    raw_first, doubted = "", None
    for field, raw in dates:
        when = read_date(raw, field, today)
        raw_first = raw_first or clean.neutral(plain(raw[:400], 100))
        if when is not None and not when.doubt:
            return when, raw_first
        doubted = doubted or when
    return doubted, raw_first


# ScienceDirect gives no date field, only this line in the description.
_PUBLICATION_LINE = re.compile(r"Publication date:\s*(?:Available online\s*)?([0-9A-Za-z ]{4,30}?)\s*<")


def _in_text(draft: Draft) -> tuple[tuple[str, str], ...]:
    """Take a date that stands in the description as a labelled line."""
    found = _PUBLICATION_LINE.search(draft.texts[0][:500]) if draft.texts and not draft.dates else None
    return (("description", found[1]),) if found else ()


def _absolute(link: str, base: str) -> str | None:
    """Make a link absolute and safe; None for javascript:, data: and other schemes, and for what is no link."""
    link = re.sub(r"[\t\r\n]", "", link.strip())
    if not link or len(link) > LINK - 1:
        return None
    try:
        joined = link if _SCHEME.match(link) else urljoin(base, link)
    except ValueError:
        return None
    return safe_link(_UNSAFE.sub(lambda m: quote(m[0], safe=""), joined))


_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\xa0<>\"\\^`{|}\u00ad\u200b-\u200f\u2028-\u202e\u2066-\u2069]")


def _lines(raws: tuple[str, ...], most: int, limit: int) -> tuple[str, ...]:
    """Clean a list of short texts, without empties and repetitions."""
    cleaned = (clean.text(raw, limit, cap=NAME) for raw in raws[: 3 * most])
    return tuple(dict.fromkeys(line for line in cleaned if line))[:most]
