"""What a server's answer means: from status and headers to an outcome and a clause for the editor. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime

from pipeline.model.source import Outcome

LONGEST_REST = 7 * 24 * 3600.0
_KEPT_HEADERS = ("content-type", "etag", "last-modified", "retry-after", "date", "link", "tdm-reservation")
_VALIDATORS = ("etag", "last-modified")
_LONGEST_VALUE = 2_000

# What challenge pages of the large bot walls carry: a header by name, or words near the top of the page.
_WALL_HEADERS = ("cf-mitigated", "x-amzn-waf-action")
_WALL_WORDS = re.compile(
    rb"cf-chl-|challenge-platform|<title>just a moment|attention required! \| cloudflare|_incapsula_resource|"
    rb"px-captcha|captcha-delivery|/_sec/cp_challenge|sucuri website firewall|<title>[^<]{0,40}\bcaptcha\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer of a server. `body` is whole and inflated for a success, else the first few KB, as they came.

    `note` says in a clause what was amiss with an answer that could be read.
    """

    status: int
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    body: bytes = b""
    note: str = ""

    def header(self, name: str) -> str:
        """Give the first value of a header, stripped; empty when there is none."""
        return next(iter(self.headers.get(name, ())), "").strip()


def judge(reply: Reply) -> tuple[Outcome, str]:
    """Say how an attempt ended and why, for a status that is neither followed nor asked again."""
    status = reply.status
    if status == 206 and not _is_all(reply):
        return Outcome.SERVER_ERROR, "the server sends only a part of it, unasked (206)"
    if status in (200, 203, 204, 206, 226) and not _is_wall(reply):
        return Outcome.OK, reply.note
    if status == 410:
        return Outcome.GONE, "the server says it is gone for good (410)"
    if status == 404:
        return Outcome.NOT_FOUND, "the server has no such page (404)"
    if status in (401, 403, 451) or _is_wall(reply):
        return Outcome.BLOCKED, _BLOCKED.get(status, f"the server asks for proof of being human ({status})")
    if status == 429:
        return Outcome.RATE_LIMITED, "the server says we are asking too often (429)"
    if status >= 500:
        return Outcome.SERVER_ERROR, f"the server has a problem ({status})"
    if status >= 400:
        return Outcome.CLIENT_ERROR, f"the server rejected our request ({status})"
    if status == 304:
        return Outcome.SERVER_ERROR, "the server says “not modified”, but we have no copy (304)"
    return Outcome.SERVER_ERROR, f"the server answers with a status that makes no sense here ({status})"


def retry_after(reply: Reply) -> float | None:
    """Read Retry-After as seconds, 0 to seven days; a date counts from the server's own Date (RFC 9110 10.2.3).

    None when it is absent, nonsense, or a date that nothing can be measured from.
    """
    raw = reply.header("retry-after")
    if re.fullmatch(r"[0-9]{1,12}", raw):
        return min(float(raw), LONGEST_REST)
    then, now = _http_date(raw), _http_date(reply.header("date"))
    if then is None or now is None:
        return None
    return min(max((then - now).total_seconds(), 0.0), LONGEST_REST)


def useful_headers(reply: Reply) -> dict[str, str]:
    """Pick the few headers worth telling; validators are whole or absent, the rest is capped."""
    chosen: dict[str, str] = {}
    for name in _KEPT_HEADERS:
        value = ", ".join(v.strip() for v in reply.headers.get(name, ())) if name == "link" else reply.header(name)
        if value and not (name in _VALIDATORS and len(value) > _LONGEST_VALUE):
            chosen[name] = value[:_LONGEST_VALUE]
    return chosen


def is_reserved(reply: Reply) -> bool:
    """Tell whether text-and-data-mining rights are reserved (W3C TDM Reservation Protocol)."""
    return any(value.strip() == "1" for value in reply.headers.get("tdm-reservation", ()))


_BLOCKED = {
    401: "the server wants a password (401)",
    403: "the server does not let our program in (403)",
    451: "the server may not show it, for legal reasons (451)",
}


def _is_all(reply: Reply) -> bool:
    """Whether what is called a part is all there is: from the first byte to the last, as far as it says."""
    found = re.fullmatch(r"bytes 0-([0-9]{1,15})/(\*|[0-9]{1,15})", reply.header("content-range") or "bytes 0-0/*")
    return found is not None and (found[2] == "*" or int(found[1]) + 1 == int(found[2]))


def _is_wall(reply: Reply) -> bool:
    if any(reply.header(name) for name in _WALL_HEADERS):
        return True
    return reply.status in (405, 429, 503) and bool(_WALL_WORDS.search(reply.body))


def _http_date(text: str) -> datetime | None:
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return when if when.tzinfo is not None else None
