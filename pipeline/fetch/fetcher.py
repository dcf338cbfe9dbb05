"""Ask for what a source wants, once, within all bounds; exactly one Answer, whatever a server does."""

from __future__ import annotations

import asyncio
import math
import random
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self
from urllib.parse import urlsplit

from pipeline.fetch.guard import Network, on_own_machine
from pipeline.fetch.pace import Budget, Pace
from pipeline.fetch.trail import REDIRECTS, Trail
from pipeline.fetch.trouble import Trouble
from pipeline.fetch.verdict import Reply, is_reserved, judge, retry_after, useful_headers
from pipeline.model.settings import Fetching
from pipeline.model.source import Answer, Kept, Outcome, Request

if TYPE_CHECKING:
    from pipeline.fetch.wire import Wire

_LONGEST_WAIT = 10.0  # seconds we wait for a server that says when to come back; longer is for another run
_SHORTEST_WAIT = 0.1
_FIRST_BACKOFF = 0.5
_BELIEVED = timedelta(days=7)
_TRY_AGAIN = frozenset({502, 504})


class Cache(Protocol):
    """Where bodies and their validators are kept together, by declared address."""

    def get(self, url: str) -> Kept | None:
        """Give what is kept, if anything."""

    def put(self, url: str, kept: Kept) -> None:
        """Keep a body with its validators."""


@dataclass(frozen=True, slots=True)
class _Question:
    """A request with what stands around it: what we hold of it, whose it is, and the time it has."""

    request: Request
    kept: Kept | None
    own: bool
    budget: Budget


class Fetcher:
    """The door: an async context manager with one question, `ask`.

    `agent` is the User-Agent, honest and with a contact. `network` is for tests. `now` is the moment of the run, by
    which a kept body grows old: without it, “not modified” is believed for ever.
    """

    def __init__(
        self,
        policy: Fetching,
        *,
        agent: str,
        cache: Cache | None = None,
        network: Network | None = None,
        now: datetime | None = None,
    ) -> None:
        self._today = now.date() if now is not None else None
        self._policy = policy
        self._agent = agent
        self._cache = cache
        self._network = network or Network()
        self._patience = min(_LONGEST_WAIT, policy.max_retry_after)
        self._pace = Pace(at_once=policy.at_once, per_host=policy.per_host, pause=policy.pause, patience=self._patience)
        self._wire: Wire | None = None

    async def __aenter__(self) -> Self:
        from pipeline.fetch.wire import Wire  # noqa: PLC0415  the HTTP client takes a tenth of a second to load

        self._wire = Wire(self._policy, agent=self._agent, network=self._network)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._wire is not None:
            await self._wire.aclose()
            self._wire = None

    async def ask(self, request: Request, *, origin: str) -> Answer:
        """Get one answer; `origin` is the source's declared address and decides what may be reached.

        Never raises for what a server or the network does. Times are in seconds, own waiting not counted.
        """
        question = _Question(request, self._kept(request), on_own_machine(origin), Budget(self._policy.total_timeout))
        tries = 0
        while True:
            answer, again = await self._attempt(question)
            wait = self._wait(answer, again=again, tries=tries)
            if answer.status == 429 and not question.own:
                self._rest(answer, final=wait is None and tries > 0)
            if wait is None:
                return replace(answer, seconds=round(question.budget.spent, 3))
            await asyncio.sleep(wait)
            tries += 1

    def keep(self, request: Request, answer: Answer) -> None:
        """Keep a new body with its validators, once it has been read as what it should be."""
        if answer.outcome is Outcome.OK and answer.body is not None and _may_keep(request) and self._cache is not None:
            self._cache.put(request.url, self._as_kept(answer, None))

    async def _attempt(self, question: _Question) -> tuple[Answer, bool]:
        """Go the whole way once; tells also whether another try may help."""
        request = question.request
        trail: Trail | None = None
        try:
            trail = Trail.start(request.url, posts=request.body is not None)
            conditional = self._is_believed(question.kept)
            while True:
                reply = await self._exchange(question, trail, conditional=conditional)
                if reply.status in REDIRECTS:
                    location = _decoded(reply.header("location"))
                    trail = replace(trail, cookie=trail.cookie or "set-cookie" in reply.headers)
                    trail = trail.step(reply.status, location, max_redirects=self._policy.max_redirects)
                elif reply.status == 304 and conditional and not _is_revalidated(question):
                    conditional = False
                else:
                    return self._answer(question, trail, reply), reply.status in _TRY_AGAIN
        except Trouble as trouble:
            here = request.url if trail is None else trail.url
            answer = Answer(
                url=request.url,
                outcome=trouble.outcome,
                note=trouble.note,
                final_url=here,
                retry_after=trouble.retry_after,
            )
            return answer, trouble.again

    async def _exchange(self, question: _Question, trail: Trail, *, conditional: bool) -> Reply:
        from pipeline.fetch.wire import Call  # noqa: PLC0415  see __aenter__

        if self._wire is None:
            raise RuntimeError("a Fetcher asks only inside its `async with`")
        request = question.request
        headers = {"Accept": request.accept.encode("latin-1")}
        body = request.body if trail.posts else None
        if body is not None:
            headers["Content-Type"] = request.content_type.encode("latin-1")
        headers |= _conditions(question.kept) if conditional else {"Cache-Control": b"no-cache"}
        call = Call(url=trail.url, own=question.own, headers=headers, body=body)
        self._wire.open(own=question.own)
        async with self._pace.slot(trail.host, free=question.own), question.budget.spend():
            return await self._wire.exchange(call)

    def _answer(self, question: _Question, trail: Trail, reply: Reply) -> Answer:
        """Judge a reply and join it with what was kept."""
        outcome, note = judge(reply)
        kept = question.kept
        headers = useful_headers(reply)
        answer = Answer(
            url=question.request.url,
            outcome=outcome,
            status=reply.status,
            body=reply.body if outcome is Outcome.OK else None,
            headers=headers,
            final_url=trail.url,
            moved_to=trail.moved_to if outcome is Outcome.OK else "",
            reserved=is_reserved(reply),
            retry_after=retry_after(reply) if reply.status in (429, 503) else None,
            note=note,
        )
        if reply.status == 304 and kept is not None and _is_revalidated(question):
            headers = _headers_of(kept) | headers
            answer = replace(
                answer,
                outcome=Outcome.NOT_MODIFIED,
                body=kept.body,
                headers=headers,
                moved_to=trail.moved_to,
                note="",
            )
        elif outcome is Outcome.OK and kept is not None and reply.body == kept.body:
            answer = replace(answer, outcome=Outcome.UNCHANGED)
        self._refresh(question, answer)
        return answer

    def _refresh(self, question: _Question, answer: Answer) -> None:
        """Renew both validators of a body that stayed the same; many readers of feeds lose them here."""
        if answer.outcome not in (Outcome.NOT_MODIFIED, Outcome.UNCHANGED) or answer.body is None:
            return
        fresh = self._as_kept(answer, question.kept)
        if self._cache is not None and fresh != question.kept:
            self._cache.put(question.request.url, fresh)

    def _rest(self, answer: Answer, *, final: bool) -> None:
        """Leave the host alone: as long as it says; when it does not say, or says so again, for the rest of the run."""
        named = answer.retry_after
        seconds = math.inf if final or named is None else named
        self._pace.rest(urlsplit(answer.final_url).hostname or "", seconds)

    def _wait(self, answer: Answer, *, again: bool, tries: int) -> float | None:
        """Say how long to wait before asking once more; None when this answer stands."""
        if tries >= self._policy.retries or answer.good:
            return None
        if answer.status in (429, 503) and answer.outcome in (Outcome.RATE_LIMITED, Outcome.SERVER_ERROR):
            named = answer.retry_after
            return None if named is None or named > self._patience else max(named, _SHORTEST_WAIT)
        if again:
            return _FIRST_BACKOFF * float(2**tries) * random.uniform(0.75, 1.25)  # noqa: S311  no secret
        return None

    def _as_kept(self, answer: Answer, old: Kept | None) -> Kept:
        """What is kept of a body, and the day on which it last came whole."""
        headers, whole = answer.headers, self._today.isoformat() if self._today else ""
        return Kept(
            body=answer.body or b"",
            etag=headers.get("etag", ""),
            last_modified=headers.get("last-modified", ""),
            content_type=headers.get("content-type", ""),
            whole=old.whole if old is not None and answer.status == 304 else whole,
        )

    def _is_believed(self, kept: Kept | None) -> bool:
        """Whether “not modified” is taken for true.

        Some servers say so for ever: a week after the body last came whole, it is asked for once more.
        """
        if self._today is None or kept is None:
            return True
        return bool(kept.whole) and self._today - date.fromisoformat(kept.whole) < _BELIEVED

    def _kept(self, request: Request) -> Kept | None:
        return self._cache.get(request.url) if self._cache is not None and _may_keep(request) else None


def _may_keep(request: Request) -> bool:
    return request.cached and request.body is None


def _conditions(kept: Kept | None) -> dict[str, bytes]:
    """Give back the validators byte for byte, as far as they can stand in a header."""
    if kept is None:
        return {}
    pairs = (("If-None-Match", kept.etag), ("If-Modified-Since", kept.last_modified))
    return {name: value.encode("latin-1") for name, value in pairs if value and _fits_a_header(value)}


def _is_revalidated(question: _Question) -> bool:
    return bool(_conditions(question.kept))


def _fits_a_header(value: str) -> bool:
    return all("\x20" <= char <= "\x7e" or "\x80" <= char <= "\xff" for char in value) and value == value.strip()


def _headers_of(kept: Kept) -> dict[str, str]:
    pairs = (("etag", kept.etag), ("last-modified", kept.last_modified), ("content-type", kept.content_type))
    return {name: value for name, value in pairs if value}


def _decoded(location: str) -> str:
    """Read a Location as UTF-8, which many servers send though RFC 9110 knows ASCII alone."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return location
