"""Opens connections, to permitted addresses alone: looked up, checked, then connected to by that number."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import httpcore2

from pipeline.fetch.guard import IP, Permit, Resolve
from pipeline.fetch.heads import SoundHeads
from pipeline.fetch.trouble import Trouble
from pipeline.model.source import Outcome


class Gate(httpcore2.AsyncNetworkBackend):
    """Opens connections to permitted addresses alone."""

    def __init__(self, resolve: Resolve, permit: Permit, lookups: ThreadPoolExecutor, *, own: bool) -> None:
        self._resolve = resolve
        self._permit = permit
        self._lookups = lookups
        self._own = own
        self._net = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  the client's interface
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Look the host up, check every address, and try the permitted ones in turn."""
        started = monotonic()
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._resolve(host, port, self._lookups)
        except TimeoutError as fault:
            raise Trouble(Outcome.TIMEOUT, f"the name {host} can't be looked up within {timeout:g} s") from fault
        permitted = tuple(address for address in addresses if self._permit(address))
        if not permitted:
            raise Trouble(Outcome.REFUSED, _closed(host, own=self._own))
        left = None if timeout is None else max(timeout - (monotonic() - started), 0.1)
        return await self._first(permitted, port, left, local_address, socket_options)

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109  the client's interface
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,  # noqa: ARG002  as above
    ) -> httpcore2.AsyncNetworkStream:
        """Refuse: nothing we ask lives there."""
        raise Trouble(Outcome.REFUSED, f"{path} is not on the network")

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)

    async def _first(
        self,
        addresses: tuple[IP, ...],
        port: int,
        left: float | None,
        local_address: str | None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None,
    ) -> httpcore2.AsyncNetworkStream:
        share = None if left is None else left / len(addresses)
        for address in addresses[:-1]:
            try:
                return SoundHeads(await self._net.connect_tcp(str(address), port, share, local_address, socket_options))
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue
        return SoundHeads(await self._net.connect_tcp(str(addresses[-1]), port, share, local_address, socket_options))


def _closed(host: str, *, own: bool) -> str:
    if own:
        return f"{host} is not on this machine, and a source on this machine may not redirect elsewhere"
    return f"{host} is an address on a private network, which no source may lead to"
