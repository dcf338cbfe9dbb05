"""A document that stalls, crashes or swallows memory costs only itself."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from types import MappingProxyType

import psutil
import pytest
from feed_samples import WINDOW, item, rss, source
from newsrooms import REPO

from pipeline.errors import SourceError
from pipeline.flow.parse_pool import Reader
from pipeline.model.source import Request

GOOD = rss(item(link="https://journal.example/1")).encode()
# Cleaning takes quadratic time on nested elements. Each field is cut, so it takes many to stall a reader.
STALLING = rss(*["<item><description><![CDATA[" + "<div>" * 3_200 + "]]></description></item>"] * 800).encode()
HUNGRY = b'{"version": "https://jsonfeed.org/version/1", "items": [' + b"[[]]," * 3_000_000 + b"0]}"


async def outcomes(reader, *bodies, **fields):
    """Read bodies at once; a page or the refusal for each."""
    asked = source(**fields)
    return await asyncio.gather(
        *(reader.read(asked, Request(asked.url), body, {}, WINDOW) for body in bodies), return_exceptions=True
    )


def run(*bodies, timeout=30.0, workers=1, memory=1 << 30, **fields):
    with Reader(timeout=timeout, workers=workers, memory=memory) as reader:
        return asyncio.run(outcomes(reader, *bodies, **fields))


def children():
    return [p for p in psutil.Process().children(recursive=True) if "spawn_main" in " ".join(p.cmdline())]


def test_a_page_comes_back_from_the_child_whole():
    (page,) = run(GOOD)
    assert (page.parsed, page.entries[0].title, page.entries[0].link) == (1, "A title", "https://journal.example/1")


def test_a_refusal_comes_back_with_what_it_says():
    opml, page = run(b"<opml/>", b"<html></html>")
    assert isinstance(opml, SourceError)
    assert (opml.what, opml.page) == ("not a feed: a list of feeds (opml)", False)
    assert page.page


def test_options_and_headers_of_any_mapping_are_sent_over():
    (page,) = run(GOOD, options=MappingProxyType({"words": ("a",)}))
    assert page.parsed == 1


def test_a_document_that_stalls_is_given_up_and_the_next_is_read():
    stalled, good = run(STALLING, GOOD, timeout=2.0)
    assert isinstance(stalled, SourceError)
    assert stalled.what == "took more than 2 s to read: skipped"
    assert good.parsed == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux is sure to hold a process to its memory")
def test_a_document_that_swallows_memory_is_given_up_and_the_next_is_read():
    hungry, good = run(HUNGRY, GOOD, memory=400 << 20)
    assert isinstance(hungry, SourceError)
    assert "memory" in hungry.what or "died" in hungry.what
    assert good.parsed == 1


def test_a_child_that_dies_costs_one_document():
    async def scene():
        with Reader(timeout=30.0, workers=1) as reader:
            await outcomes(reader, GOOD)
            (child,) = children()
            reading = asyncio.ensure_future(outcomes(reader, STALLING))
            await asyncio.sleep(1.0)
            child.kill()
            (lost,) = await reading
            return lost, (await outcomes(reader, GOOD))[0]

    lost, good = asyncio.run(scene())
    assert isinstance(lost, SourceError)
    assert "crashed" in lost.what
    assert good.parsed == 1


def test_a_child_that_dies_between_two_documents_costs_none():
    async def scene():
        with Reader(timeout=30.0, workers=1) as reader:
            await outcomes(reader, GOOD)
            children()[0].kill()
            return await outcomes(reader, *[GOOD] * 5)

    assert [page.parsed for page in asyncio.run(scene())] == [1] * 5


def test_children_are_replaced_and_every_document_is_read():
    assert [page.parsed for page in run(*[GOOD] * 230, workers=2)] == [1] * 230


def test_ctrl_c_is_the_parents_business():
    async def scene():
        with Reader(timeout=30.0, workers=1) as reader:
            await outcomes(reader, GOOD)
            (child,) = children()
            os.kill(child.pid, signal.SIGINT)
            await asyncio.sleep(0.2)
            return (await outcomes(reader, GOOD))[0], [p.pid for p in children()] == [child.pid]

    page, same = asyncio.run(scene())
    assert page.parsed == 1
    assert same


def test_no_child_is_started_for_nothing_and_none_is_left_behind():
    with Reader(timeout=5.0):
        assert children() == []
    run(GOOD)
    until = time.monotonic() + 5
    while children() and time.monotonic() < until:
        time.sleep(0.05)
    assert children() == []


STARTED_AND_ENDED = """
import time
from pipeline.flow.parse_pool import Reader
if __name__ == "__main__":
    for n in range(16):
        with Reader(timeout=5.0, workers=4) as reader:
            reader.start()
            time.sleep(0.02 * n)
"""


def test_children_that_are_still_starting_end_without_a_word(tmp_path):
    script = tmp_path / "started.py"
    script.write_text(STARTED_AND_ENDED)
    done = subprocess.run(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": str(REPO)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_parent_never_loads_the_parsers():
    said = subprocess.run(
        [sys.executable, "-c", ("import sys, pipeline.flow.parse_pool, pipeline.sources as s; s.kinds();"
         "print([m for m in ('feedparser', 'nh3', 'httpx2') if m in sys.modules])")],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert said.stdout.strip() == "[]"
