"""RSS 0.9x to 2.0, RDF and Atom through feedparser, which only this file knows; its dates and links are not trusted."""

from __future__ import annotations

import re
from io import BytesIO
from typing import cast
from xml.sax import SAXException, SAXParseException

import feedparser
import feedparser.api

from pipeline.errors import SourceError
from pipeline.sources.parts import expat
from pipeline.sources.parts.draft import LINK, NAME, TEXT, TITLE, Draft, Feed

# Both are feedparser's own settings. It makes a bare guid ("1") an address of whatever xml:base says, but an identity
# must stay as it stood.
feedparser.api.PREFERRED_XML_PARSERS = [expat.__name__]
for _parser in (feedparser.api.StrictFeedParser, feedparser.api.LooseFeedParser):
    _parser.can_be_relative_uri = _parser.can_be_relative_uri - {"id"}


def read_xml(text: str, root: str) -> Feed:
    """Read an XML feed; one that is not well-formed keeps its entries and says so in `degraded`.

    Raises SourceError for what feedparser itself breaks on and for XML that is no feed.
    """
    try:
        parsed = feedparser.parse(
            BytesIO(text.encode("utf-8", "replace")),
            response_headers={},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except _BREAKS as broken:
        raise SourceError(f"could not be parsed: {type(broken).__name__}") from broken
    entries = [dict(entry) for entry in parsed["entries"]]
    version = str(parsed.get("version") or "")
    if not version and not entries:
        raise SourceError(f"not a feed: an XML document <{root}> without entries")
    about = dict(parsed["feed"])
    return Feed(
        version=version or root,
        title=_text(about.get("title"), TITLE),
        link=_text(about.get("link"), LINK),
        drafts=tuple(_draft(entry, version) for entry in entries),
        degraded=_degraded(parsed.get("bozo_exception")),
    )


# What feedparser and the parsers below it are known to raise on hostile input; anything else is our own bug.
_BREAKS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    SAXException,
    TypeError,
    ValueError,
)
_TYPES = ("dc_type", "prism_section", "prism_aggregationtype", "prism_contenttype")
_Fields = dict[str, object]


def _draft(entry: _Fields, version: str) -> Draft:
    """Take one entry's raw fields."""
    return Draft(
        title=_text(entry.get("title"), TITLE),
        link=_link(entry),
        guid=_text(entry.get("id"), NAME),
        texts=_texts(entry),
        authors=_authors(entry),
        categories=_strings(entry.get("tags"), "term", "label")[:100],
        types=tuple(t for name in _TYPES if (t := _text(entry.get(name), NAME))),
        dates=_dates(entry, version),
        updates=_updates(entry, version),
        identifiers=tuple(
            t for name in ("prism_doi", "dc_identifier", "prism_url") if (t := _text(entry.get(name), NAME))
        ),
    )


def _link(entry: _Fields) -> str:
    """Find the entry's own link, also where its relation is written in full (RFC 4287 4.2.7.2); else the first one.

    feedparser doesn't know the long form, and takes the entry's id for a link then.
    """
    links = entry.get("links")
    own = [each for each in links if isinstance(each, dict)] if isinstance(links, list) else []
    named = [each for each in own if _text(each.get("rel"), NAME).lower() == f"{_RELATIONS}alternate"]
    ways = (*_strings(named, "href"), _text(entry.get("link"), LINK), *_strings(own, "href"))
    return next(filter(None, ways), "")


_RELATIONS = "http://www.iana.org/assignments/relation/"


def _dates(entry: _Fields, version: str) -> tuple[tuple[str, str], ...]:
    """List publication dates, best first; in RSS feedparser's "updated" is dc:date, the only date many give."""
    fields = [("published", "published")]
    if not version.startswith("atom"):
        fields += [("updated", "dc:date")]
    fields += [
        ("created", "created"),
        ("prism_publicationdate", "prism:publicationDate"),
        ("prism_coverdate", "prism:coverDate"),
    ]
    return tuple((name, raw) for key, name in fields if (raw := _text(entry.get(key), NAME)))


def _updates(entry: _Fields, version: str) -> tuple[tuple[str, str], ...]:
    """List dates of change, best first."""
    if not version.startswith("atom") and not entry.get("published"):
        return ()
    raw = _text(entry.get("updated"), NAME)
    return (("updated" if version.startswith("atom") else "dc:date", raw),) if raw else ()


def _texts(entry: _Fields) -> tuple[str, ...]:
    """List everything that may be the abstract."""
    found = [_text(entry.get("summary"), TEXT), _text(entry.get("dcterms_abstract"), TEXT)]
    found += _strings(entry.get("content"), "value", cap=TEXT)[:4]
    return tuple(dict.fromkeys(t for t in found if t))


def _authors(entry: _Fields) -> tuple[str, ...]:
    """List names; one field may hold several, a line or a semicolon each. An e-mail address is nobody's name."""
    names = _strings(entry.get("authors"), "name")[:100]
    if len(names) < 2:  # feedparser's own cutting of "x@y.z (Name)" leaves scraps
        names = (_ADDRESS.sub(" ", _text(entry.get("author"), NAME)),)
    split = (part.strip(" ,()<>") for name in names for part in _SEPARATOR.split(name))
    return tuple(part for part in split if part)


_ADDRESS = re.compile(r"[(<]?[^\s()<>@]{1,100}@[^\s()<>@]{1,100}[)>]?")
_SEPARATOR = re.compile(r"[;\n]|<br\s*/?>")


def _strings(items: object, *keys: str, cap: int = NAME) -> tuple[str, ...]:
    """Take the first given text of each mapping in a list."""
    if not isinstance(items, list):
        return ()
    mappings = (cast("_Fields", item) for item in items if isinstance(item, dict))
    return tuple(t for m in mappings if (t := next((t for k in keys if (t := _text(m.get(k), cap))), "")))


def _text(value: object, cap: int) -> str:
    """Take a text, cut; anything else is none."""
    return value[:cap].strip() if isinstance(value, str) else ""


def _degraded(problem: object) -> str:
    """Say in a clause what was wrong with the document."""
    if isinstance(problem, SAXParseException):
        return f"not well-formed XML at line {problem.getLineNumber()}: {str(problem.getMessage())[:100]}"
    return f"not well-formed XML: {str(problem)[:100]}" if problem is not None else ""
