"""Politeness: how many at once and a host, how long between two; and a time budget that our own waiting spares."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import monotonic

from pipeline.fetch.trouble import Trouble
from pipeline.model.source import Outcome


class Budget:
    """The seconds one request may take on the network, over all its hops and tries."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self.spent = 0.0

    @asynccontextmanager
    async def spend(self) -> AsyncIterator[None]:
        """Run what is inside against the rest of the budget; when it is used up, that is a Trouble."""
        start = monotonic()
        try:
            async with asyncio.timeout(max(self._seconds - self.spent, 0)):
                yield
        except TimeoutError as fault:
            raise Trouble(Outcome.TIMEOUT, f"the answer takes more than {self._seconds:g} s") from fault
        finally:
            self.spent += monotonic() - start


@dataclass(slots=True)
class _Host:
    """How one host is being treated. `lock` makes its starts one after another."""

    places: asyncio.Semaphore
    lock: asyncio.Lock
    next_start: float = 0.0
    rests_until: float = 0.0


class Pace:
    """Hands out slots: at most `at_once` in all, `per_host` a host, `pause` seconds between two starts on a host.

    A host that rests longer than `patience` seconds is not waited for.
    """

    def __init__(self, *, at_once: int, per_host: int, pause: float, patience: float) -> None:
        self._all = asyncio.Semaphore(at_once)
        self._per_host = per_host
        self._pause = pause
        self._patience = patience
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def slot(self, host: str, *, free: bool = False) -> AsyncIterator[None]:
        """Wait for a slot on a host; `free` minds the overall bound alone (the own machine)."""
        if free:
            async with self._all:
                yield
            return
        place = self._host(host)
        async with place.places:
            # The overall place is taken before the host's clock is set: else two starts that both
            # waited for it would then come together.
            async with place.lock:
                await self._until_due(place, host)
                await self._all.acquire()
                place.next_start = monotonic() + self._pause
            try:
                yield
            finally:
                self._all.release()

    def rest(self, host: str, seconds: float) -> None:
        """Leave a host alone for a while; infinity is the rest of the run."""
        place = self._host(host)
        place.rests_until = max(place.rests_until, monotonic() + seconds)

    def _host(self, host: str) -> _Host:
        if host not in self._hosts:
            self._hosts[host] = _Host(asyncio.Semaphore(self._per_host), asyncio.Lock())
        return self._hosts[host]

    async def _until_due(self, place: _Host, host: str) -> None:
        while (wait := max(place.next_start, place.rests_until) - monotonic()) > 0:
            rest = place.rests_until - monotonic()
            if rest > self._patience:
                known = None if math.isinf(rest) else rest
                note = f"not asked: {host} told us to slow down in this run"
                raise Trouble(Outcome.RATE_LIMITED, note, retry_after=known)
            await asyncio.sleep(wait)
