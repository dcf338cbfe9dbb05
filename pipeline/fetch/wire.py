"""The wire: one request out, one reply in, every failure named. With `gate`, the only file that knows the HTTP client.

It is the client's transport (httpcore2) that is used, for the client itself reads cookies and redirects on its own
and raises on some of them; of the client only the reading of addresses is taken.

Two pools of connections, one for public sources and one for those on the own machine: a connection that
was opened for the one is never used for the other.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import httpcore2
import httpx2

from pipeline.fetch.gate import Gate
from pipeline.fetch.guard import Network
from pipeline.fetch.heads import SKIPPED, clause
from pipeline.fetch.inflate import ACCEPTED, Inflater, too_large
from pipeline.fetch.trouble import Trouble
from pipeline.fetch.verdict import Reply
from pipeline.model.settings import Fetching
from pipeline.model.source import Outcome

_WHOLE = frozenset({200, 203, 206, 226})
_PEEK_BYTES = 16 * 1024
_PEEK_SECONDS = 2.0
_MAX_HEADERS = 500
_KEEP_ALIVE = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request for the wire; `own` is for sources declared on the own machine."""

    url: str
    own: bool
    headers: Mapping[str, bytes] = field(default_factory=dict)
    body: bytes | None = None


class Wire:
    """Holds the connections. Made once a run, closed at its end."""

    def __init__(self, policy: Fetching, *, agent: str, network: Network) -> None:
        self._policy = policy
        self._agent = agent
        self._network = network
        self._lookups = ThreadPoolExecutor(max_workers=4 * policy.at_once, thread_name_prefix="lookup")
        self._pools: dict[bool, httpcore2.AsyncConnectionPool] = {}

    def open(self, *, own: bool) -> httpcore2.AsyncConnectionPool:
        """Make the connections ready, before anything is timed: loading certificates takes a tenth of a second."""
        if own not in self._pools:
            network, permit = self._network, self._network.own if own else self._network.public
            self._pools[own] = httpcore2.AsyncConnectionPool(
                # On the own machine https is so rare that the certificates are loaded only when it comes to that.
                ssl_context=None if own else httpx2.create_ssl_context(trust_env=False),
                max_connections=self._policy.at_once,
                keepalive_expiry=_KEEP_ALIVE,
                network_backend=Gate(network.resolve, permit, self._lookups, own=own),
            )
        return self._pools[own]

    async def aclose(self) -> None:
        """Close every connection. A name that is still being looked up is not waited for."""
        for pool in self._pools.values():
            await pool.aclose()
        self._lookups.shutdown(wait=False, cancel_futures=True)

    async def exchange(self, call: Call) -> Reply:
        """Send one request and read its reply within all bounds; Trouble for whatever goes wrong."""
        while True:
            progress = _Progress()
            try:
                return await self._exchange(call, progress)
            except (httpcore2.ReadError, httpcore2.WriteError, httpcore2.RemoteProtocolError) as fault:
                # A kept connection may have been closed by the other side just now: that tells nothing
                # about the server, and there are at most as many of them as connections.
                if progress.connected or progress.answered:
                    raise _named(fault, progress, self._policy) from fault
            except (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.TimeoutException, OSError) as fault:
                raise _named(fault, progress, self._policy) from fault

    async def _exchange(self, call: Call, progress: _Progress) -> Reply:
        host, target = _target(call.url)
        headers = {
            "Host": host,
            "User-Agent": self._agent.encode("latin-1"),
            "Accept-Encoding": ACCEPTED.encode(),
            **call.headers,
        }
        policy = self._policy
        timeouts = {"connect": policy.connect_timeout, "read": policy.read_timeout, "write": policy.read_timeout}
        async with self.open(own=call.own).stream(
            "GET" if call.body is None else "POST",
            target,
            headers=[(name.encode("ascii"), value) for name, value in headers.items()],
            content=call.body,
            extensions={"timeout": timeouts, "trace": progress.trace},
        ) as response:
            progress.answered = True
            skipped = response.extensions["network_stream"].get_extra_info(SKIPPED)
            reply = Reply(status=response.status, headers=_headers(response.headers), note=clause(skipped or ()))
            read = self._whole if reply.status in _WHOLE else _peek
            return replace(reply, body=await read(response, reply))

    async def _whole(self, response: httpcore2.Response, reply: Reply) -> bytes:
        policy = self._policy
        codings = ",".join(reply.headers.get("content-encoding", ()))
        inflater = Inflater(codings, max_bytes=policy.max_bytes, max_ratio=policy.max_ratio)
        announced = reply.header("content-length")
        if announced.isdigit() and int(announced) > policy.max_bytes:
            raise too_large(policy.max_bytes)
        async for chunk in response.aiter_stream():
            inflater.feed(chunk)
        return inflater.finish()


@dataclass(slots=True)
class _Progress:
    """How far one exchange came: whether it opened a connection of its own, and whether headers arrived."""

    connected: bool = False
    answered: bool = False

    async def trace(self, event: str, _: Mapping[str, object]) -> None:
        if event == "connection.connect_tcp.started":
            self.connected = True


async def _peek(response: httpcore2.Response, _: Reply) -> bytes:
    """Read the first few KB of a page that is not wanted: for signs of a bot wall, and to keep the connection."""
    start = bytearray()
    try:
        async with asyncio.timeout(_PEEK_SECONDS):
            async for chunk in response.aiter_stream():
                start += chunk
                if len(start) > _PEEK_BYTES:
                    break
    except (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.TimeoutException, OSError):
        pass  # the status has been said; how its page ends does not matter (TimeoutError is an OSError)
    return bytes(start[:_PEEK_BYTES])


def _target(url: str) -> tuple[bytes, httpcore2.URL]:
    """Split an address into what stands in the Host header and what is connected to and asked there."""
    try:
        parts = httpx2.URL(url)
        target = httpcore2.URL(scheme=parts.raw_scheme, host=parts.raw_host, port=parts.port, target=parts.raw_path)
    except (httpx2.InvalidURL, UnicodeError) as fault:  # UnicodeError: a name that IDNA knows no way to write
        raise Trouble(Outcome.REFUSED, "its address is not sound") from fault
    return parts.netloc, target


def _headers(raw: list[tuple[bytes, bytes]]) -> dict[str, tuple[str, ...]]:
    """Take headers byte for byte: Latin-1 there is Latin-1 back."""
    if len(raw) > _MAX_HEADERS:
        raise Trouble(Outcome.NETWORK, f"the server sends {len(raw):,} header lines")
    headers: dict[str, tuple[str, ...]] = {}
    for name, value in raw:
        key = name.decode("latin-1").lower()
        headers[key] = (*headers.get(key, ()), value.decode("latin-1"))
    return headers


def _named(fault: Exception, progress: _Progress, policy: Fetching) -> Trouble:
    """Put a failure of the network into an outcome and a clause."""
    if isinstance(fault, httpcore2.ConnectTimeout):
        return Trouble(Outcome.TIMEOUT, f"the server does not respond within {policy.connect_timeout:g} s")
    if isinstance(fault, httpcore2.TimeoutException):
        return Trouble(Outcome.TIMEOUT, f"the server sends nothing for {policy.read_timeout:g} s")
    if (tls := _tls(fault)) is not None:
        return Trouble(Outcome.NETWORK, tls)
    if isinstance(fault, httpcore2.ConnectError):
        return Trouble(Outcome.NETWORK, "no connection to the server can be made", again=True)
    if progress.answered:
        if isinstance(fault, httpcore2.RemoteProtocolError) and "closed connection" not in str(fault):
            return Trouble(Outcome.NETWORK, "the server breaks the rules of HTTP half way")
        return Trouble(Outcome.NETWORK, "the server closed the connection half way: the answer is truncated")
    if isinstance(fault, httpcore2.RemoteProtocolError):
        if "disconnected" in str(fault):
            return Trouble(Outcome.NETWORK, "the server closed the connection without an answer")
        return Trouble(Outcome.NETWORK, "what the server sends is not proper HTTP")
    return Trouble(Outcome.NETWORK, "the connection broke before an answer came")


def _tls(fault: BaseException | None) -> str | None:
    while fault is not None and not isinstance(fault, ssl.SSLError):
        fault = fault.__cause__ or fault.__context__
    if fault is None:
        return None
    if isinstance(fault, ssl.SSLCertVerificationError):
        return f"the server's certificate can't be trusted: {fault.verify_message}"
    reason = re.sub(r"[^A-Za-z0-9 ]+", " ", fault.reason or "").lower().strip()
    return "no secure connection can be made" + (f": {reason}" if reason else "")
