"""The fictional publishers' feeds as bytes, each in the dialect its kind of publisher speaks. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape, unescape
from re import sub

from pipeline.demo.content import DemoEntry, Publisher, world

TYPES = {
    "rdf": "application/rdf+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "wordpress": "application/rss+xml; charset=UTF-8",
    "latin1": "application/rss+xml; charset=ISO-8859-1",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}

APOLOGY = b"""<!DOCTYPE html>
<html lang="en"><head><title>Sorry, something went wrong</title></head>
<body><h1>We apologise</h1><p>Our newsroom is being rebuilt. Please come back later.</p></body></html>
"""
"""What one publisher answers in June, with status 200, where its feed should be."""


@dataclass(frozen=True, slots=True)
class FeedBytes:
    """A feed as it is served: bytes, media type, and when its newest entry came out (UTC)."""

    body: bytes
    media_type: str
    modified: datetime


def document(source: str, month: str) -> FeedBytes:
    """Write a publisher's feed as it stands in a month, "2026-05" or "2026-06"."""
    fiction = world()
    publisher = next(p for p in fiction.publishers if p.id == source)
    dialect = fiction.plans[source].dialect
    entries = fiction.listed(source, month)
    writer = {"rdf": _rdf, "wordpress": _wordpress, "latin1": _latin1, "atom": _atom, "json": _json}.get(dialect, _rss)
    return FeedBytes(writer(publisher, entries), TYPES[dialect], max(_utc(e) for e in entries))


def plain_text(entry: DemoEntry) -> str:
    """Return what an entry says, title and text, without markup; what the words about it are held against."""
    return f"{entry.feed.title}. {unescape(sub('<[^>]+>', ' ', entry.feed.summary)).strip()}"


def _rdf(publisher: Publisher, entries: Sequence[DemoEntry]) -> bytes:
    """RSS 1.0 as journals and preprint servers serve it: dc:identifier, a day and no time, no pubDate."""
    places = "".join(f'<rdf:li rdf:resource="{escape(e.feed.guid)}"/>' for e in entries)
    items = "".join(
        f'<item rdf:about="{escape(e.feed.guid)}">\n<title>{escape(e.feed.title)}</title>\n'
        f"<link>{escape(e.feed.link)}</link>\n<description>{escape(e.feed.summary)}</description>\n"
        f"<dc:identifier>doi:{escape(e.feed.guid.removeprefix('doi:'))}</dc:identifier>\n"
        f"<prism:doi>{escape(e.feed.guid.removeprefix('doi:'))}</prism:doi>\n"
        f"<dc:date>{e.feed.published[:10]}</dc:date>\n<dc:source>{escape(publisher.name)}</dc:source>\n</item>\n"
        for e in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/">\n'
        f'<channel rdf:about="{escape(publisher.feed)}">\n<title>{escape(publisher.name)}</title>\n'
        f"<link>{escape(_home(publisher))}</link>\n<description>{escape(world().banner)}</description>\n"
        f"<items><rdf:Seq>{places}</rdf:Seq></items>\n</channel>\n{items}</rdf:RDF>\n"
    ).encode()


def _rss(publisher: Publisher, entries: Sequence[DemoEntry], encoding: str = "UTF-8", extra: str = "") -> bytes:
    """RSS 2.0 as news sites and press offices serve it."""
    items = "".join(
        f"<item>\n<title>{escape(e.feed.title)}</title>\n<link>{escape(e.feed.link)}</link>\n"
        f'<guid isPermaLink="{str(e.feed.guid.startswith("https:")).lower()}">{escape(e.feed.guid)}</guid>\n'
        f"<pubDate>{format_datetime(datetime.fromisoformat(e.feed.published))}</pubDate>\n"
        f"<description>{escape(e.feed.summary)}</description>\n{_content(e) if extra else ''}</item>\n"
        for e in entries
    )
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>\n<rss version="2.0"{extra}>\n<channel>\n'
        f"<title>{escape(publisher.name)}</title>\n<link>{escape(_home(publisher))}</link>\n"
        f"<description>{escape(world().banner)}</description>\n<language>{publisher.language}</language>\n"
        f"{items}</channel>\n</rss>\n"
    ).encode(encoding)


def _wordpress(publisher: Publisher, entries: Sequence[DemoEntry]) -> bytes:
    """RSS 2.0 with the whole text a second time in content:encoded, as WordPress writes it."""
    return _rss(publisher, entries, extra=' xmlns:content="http://purl.org/rss/1.0/modules/content/"')


def _latin1(publisher: Publisher, entries: Sequence[DemoEntry]) -> bytes:
    """RSS 2.0 in ISO 8859-1, as older press offices still serve it."""
    return _rss(publisher, entries, encoding="ISO-8859-1")


def _content(entry: DemoEntry) -> str:
    return f"<content:encoded><![CDATA[{entry.feed.summary}]]></content:encoded>\n"


def _atom(publisher: Publisher, entries: Sequence[DemoEntry]) -> bytes:
    """Atom 1.0 as a regulator serves it; HTML in the summary."""
    items = "".join(
        f"<entry>\n<title>{escape(e.feed.title)}</title>\n<id>{escape(e.feed.guid)}</id>\n"
        f'<link rel="alternate" href="{escape(e.feed.link)}"/>\n<published>{e.feed.published}</published>\n'
        f'<updated>{e.feed.published}</updated>\n<summary type="html">{escape(e.feed.summary)}</summary>\n</entry>\n'
        for e in entries
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{publisher.language}">\n'
        f"<title>{escape(publisher.name)}</title>\n<subtitle>{escape(world().banner)}</subtitle>\n"
        f'<id>{escape(_home(publisher))}</id>\n<link rel="alternate" href="{escape(_home(publisher))}"/>\n'
        f'<link rel="self" href="{escape(publisher.feed)}"/>\n'
        f"<author><name>{escape(publisher.name)}</name></author>\n"
        f"<updated>{max(e.feed.published for e in entries)}</updated>\n{items}</feed>\n"
    ).encode()


def _json(publisher: Publisher, entries: Sequence[DemoEntry]) -> bytes:
    """JSON Feed 1.1, as a company's web team serves it."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": publisher.name,
        "description": world().banner,
        "home_page_url": _home(publisher),
        "feed_url": publisher.feed,
        "language": publisher.language,
        "items": [
            {
                "id": e.feed.guid,
                "url": e.feed.link,
                "title": e.feed.title,
                "content_html": e.feed.summary,
                "date_published": e.feed.published,
            }
            for e in entries
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def _home(publisher: Publisher) -> str:
    """Cut a feed's address to the site it belongs to."""
    return "/".join(publisher.feed.split("/")[:3]) + "/"


def _utc(entry: DemoEntry) -> datetime:
    return datetime.fromisoformat(entry.feed.published).astimezone(UTC).replace(microsecond=0)
