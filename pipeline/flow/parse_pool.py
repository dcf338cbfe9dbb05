"""Read answers in child processes that can be killed: one poisoned document costs only itself.

Children are started afresh (spawn), ignore Ctrl-C, may take a gigabyte of memory, and are replaced after a
few hundred documents. The parsers are loaded there alone.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Mapping
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from importlib import import_module
from multiprocessing.context import SpawnContext, SpawnProcess
from time import monotonic
from types import TracebackType
from typing import Any, Self

from pebble import ProcessExpired, ProcessPool

from pipeline.errors import SourceError
from pipeline.model.source import Page, Request, Source, Window
from pipeline.sources import kind

MEMORY = 1 << 30
"""Bytes of address space a child may take."""

DOCUMENTS = 400
"""Documents a child reads before a fresh one takes its place, so that no leak can grow."""

TRIES = 3
"""How often a document is given to fresh children when those before it could not go on."""

_LOOK = 0.5  # seconds between two looks whether the children are still at work
_STARTING = 10.0  # seconds that starting a child may take on a busy machine


class Reader:
    """A few children that read. A context manager; children start at `start` or the first document, not before.

    `timeout` is in seconds a document, `memory` in bytes a child.
    """

    def __init__(self, *, timeout: float, workers: int = 2, memory: int = MEMORY) -> None:
        self._timeout = timeout
        self._workers = workers
        self._memory = memory
        self._pool: ProcessPool | None = None
        self._children = _Children()
        self._moved = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind_: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stop(self._pool)

    def start(self) -> None:
        """Start the children now, so that they are ready when the first answer comes."""
        if self._pool is None:
            self._started().schedule(_nothing)

    async def read(
        self, source: Source, request: Request, answer_body: bytes, headers: Mapping[str, str], window: Window
    ) -> Page:
        """Read one answer by its source's kind.

        Raises SourceError for what the kind can't read, for what takes more than `timeout` seconds, and for a
        document that kills its reader. Cancelling kills the child.
        """
        plain = replace(source, options=dict(source.options))
        for _ in range(TRIES):
            try:
                return await self._once(plain, request, answer_body, dict(headers), window)
            except BrokenProcessPool:
                continue  # a child that dies between two documents takes all that wait with it: they are asked again
        raise SourceError("could not start a process to read it: skipped")

    async def _once(
        self, source: Source, request: Request, body: bytes, headers: Mapping[str, str], window: Window
    ) -> Page:
        """Read in a child; raises BrokenProcessPool where there is none to be had."""
        pool = self._started()
        try:
            page = pool.schedule(_read, args=(source, request, body, headers, window), timeout=self._timeout)
        except RuntimeError as broke:  # just now
            raise BrokenProcessPool from broke
        waiting = asyncio.wrap_future(page)
        self._moved = monotonic()
        try:
            # Of a pool that breaks, some of what waits is never heard of again: so it is looked after.
            while not (await asyncio.wait({waiting}, timeout=_LOOK))[0]:
                if pool is not self._pool or self._stuck(pool):
                    self._stop(pool)
                    raise BrokenProcessPool
            return waiting.result()
        except TimeoutError:
            raise SourceError(f"took more than {self._timeout:g} s to read: skipped") from None
        except ProcessExpired as expired:
            raise SourceError(f"the process reading it crashed (exit {expired.exitcode}): skipped") from None
        except MemoryError:
            raise SourceError("took too much memory to read: skipped") from None
        finally:
            self._moved = monotonic()
            waiting.cancel()

    def _started(self) -> ProcessPool:
        """Give the pool of children, a fresh one where there is none or it broke."""
        if self._pool is not None and not self._pool.active:
            self._stop(self._pool)
        if self._pool is None:
            self._pool = ProcessPool(
                max_workers=self._workers,
                max_tasks=DOCUMENTS,
                initializer=_prepare,
                initargs=(self._memory,),
                context=self._children,
            )
        return self._pool

    def _stuck(self, pool: ProcessPool) -> bool:
        """Tell whether the children can't go on: broken, or no document came or went for longer than any may take."""
        return not pool.active or monotonic() - self._moved > self._timeout + _STARTING

    def _stop(self, pool: ProcessPool | None) -> None:
        """End children, whatever they are at; nothing where they were ended before."""
        if pool is not None and pool is self._pool:
            self._pool = None
            pool.stop()  # type: ignore[no-untyped-call]  # pebble has no types
            self._children.end()
            pool.join()


class _Children(SpawnContext):
    """Starts children afresh, and ends them; those that are still starting too.

    The pool takes its locks away before it ends its children: one that is still on its way to them says so with a
    traceback, into the terminal of whoever pressed Ctrl-C.
    """

    def __init__(self) -> None:
        self._started: list[SpawnProcess] = []

    def Process(self, *args: Any, **named: Any) -> SpawnProcess:  # type: ignore[override]  # noqa: N802
        """Make a child, as the pool asks for one."""
        self._started = [*(each for each in self._started if each.is_alive()), SpawnProcess(*args, **named)]
        return self._started[-1]

    def end(self) -> None:
        """End all children, whatever they are at."""
        for each in self._started:
            if each.is_alive():
                each.terminate()


def _read(source: Source, request: Request, body: bytes, headers: Mapping[str, str], window: Window) -> Page:
    """Read in the child."""
    return kind(source.kind).read(source, request, body, headers, window)


def _nothing() -> None:
    """Do nothing in the child: it is ready then."""


def _prepare(memory: int) -> None:
    """Make a child ready: Ctrl-C is the parent's business, memory is bounded, the parsers are loaded."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        resource = import_module("resource")
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    except (ImportError, OSError, ValueError):
        pass  # not every system has such a limit; the time-out stays
    for name in ("entries", "jsonfeed", "sniff", "xmlfeed"):
        import_module(f"pipeline.sources.parts.{name}")
