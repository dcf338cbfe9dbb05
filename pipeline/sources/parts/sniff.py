"""What a body is, judged by its content alone: which characters, and a feed or what else.

Order of trust for the charset: byte order mark, XML declaration, valid UTF-8, HTTP header, then windows-1252.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from html.entities import html5

from pipeline.errors import SourceError
from pipeline.language.late import late


@dataclass(frozen=True, slots=True)
class Sniffed:
    """A document as text, from its first element on, without characters XML forbids. `root` is "json" for JSON."""

    text: str
    root: str
    degraded: str = ""


def sniff(body: bytes, headers: Mapping[str, str]) -> Sniffed:
    """Decode a body and tell what it is.

    Raises SourceError for whatever is no feed and says what came instead; `page` is set for web pages.
    """
    if not body.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise SourceError("the answer was empty")
    _refuse_binary(body)
    text, charset_doubt = decode(body, headers)
    text, dropped = _legal(text)
    found = _find_root(text)
    text, mended = (found.text, 0) if found.root == "json" else _mended(found.text)
    doubts = (
        charset_doubt,
        "forbidden characters removed" if dropped else "",
        "“&” signs that stand for nothing in XML" if mended else "",
        found.degraded,
    )
    return Sniffed(text, found.root, "; ".join(d for d in doubts if d))


def decode(body: bytes, headers: Mapping[str, str]) -> tuple[str, str]:
    """Decode bytes to text; second is a clause on what was wrong, or empty."""
    for mark, codec in _BYTE_ORDER:
        if body.startswith(mark):
            return body[len(mark) :].decode(codec, "replace"), ""
    if wide := _unmarked_wide(body):
        return body.decode(wide, "replace"), ""
    declared = _declared(body)
    if declared and declared != "utf-8":
        try:
            return body.decode(declared), ""
        except UnicodeDecodeError:
            pass
    try:
        return body.decode("utf-8"), f"declared as {declared} but is utf-8" if declared not in ("", "utf-8") else ""
    except UnicodeDecodeError:
        return _decode_broken(body, headers)


_FEEDS = frozenset({"rss", "feed", "rdf", "channel"})
_ELSE = {
    "opml": "a list of feeds (opml)",
    "urlset": "a sitemap",
    "sitemapindex": "a sitemap",
    "error": "an XML error message",
    "svg": "a picture (svg)",
    "wsdl": "a service description",
}
_HTML = frozenset(
    "html head body title meta script style div form p br center h1 h2 table a b iframe noscript link span main".split()
)
_BINARY = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
_BYTE_ORDER = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARATION = re.compile(rb"""^\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_CHARSET = late(r"""charset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
# Codecs that are no charset of a document, or that can be made to run for minutes.
_NO_CHARSET = frozenset(
    {"utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "unicode-escape"}
)
_WIDER = {"iso8859-1": "cp1252", "ascii": "utf-8", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932"}

_ILLEGAL = late("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOW = r"0*(?:[0-8]|1[124-9]|2[0-9]|3[01])|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F])"
_SURROGATE = (
    r"[xX]0*[dD][89a-fA-F][0-9a-fA-F]{2}|"
    r"0*5(?:529[6-9]|5[3-9][0-9]{2}|6[0-9]{3}|7[0-2][0-9]{2}|73[0-3][0-9]|734[0-3])"
)
_BEYOND = r"0*[1-9][0-9]{7,}|[xX]0*[1-9a-fA-F][0-9a-fA-F]{6,}"
_ILLEGAL_REFERENCE = late(rf"&#(?:{_LOW}|{_SURROGATE}|{_BEYOND});")
_AMPERSAND = late(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,8}|#x[0-9a-fA-F]{1,8});)(?:([A-Za-z][A-Za-z0-9]{1,30});)?")
_CDATA = late(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_PROLOG = late(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_NAME = late(r"<\s*(?:[\w.-]{1,40}:)?([A-Za-z][\w.-]{0,60})")
_FEED_IN_PAGE = late(
    r"<(?:feed\s[^>]{0,500}?xmlns\s*=\s*[\"']http://www\.w3\.org/2005/Atom|rss\s[^>]{0,500}?version\s*=|rdf:RDF\s)"
)
_FEED_LATER = late(
    r"<\?xml\b[^>]{0,200}>\s*(?:<!--.{0,2000}?-->\s*)?<(?:rss|feed|rdf:RDF)[\s>]|<(?:rss|rdf:RDF)\s[^>]*>", re.DOTALL
)


def _refuse_binary(body: bytes) -> None:
    """Name the common files that are no text."""
    for mark, what in _BINARY:
        if body.startswith(mark):
            raise SourceError(f"not a feed: {what}")


def _unmarked_wide(body: bytes) -> str | None:
    """Tell UTF-16 and UTF-32 without a mark by the zero bytes around the first "<"."""
    head = body[:4]
    wide = {b"<\0\0\0": "utf-32-le", b"\0\0\0<": "utf-32-be"}
    if head in wide:
        return wide[head]
    if head[:2] == b"<\0" and head[3:] == b"\0":
        return "utf-16-le"
    return "utf-16-be" if head[:2] == b"\0<" and head[2:3] == b"\0" else None


def _declared(body: bytes) -> str:
    """Name the codec of the XML declaration; empty where there is none to trust."""
    found = _DECLARATION.match(body[:512])
    return _codec(found[1].decode("ascii")) if found else ""


def _codec(name: str) -> str:
    """Turn a charset's name into a codec's; empty for unknown and for wide ones, which need a mark."""
    try:
        known = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    if known in _NO_CHARSET or known.startswith(("utf-16", "utf-32")):
        return ""
    return _WIDER.get(known, known)


def _decode_broken(body: bytes, headers: Mapping[str, str]) -> tuple[str, str]:
    """Decode what is not valid UTF-8: by the header, else UTF-8 with holes or windows-1252, whichever loses less."""
    header = next((v for k, v in headers.items() if k.lower() == "content-type"), "")
    found = _CHARSET.search(header)
    codec = _codec(found[1]) if found else ""
    if codec and codec != "utf-8":
        try:
            return body.decode(codec), ""
        except UnicodeDecodeError:
            pass
    holed = body.decode("utf-8", "replace")
    holes = holed.count("\ufffd")
    if sum(1 for c in holed if c > "\x7f") - holes > holes:
        return holed, "bytes that are not utf-8"
    return body.decode("cp1252", "replace"), "charset not declared, read as windows-1252"


def _legal(text: str) -> tuple[str, int]:
    """Drop characters XML forbids, and references to them; second counts them."""
    count = 0
    if _ILLEGAL.search(text):
        text, count = _ILLEGAL.subn("", text)
    if "&#" in text:
        text, more = _ILLEGAL_REFERENCE.subn("", text)
        count += more
    return text, count


def _mended(text: str) -> tuple[str, int]:
    """Write "&" and HTML's entities as XML knows them, outside of CDATA; second counts them."""
    if not _AMPERSAND.search(text):
        return text, 0
    parts = _CDATA.split(text)
    mended = [_AMPERSAND.subn(_reference, part) if n % 2 == 0 else (part, 0) for n, part in enumerate(parts)]
    return "".join(part for part, _ in mended), sum(count for _, count in mended)


def _reference(found: re.Match[str]) -> str:
    """Write one "&", or the character that HTML names so."""
    letter = html5.get(f"{found[1]};", "") if found[1] else ""
    return escape(letter) if letter else f"&amp;{found[0][1:]}"


def _find_root(text: str) -> Sniffed:
    """Find the first element, or say what the text is instead of a feed."""
    start = 0
    while found := _PROLOG.match(text, start):
        start = found.end()
    rest = text[start:]
    if rest.startswith(("{", "[")):
        return Sniffed(rest, "json")
    root = ""
    if rest[:9].lower() == "<!doctype":
        root = _after_doctype(rest)
    elif name := _NAME.match(rest):
        root = name[1].lower()
    if root in _FEEDS:
        return _ended(rest, root)
    later = (_FEED_IN_PAGE if root == "html" else _FEED_LATER).search(text[:200_000]) if root not in _ELSE else None
    if later:
        tail = _find_root(text[later.start() :])
        return Sniffed(tail.text, tail.root, "something stands before the feed")
    raise _not_a_feed(root, rest)


def _ended(text: str, root: str) -> Sniffed:
    """Cut what stands behind the end of a feed: counters and scripts that servers append."""
    tail = text[-200_000:]
    ends = [m.end() for m in re.finditer(rf"</(?:[\w.-]{{1,40}}:)?{root}\s*>", tail, re.IGNORECASE)]
    behind = tail[ends[-1] :] if ends else ""
    if not re.sub(r"<!--.*?-->", "", behind, flags=re.DOTALL).strip():
        return Sniffed(text, root)
    return Sniffed(text[: len(text) - len(behind)], root, "something stands after the feed")


def _after_doctype(text: str) -> str:
    """Name the root behind a DOCTYPE, refusing one that declares entities."""
    _refuse_entities(text)
    end = re.compile(r"\[[^\]]*\]\s*>" if "[" in text[: text.find(">") + 1] else ">").search(text)
    start = end.end() if end else len(text)
    declared = re.match(r"<!doctype\s+([\w:.-]{1,40})", text, re.IGNORECASE)
    if declared and declared[1].lower() == "html":
        return "html"
    while found := _PROLOG.match(text, start):
        start = found.end()
    name = _NAME.match(text, start)
    return name[1].lower() if name else ""


def _refuse_entities(text: str) -> None:
    """Refuse documents that declare entities: no feed needs them, bombs and file thieves do."""
    if text[:9].lower() == "<!doctype" and "<!ENTITY" in text:
        raise SourceError("not read: the document declares XML entities")


def _not_a_feed(root: str, rest: str) -> SourceError:
    """Say what came instead of a feed."""
    if root in _HTML or re.search(r"<html[\s>]", rest[:4_000], re.IGNORECASE):
        return SourceError("a web page came instead of a feed", page=True)
    if root:
        return SourceError(f"not a feed: {_ELSE.get(root, f'an XML document <{root}>')}")
    return SourceError("not a feed: plain text" if rest.strip() else "the answer was empty")
