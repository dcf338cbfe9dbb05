"""Text out of publishers' markup: plain for judging, a small safe subset for showing.

Nothing that leaves here can open a tag when it is read as text: a "<" that could is set apart by a space.
A "<" that means "less than" is kept, because in a medical sentence it carries a number.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

import nh3

from pipeline.language.late import late
from pipeline.text import clip, plain

SAFE = frozenset("p br em strong i b sub sup ul ol li a".split())
EXCERPT = 4_000
ABSTRACT = 16_000


def text(raw: str, limit: int | None = None, *, cap: int = ABSTRACT) -> str:
    """Make plain text of markup, of plain text, or of markup that was escaped twice; at most `limit` characters.

    Only the first `cap` characters are looked at. Powers (10<sup>6</sup>) become 10⁶, never 106.
    """
    raw = _cut(raw, cap)
    if "<" in raw or "&" in raw:
        raw = _stripped(raw)
    line = _line(raw)
    return line if limit is None else clip(line, limit)


def abstract(raw: str) -> str:
    """Make plain text of an abstract and drop what frames it: citation, "ABSTRACT", "read more", feed signatures."""
    line = _HEAD.sub("", text(raw, cap=ABSTRACT))
    start = max(0, len(line) - 800)
    end = line[start:]
    if "PMID:" in end:
        end = _PUBMED_TAIL.sub("", end)
    if any(map(end.__contains__, _SIGNED)):
        end = _SIGNATURE.sub("", end)
    return line[:start] + _tailed(end).strip()


def title(raw: str, limit: int) -> str:
    """Make a plain title."""
    return _tailed(text(raw, limit, cap=4 * limit + 2_000))


def excerpt(raw: str, base: str) -> str:
    """Make safe HTML for showing: paragraphs, lists, emphasis, sub- and superscripts, http(s) links; else nothing."""
    raw = _cut(raw, EXCERPT)
    if "<" in raw:
        raw = _BLOCK_END.sub("<br>", _LONE.sub("&lt;", raw))
    cleaned = _line(_cleaner(base if "href" in raw else "").clean(raw))
    cleaned = _BREAKS.sub("<br>", _EMPTY.sub("", cleaned))
    cleaned = _LAST.sub("", _FIRST.sub("", cleaned))
    return cleaned if _ANY_TEXT.search(cleaned) else ""


def neutral(line: str) -> str:
    """Set apart each "<" that could open a tag, so that the text reads the same and can't become markup."""
    return _OPENS.sub("< ", line) if "<" in line else line


# Content of these is never a reader's text.
_DROPPED = {"script", "style", "iframe", "object", "template", "svg", "noembed", "noframes", "textarea", "select"}
# HTML's elements, old ones included. What else looks like a tag has a name in small letters, and attributes.
_ELEMENTS = (
    "a abbr acronym address applet area aside audio b base bdi bdo big blink blockquote body br button canvas "
    "caption center cite code col colgroup dd del details dfn dir div dl dt em embed fieldset figcaption figure "
    "font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins isindex kbd label "
    "legend li link main map mark marquee math meta nav noembed noframes noscript object ol option p param picture "
    "plaintext pre q s samp script section select small source span strike strong style sub summary sup svg table "
    "tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xml xmp"
)
_KNOWN = "|".join(_ELEMENTS.split())
_ATTRIBUTES = r"""(?:\s+[\w:.-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=]+))*\s*/?"""
_TAG_BODY = rf"/?(?:(?i:{_KNOWN})(?=[\s/>\"'])[^<>]*|[a-z][a-z0-9-]{{0,30}}(?::[a-zA-Z][\w-]{{0,30}})?{_ATTRIBUTES})>"
_TAG = late(rf"<{_TAG_BODY}|<!--")
_LONE = late(rf"<(?!{_TAG_BODY}|!--|!\[CDATA\[|\?[a-z])")
_OPENS = late(r"<(?=[A-Za-z/!?])")
_ENTITY = late(r"&(?:[a-zA-Z]{2,8}|#[0-9]{2,6}|#[xX][0-9a-fA-F]{2,6});")
_BLOCKS = r"div|h[1-6]|tr|table|section|blockquote|pre|dd|dt|title|jats:(?:p|title|sec)"
_BLOCK = late(rf"<(?=/?(?:{_BLOCKS}|p|br|li|ul|ol|td|th|hr|dl|sec|jats:list-item)\b)", re.IGNORECASE)
_BLOCK_END = late(rf"</(?:{_BLOCKS})\s*>", re.IGNORECASE)
_POWER = late(r"(?<=[0-9])\s?<sup\b[^<>]*>\s*([+\u2212\u2013-]?[0-9]{1,3})\s*</sup\s*>", re.IGNORECASE)
_RAISED = str.maketrans("0123456789+-\u2212\u2013", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
# Soft hyphen, zero-width space, word joiner: they split words that a reader sees whole.
_INVISIBLE = late("[\u00ad\u200b\u2060\ufeff]")
_HEAD = late(r"^(?:.{0,60}[12][0-9]{3}.{0,400}?\bABSTRACT\s+|(?:Abstract|ABSTRACT)[:.]?\s+(?=[A-Z“\"(]))")
_PUBMED_TAIL = late(r"\s*PMID:\s?[0-9]+(?:\s?\|\s?(?:PMC:?\S+|DOI:\S+))*\s*$")
_TAIL = late(r"\s*(?:\.{3}|…)?\s*\[\s*(?:\.\s?\.\s?\.|…)\s*\]\s*$")
_POSTED = r"The post .{1,300} (?:first )?appeared (?:first )?on .{1,120}"
_READ_ON = r"\[?(?:Continue reading|Read more)\b.{0,200}?(?:→|»|\]|$)"
_SIGNATURE = late(rf"\s*(?:{_POSTED}|{_READ_ON})\s*\.?\s*$")
_SIGNED = ("The post ", "Continue reading", "Read more")
# What is tried at every place of a long text begins with a fixed character: that is ten times as fast.
_BREAKS = late(r"<br> ?(?:<br> ?)+")
_HALF = late(r"(?:<[^<>]{0,300}|&[#\w]{0,10})$")
_EMPTY = late(r"<(p|li|em|strong|i|b)> ?</\1>")
_FIRST = late(r"^(?:<br> ?)+")
_LAST = late(r"<br> ?(?:<br> ?)*$")
_ANY_TEXT = late(r"(?:^|>)[^<]*\w")


def _cut(raw: str, cap: int) -> str:
    """Cut markup, not in the middle of a tag or an entity."""
    if len(raw) <= cap:
        return raw
    return _HALF.sub("", raw[:cap])


def _line(raw: str) -> str:
    """Make one line; the slow way only where a character needs it."""
    line = " ".join(raw.split())
    return line if line.isprintable() else plain(_INVISIBLE.sub("", line))


def _tailed(line: str) -> str:
    """Write "[...]" at the end as an ellipsis."""
    return _TAIL.sub("…", line) if line.endswith("]") else line


def _stripped(raw: str) -> str:
    """Strip tags and resolve entities until none is left, at most four times."""
    for _ in range(4):
        if "<" in raw:
            raw = _without_tags(raw)
        raw = unescape(raw)
        if not _TAG.search(raw) and not _ENTITY.search(raw):
            break
    return neutral(_TAG.sub(" ", raw))


def _without_tags(raw: str) -> str:
    """Strip tags, keeping words apart that stood in different blocks and powers raised."""
    raw = _LONE.sub("&lt;", raw)
    if "<sup" in raw or "<SUP" in raw:
        raw = _POWER.sub(lambda m: m[1].translate(_RAISED), raw)
    return _TEXT_CLEANER.clean(_BLOCK.sub(" <", raw)) if "<" in raw else raw


_TEXT_CLEANER = nh3.Cleaner(tags=set(), clean_content_tags=_DROPPED, attributes={})


@lru_cache(maxsize=4)
def _cleaner(base: str) -> nh3.Cleaner:
    """Make the cleaner for showing; relative links are resolved against a base, or dropped without one."""
    return nh3.Cleaner(
        tags=set(SAFE),
        clean_content_tags=_DROPPED,
        attributes={"a": {"href"}},
        url_schemes={"http", "https"},
        link_rel="noopener noreferrer nofollow",
        url_relative=("rewrite_with_base", base) if base else "deny",
    )
