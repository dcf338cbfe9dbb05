"""Small documents and sources that the feed tests share."""

from datetime import date
from xml.sax.saxutils import escape

from pipeline.model.names import Role, Tier
from pipeline.model.source import Page, Request, Source, Window
from pipeline.sources import kind

TODAY = date(2026, 11, 22)
WINDOW = Window(date(2026, 10, 8), TODAY)


def source(kind_name="feed", url="https://journal.example/feed.xml", **fields):
    return Source(key="sample", kind=kind_name, name="Sample", url=url, tier=Tier.JOURNAL, role=Role.EVIDENCE, **fields)


def read(body, headers=None, **fields) -> Page:
    """Read a body as the feed kind would."""
    body = body.encode() if isinstance(body, str) else body
    asked = source(**fields)
    return kind("feed").read(asked, Request(asked.url), body, headers or {}, WINDOW)


def rss(*items, head="", link="https://journal.example/"):
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>Journal</title><link>{link}</link>{head}{''.join(items)}</channel></rss>"
    )


def item(extra="", **fields):
    """One RSS item; field values are escaped, `extra` is put in as it stands."""
    inner = "".join(f"<{k}>{escape(v)}</{k}>" for k, v in ({"title": "A title"} | fields).items())
    return f"<item>{inner}{extra}</item>"


def only(page: Page):
    """The one entry of a page."""
    assert len(page.entries) == 1, page
    return page.entries[0]


def texts(entry):
    """Every text of an entry that could reach a page."""
    dates = [w.raw for w in (entry.published, entry.updated) if w]
    return [
        entry.title, entry.link or "", entry.summary, entry.excerpt_html, *entry.authors, *entry.categories,
        *entry.types, *entry.doubts, *entry.ids.keys(), entry.retracts or "", *dates,
    ]  # fmt: skip
