"""Read answers in child processes that can be killed: one poisoned document costs only itself.

Children are started afresh (spawn), ignore Ctrl-C, may take a gigabyte of memory, and are replaced after a
hundred documents. The parsers are loaded there alone.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
from collections.abc import Mapping
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from importlib import import_module
from types import TracebackType
from typing import Self

from pebble import ProcessExpired, ProcessPool

from pipeline.errors import SourceError
from pipeline.model.source import Page, Request, Source, Window
from pipeline.sources import kind

MEMORY = 1 << 30
"""Bytes of address space a child may take."""

DOCUMENTS = 100
"""Documents a child reads before a fresh one takes its place, so that no leak can grow."""


class Reader:
    """A few children that read. A context manager; children start at the first document, not before.

    `timeout` is in seconds a document, `memory` in bytes a child.
    """

    def __init__(self, *, timeout: float, workers: int = 2, memory: int = MEMORY) -> None:
        self._timeout = timeout
        self._workers = workers
        self._memory = memory
        self._pool: ProcessPool | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind_: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stop()

    async def read(
        self, source: Source, request: Request, answer_body: bytes, headers: Mapping[str, str], window: Window
    ) -> Page:
        """Read one answer by its source's kind.

        Raises SourceError for what the kind can't read, for what takes more than `timeout` seconds, and for a
        document that kills its reader. Cancelling kills the child.
        """
        plain = replace(source, options=dict(source.options))
        asked = (plain, request, answer_body, dict(headers), window)
        try:
            return await self._once(*asked)
        except BrokenProcessPool:
            pass  # a child that dies between two documents takes all that wait with it: they are asked again
        try:
            return await self._once(*asked)
        except BrokenProcessPool:
            raise SourceError("no reader could be started: skipped") from None

    async def _once(
        self, source: Source, request: Request, body: bytes, headers: Mapping[str, str], window: Window
    ) -> Page:
        """Read in a child; raises BrokenProcessPool where there is none to be had."""
        future = self._started().schedule(_read, args=(source, request, body, headers, window), timeout=self._timeout)
        try:
            return await asyncio.wrap_future(future)
        except TimeoutError:
            raise SourceError(f"took more than {self._timeout:g} s to read: skipped") from None
        except ProcessExpired as expired:
            raise SourceError(f"its reader died on it (exit {expired.exitcode}): skipped") from None
        except MemoryError:
            raise SourceError("took too much memory to read: skipped") from None

    def _started(self) -> ProcessPool:
        """Give the pool of children, a fresh one where there is none or it broke."""
        if self._pool is not None and not self._pool.active:
            self._stop()
        if self._pool is None:
            self._pool = ProcessPool(
                max_workers=self._workers,
                max_tasks=DOCUMENTS,
                initializer=_prepare,
                initargs=(self._memory,),
                context=multiprocessing.get_context("spawn"),
            )
        return self._pool

    def _stop(self) -> None:
        """End the children, whatever they are at."""
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None


def _read(source: Source, request: Request, body: bytes, headers: Mapping[str, str], window: Window) -> Page:
    """Read in the child."""
    return kind(source.kind).read(source, request, body, headers, window)


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
