"""Leaf functions on text: plain, canonical, slugged, normalised. No room above is known here."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

# Characters no text of ours may hold: C0 and C1 controls, lone surrogates, and the bidirectional
# overrides that can make a line read differently from what it says.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)

# Keys publishers add to say where a click came from; seen in the feeds of reference journals.
_TRACKING = frozenset(
    "af rss dgcid track rft_dat fbclid gclid mc_cid mc_eid cmp icid ref_src cm_mmc ncid ff fc fmt spm xtor at_medium "
    "at_campaign jsessionid phpsessid casa_token via ecid mkt_tok smid".split()
)

# What a server writes into a path for one visit, and the names of a folder's own page.
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sessionid|sid)=[^/;]*", re.IGNORECASE)
_FRONT = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp|xhtml)$", re.IGNORECASE)
_WORD = re.compile(r"\S*\w\S*")

_CAMPAIGN = ("utm_", "pk_", "mtm_", "fbclid=", "gclid=", "mc_cid=", "mc_eid=")


def plain(text: str, limit: int | None = None) -> str:
    """Make one line of printable text: no control characters or soft hyphens, single spaces, at most `limit` long."""
    line = text if _is_plain(text) else " ".join(_FORBIDDEN.sub(" ", text.replace("\u00ad", "")).split())
    return line if limit is None or len(line) <= limit else clip(line, limit)


def _is_plain(text: str) -> bool:
    """Whether a text is such a line already, as nearly all are: of white space, only a blank is printable."""
    return text.isprintable() and "  " not in text and text == text.strip(" ")


def plain_within(value: Any) -> Any:
    """Make every text plain in what JSON can hold."""
    if isinstance(value, dict):
        return {name: plain_within(each) for name, each in value.items()}
    if isinstance(value, list):
        return [plain_within(each) for each in value]
    return plain(value) if isinstance(value, str) else value


def cell(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula, behind blanks and in wide signs too."""
    first = next((c for c in text if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf")), "")
    return f"'{text}" if unicodedata.normalize("NFKC", first)[:1] in tuple("=+-@") else text


def columns(text: str) -> int:
    """Count the columns that a text takes on a terminal: two for a Chinese sign or an emoji, none for an accent."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else not _joins(c) for c in text)


def folded(word: str, width: int) -> list[str]:
    """Cut a word that is wider than so many columns into pieces; what belongs to one sign stays together."""
    pieces, clusters = [""], [""]
    for letter in word if columns(word) > width else "":
        if clusters[-1] and not _joins(letter) and clusters[-1][-1] != "\u200d":
            clusters.append("")
        clusters[-1] += letter
    for cluster in clusters:
        if columns(pieces[-1] + cluster) > width:
            pieces.append("")
        pieces[-1] += cluster
    return pieces if pieces[0] else [word]


def _joins(letter: str) -> bool:
    return unicodedata.category(letter) in {"Mn", "Mc", "Me", "Cf"} or "\U0001f3fb" <= letter <= "\U0001f3ff"


def clip(text: str, limit: int) -> str:
    """Cut at a word within `limit` characters and end with an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > limit // 2 else cut).rstrip(" ,;:") + "…"


def unaccented(text: str) -> str:
    """Keep the ASCII letters and signs of a text, accents taken off."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def slug(text: str, words: int = 8) -> str:
    """Make the last part of an address: ASCII letters, digits and hyphens, at most `words` words."""
    return "-".join(_slugs(text)[:words])[:80].strip("-") or "item"


def has_slug(text: str) -> bool:
    """Whether a text has a letter or digit that its slug can be made of."""
    return bool(_slugs(text))


def _slugs(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", unaccented(text.replace("ß", "ss")).lower())


def digest(*parts: str) -> str:
    """Hash texts that identify something with no better name; 16 hex digits."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def sha256(content: bytes) -> str:
    """The SHA-256 of a file's content, as manifests and receipts hold it."""
    return hashlib.sha256(content).hexdigest()


def canonical_link(link: str) -> str | None:
    """Make a key from an http(s) address: no scheme, no `www.`, no fragment, no tracking keys, sorted query.

    Nor is there a session in its path, or `index.html` at its end. Returns None for anything that is not http or
    https. It is a key to compare, never an address to open.
    """
    try:
        parts = urlsplit(link.strip())
        host = (parts.hostname or "").rstrip(".").encode("idna").decode("ascii").lower()
        port = parts.port
    except (ValueError, UnicodeError):
        return None
    if parts.scheme.lower() not in ("http", "https") or not host:
        return None
    if port and port != {"http": 80, "https": 443}[parts.scheme.lower()]:
        host = f"{host}:{port}"
    query = [
        (k, v)
        for k, v in parse_qsl(parts.query, keep_blank_values=True)
        if k.lower() not in _TRACKING and not k.lower().startswith(_CAMPAIGN[:3])
    ]
    path = _FRONT.sub("", _SESSION.sub("", parts.path)).rstrip("/")
    path = quote(path, safe="/%:@!$&'()*+,;=~-._")
    return urlunsplit(("", "", host.removeprefix("www.") + path, urlencode(sorted(query)), ""))


@lru_cache(maxsize=1024)
def safe_link(link: str | None) -> str | None:
    """Return the address when it is http(s) with a host and no spaces or controls, else None."""
    if not link or canonical_link(link) is None:
        return None
    link = link.strip()
    return None if re.search(r"[\x00-\x20\x7f<>\"\\^`{|}]", link) else link


def canonical_key(key: str) -> str:
    """Bring an address that was noted as a key long ago ("link:…") to the form such keys have now."""
    return f"link:{canonical_link(f'https://{key[5:]}') or key[5:]}" if key.startswith("link:") else key


def untracked(link: str) -> str:
    """Take off the keys that tell by which feed, mail or click a reader came; all else stays as it was."""
    head, hash_, fragment = link.partition("#")
    path, _, query = head.partition("?")
    kept = "&".join(pair for pair in query.split("&") if not pair.lower().startswith(_CAMPAIGN))
    return f"{path}{'?' * bool(kept)}{kept}{hash_}{fragment}"


def mail_link(address: str) -> str | None:
    """Make a `mailto:` link of an e-mail address with or without it, and with `?subject=…` or without; else None."""
    box, asks, query = address.removeprefix("mailto:").partition("?")
    if box.count("@") != 1 or not re.fullmatch(r"[!-;=?-~]+", box) or urlsplit(box).scheme:
        return None
    return f"mailto:{box}{asks}{quote(query, safe='%!$&()*+,;=:@/?~-._')}"


def nearest(word: str, known: list[str]) -> str:
    """Say "did you mean ...?" for a word that is not among the known ones; else list them."""
    from difflib import get_close_matches  # noqa: PLC0415  only a slip of the pen needs it

    close = get_close_matches(word.lower(), [k.lower() for k in known], n=1, cutoff=0.6)
    if close:
        return f"did you mean “{next(k for k in known if k.lower() == close[0])}”?"
    return f"one of: {', '.join(known)}" if known else ""


def count(n: int, one: str, many: str | None = None) -> str:
    """Say a number with its noun: "1 item", "2 items"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def word_count(text: str) -> int:
    """Count what a reader reads as words: a sign that stands alone is none."""
    return len(_WORD.findall(text))
