"""The feed documents that are served: the real captures beside the checkout, else generated ones of like size."""

from __future__ import annotations

import random
from dataclasses import dataclass
from html import escape
from pathlib import Path

CAPTURES = Path(__file__).resolve().parents[2] / "shared" / "captures" / "feeds"
GENERATED = 230

_TYPES = {
    ".xml": "application/xml",
    ".rss": "application/rss+xml",
    ".atom": "application/atom+xml",
    ".json": "application/feed+json",
    ".html": "text/html",
}


@dataclass(frozen=True, slots=True)
class Document:
    """A feed as a server holds it."""

    body: bytes
    media_type: str


def documents() -> tuple[tuple[Document, ...], str]:
    """Read or make the documents; tells also in a clause what they are."""
    paths = sorted(path for path in CAPTURES.rglob("*") if path.suffix in _TYPES) if CAPTURES.is_dir() else []
    if not paths:
        return tuple(_generated(number) for number in range(GENERATED)), f"{GENERATED} generated documents"
    found = tuple(Document(path.read_bytes(), _TYPES[path.suffix]) for path in paths)
    return found, f"{len(found)} captured documents"


def _generated(number: int) -> Document:
    """Make one RSS feed; entries and lengths are spread as in the captures (median 15 entries, 67 KB on average)."""
    dice = random.Random(number)
    entries = dice.choice((5, 10, 10, 15, 15, 20, 25, 30, 50))
    length = dice.choice((60, 200, 1_000, 3_000, 6_000))
    made = "".join(_entry(number, n, length, dice) for n in range(entries))
    head = f"<title>Journal {number}</title><link>https://journal-{number}.example/</link>"
    text = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{head}{made}</channel></rss>'
    return Document(text.encode(), "application/rss+xml")


def _entry(number: int, n: int, length: int, dice: random.Random) -> str:
    words = " ".join(dice.choice(_WORDS) for _ in range(length // 7))
    page = f"https://journal-{number}.example/{n}"
    shown = escape(f'<p>{words}</p><p><a href="{page}">Read <em>more</em></a></p>')
    title = " ".join(dice.choice(_WORDS) for _ in range(9))
    return (
        f"<item><title>{title}</title><link>{page}</link><guid>{page}</guid>"
        f"<pubDate>Mon, {1 + n % 28:02d} Nov 2026 08:00:00 GMT</pubDate><description>{shown}</description></item>"
    )


_WORDS = (
    "adults antibody care cells chronic clinic cohort control disease dose early effect follow-up group joint kidney "
    "lupus marker measure median month nerve outcome patients phase placebo protein random receptor relapse remission "
    "response safety skin study therapy trial week year"
).split()
