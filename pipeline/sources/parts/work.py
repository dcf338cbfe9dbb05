"""A work of Crossref as an entry, with what happened to it (github.com/CrossRef/rest-api-doc, "Work")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from urllib.parse import quote

from pipeline.errors import SourceError
from pipeline.language import dois
from pipeline.model.entry import Entry, Ids, When
from pipeline.model.integrity import Integrity
from pipeline.model.source import Source
from pipeline.sources.parts import clean, ids, notices
from pipeline.sources.parts.answer import items, line
from pipeline.sources.parts.dates import read_date
from pipeline.sources.parts.integrity import gravest_first
from pipeline.text import canonical_link, clip, plain, safe_link

SUMMARY = 4_000
TITLE = 500


def make_entry(work: object, source: Source, today: date) -> Entry:
    """Make the entry of one work; raises SourceError where DOI or title is missing."""
    doi = dois.registered(line(work, "DOI"))
    title = _title(work)
    if doi is None or not title:
        raise SourceError(f"Crossref gives no {'title' if doi else 'DOI'} for this work")
    link = safe_link(f"https://doi.org/{quote(doi, safe='/:;(),')}")
    raw = _html(line(work, "abstract"))
    abstract = clean.abstract(raw)
    integrity, targets = _integrity(work, doi, title)
    published, unread = _published(work, today)
    return Entry(
        source=source.key,
        title=title,
        ids=Ids(doi=doi, link=canonical_link(link) if link else None),
        link=link,
        published=published,
        summary=clip(abstract, SUMMARY),
        excerpt_html=clean.excerpt(raw, "") if raw else "",
        authors=_authors(work),
        types=tuple(dict.fromkeys((*integrity, *_types(work)))),
        language=_language(work, source),
        nct_numbers=_nct_numbers(work, f"{title} {abstract}"),
        retracts=notices.retracted_in(integrity, targets),
        targets=targets,
        doubts=(f"date not understood: {unread}",) if unread and published is None else (),
    )


@dataclass(frozen=True, slots=True)
class _Update:
    """A link between a paper and a notice: the other's DOI, the kind of notice, whether Retraction Watch says so."""

    doi: str | None
    kind: str
    watched: bool


_GONE = frozenset({"retraction", "removal", "withdrawal"})
_BORNE = {
    **dict.fromkeys(_GONE, (Integrity.RETRACTED,)),
    "removal": (Integrity.RETRACTED, Integrity.REMOVED),
    "reinstatement": (Integrity.REINSTATED,),
    "partial_retraction": (Integrity.CONCERN, Integrity.PARTIAL),
    "expression_of_concern": (Integrity.CONCERN,),
    **dict.fromkeys(("correction", "corrigendum", "erratum", "addendum", "clarification"), (Integrity.CORRECTED,)),
}
_GIVEN = {
    **dict.fromkeys(_GONE, (Integrity.RETRACTION_NOTICE,)),
    "partial_retraction": (Integrity.CORRECTION_NOTICE, Integrity.PARTIAL),
    "expression_of_concern": (Integrity.CONCERN,),
    **dict.fromkeys(
        ("correction", "corrigendum", "erratum", "addendum", "clarification"), (Integrity.CORRECTION_NOTICE,)
    ),
}
_TAGS = {
    "italic": "em",
    "bold": "strong",
    "title": "strong",
    "list": "ul",
    "list-item": "li",
    "sup": "sup",
    "sub": "sub",
    "p": "p",
}
_JATS = re.compile(r"<(/?)(?:jats:)?(italic|bold|title|list-item|list|sup|sub|p)\b[^<>]*>", re.IGNORECASE)


def _integrity(work: object, doi: str, title: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Say what happened to a paper, or what notice this is; second are the papers that a notice is about.

    A publisher may put a notice's link on the paper too, or the wrong way round; a link to itself is the paper's.
    """
    to = _updates(work, "update-to")
    borne = [*_updates(work, "updated-by"), *(u for u in to if u.doi == doi)]
    given = [u for u in to if u.doi != doi]
    head = notices.types(title, (), ())
    gone, takes = _one_way([u for u in borne if u.kind in _GONE], [u for u in given if u.kind in _GONE], head)
    said = [*head]
    said += [m for u in borne if u.kind not in _GONE or gone for m in _BORNE.get(u.kind, ())]
    said += [m for u in given if u.kind not in _GONE or takes for m in _GIVEN.get(u.kind, ())]
    integrity = gravest_first(said)
    others = [u for u in given if u.kind not in _GONE] if takes or not gone else []
    return integrity, tuple(dict.fromkeys(f"doi:{u.doi}" for u in (*takes, *others) if u.doi and u.kind in _GIVEN))


def _one_way(gone: list[_Update], takes: list[_Update], head: tuple[str, ...]) -> tuple[list[_Update], list[_Update]]:
    """Settle which of two works that name each other was withdrawn: by the title's head, then by Retraction Watch.

    Where neither settles it both stand, and the work counts as withdrawn.
    """
    if not gone or not takes:
        return gone, takes
    if (Integrity.RETRACTED in head) != (Integrity.RETRACTION_NOTICE in head):
        return (gone, []) if Integrity.RETRACTED in head else ([], takes)
    watched = any(u.watched for u in gone), any(u.watched for u in takes)
    if watched[0] != watched[1]:
        return (gone, []) if watched[0] else ([], takes)
    return gone, takes


def _updates(work: object, name: str) -> list[_Update]:
    """List the links of one direction."""
    return [
        _Update(
            doi=dois.registered(line(u, "DOI")),
            kind=re.sub(r"[\s-]+", "_", line(u, "type").lower()),
            watched=line(u, "source") == "retraction-watch",
        )
        for u in items(work, name)[:100]
    ]


def _types(work: object) -> tuple[str, ...]:
    """Take Crossref's own type; a preprint is called one."""
    own, sub = (plain(line(work, name), 80).lower() for name in ("type", "subtype"))
    return tuple(t for t in (own, sub) if t)


def _title(work: object) -> str:
    """Take the title with its subtitle."""
    parts = []
    for name in ("title", "subtitle"):
        first = next((t for n in items(work, name) if (t := line({"t": n}, "t"))), "")
        if part := clean.title(_html(first), TITLE):
            parts.append(part)
    if len(parts) == 2 and parts[1].casefold() in parts[0].casefold():
        parts = parts[:1]
    return clip(": ".join(p.rstrip(":") if n == 0 and len(parts) == 2 else p for n, p in enumerate(parts)), TITLE)


def _html(jats: str) -> str:
    """Write JATS markup as HTML, as far as it says how words stand."""
    return _JATS.sub(lambda m: f"<{m[1]}{_TAGS[m[2].lower()]}>", jats)


def _published(work: object, today: date) -> tuple[When | None, str]:
    """Take the first date to trust: online, in print, else what Crossref calls published; second is a raw text."""
    found: list[When] = []
    unread = ""
    for name in ("published-online", "published-print", "published", "issued"):
        raw = _parts(work, name)
        unread = unread or raw
        if raw and (when := read_date(raw, name, today)):
            found.append(when)
    return next((w for w in found if not w.doubt), found[0] if found else None), unread


def _parts(work: object, name: str) -> str:
    """Write date-parts ([[2026, 5, 11]]) as far as they go."""
    first = next(iter(items(work, name, "date-parts")), None)
    parts = [str(p) for p in takewhile(bool, first[:3])] if isinstance(first, list) else []
    return plain("-".join(p.zfill(2) for p in parts), 100)


def _authors(work: object) -> tuple[str, ...]:
    """List names, groups included."""
    names = []
    for author in items(work, "author")[:100]:
        own = " ".join(p for p in (line(author, "given"), line(author, "family")) if p) or line(author, "name")
        names.append(clean.text(own, 100, cap=1_000))
    return tuple(dict.fromkeys(n for n in names if n))[:20]


def _language(work: object, source: Source) -> str:
    """Name the language of the paper in two letters where Crossref does."""
    given = line(work, "language").lower()[:2]
    return given if re.fullmatch(r"[a-z]{2}", given) else source.language


def _nct_numbers(work: object, text: str) -> tuple[str, ...]:
    """List NCT numbers of Crossref's own field, then of the text."""
    listed = " ".join(line(t, "clinical-trial-number") for t in items(work, "clinical-trial-number"))
    return ids.nct_numbers(f"{listed} {text}")[:50]
