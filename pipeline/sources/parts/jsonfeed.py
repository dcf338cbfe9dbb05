"""JSON Feed 1 and 1.1 (jsonfeed.org), read leniently: what has the wrong type is not there."""

from __future__ import annotations

import json
from html import escape

from pipeline.errors import SourceError
from pipeline.sources.parts.draft import LINK, NAME, TEXT, TITLE, Draft, Feed


def read_json(text: str) -> Feed:
    """Read a JSON Feed; raises SourceError for other JSON and for what is no JSON."""
    degraded = ""
    try:
        try:
            found = json.loads(text)
        except ValueError:  # line breaks and tabs in the middle of texts, which JSON wants escaped
            found, degraded = json.loads(text, strict=False), "control characters in the texts of its JSON"
    except RecursionError as broken:
        raise SourceError("not a feed: JSON nested too deeply") from broken
    except ValueError as broken:
        raise SourceError("not a feed: broken JSON") from broken
    if not isinstance(found, dict) or not isinstance(found.get("items"), list):
        raise SourceError("not a feed: JSON without a list of items")
    version = found.get("version")
    if not isinstance(version, str) or "jsonfeed.org/version/" not in version:
        raise SourceError("not a feed: JSON that does not call itself a JSON Feed")
    return Feed(
        version=f"json{version.rsplit('/', 1)[-1][:8]}",
        title=_text(found, "title", TITLE),
        link=_text(found, "home_page_url", LINK),
        drafts=tuple(_draft(item) for item in found["items"] if isinstance(item, dict)),
        degraded=degraded,
    )


def _draft(item: dict[str, object]) -> Draft:
    """Take one item's raw fields; `content_text` and `summary` are plain, and escaped to be markup like the rest."""
    published, modified = _text(item, "date_published", NAME), _text(item, "date_modified", NAME)
    texts = (
        _text(item, "content_html", TEXT),
        escape(_text(item, "content_text", TEXT), quote=False),
        escape(_text(item, "summary", TEXT), quote=False),
    )
    return Draft(
        title=escape(_text(item, "title", TITLE), quote=False),
        link=_text(item, "url", LINK) or _text(item, "external_url", LINK),
        guid=_text(item, "id", NAME),
        texts=tuple(dict.fromkeys(t for t in texts if t)),
        authors=_names(item.get("authors")) or _names([item.get("author")]),
        categories=tuple(t[:NAME] for t in _list(item.get("tags")) if isinstance(t, str))[:100],
        dates=(("date_published", published),) if published else (),
        updates=(("date_modified", modified),) if modified else (),
        identifiers=(),
    )


def _names(authors: object) -> tuple[str, ...]:
    """Take authors' names."""
    people = [a for a in _list(authors) if isinstance(a, dict)][:100]
    return tuple(name for person in people if (name := _text(person, "name", NAME)))


def _list(value: object) -> list[object]:
    """Take a list; anything else is an empty one."""
    return value if isinstance(value, list) else []


def _text(item: dict[str, object], key: str, cap: int) -> str:
    """Take a text, cut; numbers are taken as ids are sometimes numbers; anything else is none."""
    value = item.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)[:cap] if abs(value) < 10**40 else ""
    return value[:cap].strip() if isinstance(value, str) else ""
