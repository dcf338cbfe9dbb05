"""The way from the address asked for to the one that answers: pure steps from redirect to redirect."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from pipeline.fetch.trouble import Trouble
from pipeline.model.source import Outcome

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_MAX_LENGTH = 8_000
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
# Every label 1 to 63 long; letters beyond ASCII are left to the client's IDNA, numbers in all notations to the guard.
_HOST = re.compile(r"(?=.{1,253}$)(?:[\w-]{1,63}\.)*[\w-]{1,63}")
_SAFE = "%/:?#[]@!$&'()*+,;=~-._|"


@dataclass(frozen=True, slots=True)
class Trail:
    """Where a request stands: `url` is asked next. `moved_to` is where the leading permanent redirects led.

    `cookie` tells that a server on the way wanted us to keep one.
    """

    url: str
    host: str
    posts: bool = False
    moved_to: str = ""
    all_permanent: bool = True
    seen: tuple[str, ...] = ()
    cookie: bool = False

    @classmethod
    def start(cls, url: str, *, posts: bool = False) -> Self:
        """Begin at a declared address; Trouble when it is not one that can be asked."""
        parts = _web_address(url)
        return cls(url=urlunsplit(parts), host=_host(parts), posts=posts)

    def step(self, status: int, location: str, *, max_redirects: int) -> Trail:
        """Follow one redirect, or say in a Trouble why not."""
        if not location.strip():
            raise Trouble(Outcome.SERVER_ERROR, f"it redirects (status {status}) without saying where to")
        before = urlsplit(self.url)
        try:
            target = urljoin(self.url, location.strip()) if not _CONTROLS.search(location.strip()) else location
        except ValueError:
            target = location
        parts = _web_address(target, "it redirects to ")
        url = urlunsplit(parts)
        seen = (*self.seen, self.url)
        if before.scheme == "https" and parts.scheme == "http":
            raise Trouble(Outcome.REFUSED, "it redirects from https down to http")
        if self.posts and (before.scheme, before.netloc) != (parts.scheme, parts.netloc):
            raise Trouble(Outcome.REFUSED, f"it redirects our question to another server, {_host(parts)}")
        posts = self.posts and status != 303
        if url in seen and posts == self.posts:
            if self.cookie:
                raise Trouble(Outcome.BLOCKED, "the server wants a cookie before it shows anything, and we keep none")
            raise Trouble(Outcome.REFUSED, "it redirects in a circle")
        if len(seen) > max_redirects:
            raise Trouble(Outcome.REFUSED, f"it redirects more than {max_redirects} times")
        permanent = self.all_permanent and status in _PERMANENT
        moved_to = url if permanent else self.moved_to
        return replace(
            self, url=url, host=_host(parts), posts=posts, moved_to=moved_to, all_permanent=permanent, seen=seen
        )


def _web_address(url: str, prefix: str = "") -> SplitResult:
    """Split an http(s) address into sound parts, without a fragment; Trouble for all else."""
    url = url.strip()
    if _CONTROLS.search(url) or len(url) > _MAX_LENGTH:
        raise Trouble(Outcome.REFUSED, f"{prefix}an address that is not sound")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as fault:
        raise Trouble(Outcome.REFUSED, f"{prefix}an address that is not sound") from fault
    if parts.scheme not in ("http", "https"):
        raise Trouble(
            Outcome.REFUSED, f"{prefix}an address of kind “{parts.scheme[:20]}”; only http and https are asked"
        )
    if parts.username is not None or parts.password is not None:
        raise Trouble(Outcome.REFUSED, f"{prefix}an address with a user name or password in it")
    literal = parts.netloc.startswith("[")
    if not literal and not _HOST.fullmatch(host.removesuffix(".")):
        raise Trouble(Outcome.REFUSED, f"{prefix}an address without a sound server name")
    netloc = (f"[{host}]" if literal else host) + ("" if port is None else f":{port}")
    return parts._replace(
        netloc=netloc, path=quote(parts.path or "/", safe=_SAFE), query=quote(parts.query, safe=_SAFE), fragment=""
    )


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").removesuffix(".")
