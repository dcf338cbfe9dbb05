"""Children that die, all of them at once and with documents still waiting, never hold up the run."""

import asyncio
import contextlib
import time

import psutil
from feed_samples import WINDOW, item, rss, source

from pipeline.errors import SourceError
from pipeline.flow.parse_pool import Reader
from pipeline.model.source import Request

# Larger than what a pipe holds, so that documents pile up on their way to the children.
LARGE = rss(item(link="https://journal.example/1", description="word " * 40_000)).encode()


def children():
    return [p for p in psutil.Process().children(recursive=True) if "spawn_main" in command(p)]


def command(process):
    """What a process was started with; nothing for one that has died."""
    with contextlib.suppress(psutil.Error):
        return " ".join(process.cmdline())
    return ""


async def read(reader, count):
    asked = source()
    reading = (reader.read(asked, Request(asked.url), LARGE, {}, WINDOW) for _ in range(count))
    return await asyncio.gather(*reading, return_exceptions=True)


def test_when_all_children_die_every_waiting_document_is_still_answered():
    async def scene():
        with Reader(timeout=30.0, workers=2) as reader:
            await read(reader, 1)
            waiting = asyncio.ensure_future(read(reader, 40))
            await asyncio.sleep(0.2)
            for child in children():
                child.kill()
            return await asyncio.wait_for(waiting, 60)

    outcomes = asyncio.run(scene())
    lost = [told for told in outcomes if not getattr(told, "parsed", 0)]
    assert len(outcomes) == 40
    assert len(lost) <= 2, "only what the two children were reading"
    assert all(isinstance(told, SourceError) for told in lost)


def test_children_that_die_again_and_again_end_as_a_sentence_about_the_source():
    async def scene():
        with Reader(timeout=30.0, workers=1) as reader:
            reader.start()
            waiting = asyncio.ensure_future(read(reader, 1))
            until = time.monotonic() + 60
            while not waiting.done() and time.monotonic() < until:
                for child in children():
                    with contextlib.suppress(psutil.Error):
                        child.kill()
                await asyncio.sleep(0.01)
            return (await asyncio.wait_for(waiting, 1))[0]

    told = asyncio.run(scene())
    assert isinstance(told, SourceError)
    assert told.what.endswith("skipped")


def test_children_can_be_started_before_there_is_anything_to_read():
    async def scene():
        with Reader(timeout=30.0, workers=2) as reader:
            reader.start()
            reader.start()
            early = {child.pid for child in children()}
            await read(reader, 1)
            return early, {child.pid for child in children()}

    early, later = asyncio.run(scene())
    assert len(early) == 2
    assert early == later
