"""The door to Pagefind, which makes the index of search: a program of its own that is installed beside this one.

It is given small pages that hold nothing but what can be found, never the archive's own: what it finds does not hang on
how templates look. Of what it writes, only what our search page loads is taken over.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from fnmatch import fnmatchcase
from functools import partial
from html import escape
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from pipeline.errors import PipelineError, UsageError
from pipeline.model.issue import OnDemand
from pipeline.model.search import SearchEntry

PATIENCE = 900.0
"""Seconds that Pagefind gets; 3,600 items take it a few."""

_NEEDED = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "*.pf_meta", "fragment/*", "index/*")
"""What a search loads; the rest is Pagefind's own boxes and buttons."""

_PAGE = """\
<!DOCTYPE html>
<html lang="{language}"><head><title>{title}</title></head><body data-pagefind-body>
<h1 data-pagefind-meta="title">{title}</h1>
<p data-pagefind-meta="about">{about}</p>
<p data-pagefind-meta="line">{line}</p>
<p>{words}</p>
<a data-pagefind-meta="url[href]" href="{address}"></a>
</body></html>
"""


def program() -> str:
    """Name the Pagefind that is here, with its version; raises UsageError where there is none."""
    if not all(map(find_spec, ("pagefind", "pagefind_bin"))):
        raise UsageError(
            "Search needs Pagefind, which is not installed here. Install it where Hopeline is, and try again:\n\n"
            f"  {sys.executable} -m pip install 'pagefind[bin]>=1.5,<2'"
        )
    return f"pagefind {metadata.version('pagefind_bin')}"


@contextmanager
def indexed(entries: Iterable[SearchEntry], language: str) -> Iterator[Mapping[str, bytes]]:
    """Give the files of an index for as long as the block runs, by path; raises PipelineError where none was made."""
    with tempfile.TemporaryDirectory(prefix="hope-search-") as name:
        folder = Path(name)
        count = 0
        for count, entry in enumerate(entries, 1):
            (folder / "in" / str(count)).mkdir(parents=True)
            (folder / "in" / str(count) / "index.html").write_text(_page(entry, language), encoding="utf-8")
        _run(folder, language)
        made = folder / "out"
        wanted = (*_NEEDED, _program_file(made, count))
        files = {f.relative_to(made).as_posix(): f.read_bytes for f in sorted(made.rglob("*")) if f.is_file()}
        taken = {path: read for path, read in files.items() if any(fnmatchcase(path, each) for each in wanted)}
        yield OnDemand(lambda: taken)


def _page(entry: SearchEntry, language: str) -> str:
    """Write an entry as the page that Pagefind reads."""
    values = {name: escape(getattr(entry, name)) for name in ("title", "about", "line", "address")}
    return _PAGE.format(language=escape(language), words=escape(" · ".join(entry.words)), **values)


def _run(folder: Path, language: str) -> None:
    """Let it make the index; what it says is told only where that failed."""
    words = ["--site", "in", "--output-path", "out", "--force-language", language.lower(), "--silent"]
    command = [sys.executable, "-m", "pagefind", *words]
    run = partial(subprocess.run, capture_output=True, text=True, timeout=PATIENCE)
    try:  # in a folder of its own, where no settings of another site lie
        run(command, cwd=folder, check=True)
    except subprocess.CalledProcessError as error:
        said = "\n".join(f"{error.stdout}\n{error.stderr}".strip().splitlines()[-5:])
        raise PipelineError(_failed(said or f"it ended with {error.returncode}")) from None
    except (subprocess.TimeoutExpired, OSError) as error:
        raise PipelineError(_failed(str(error))) from None


def _program_file(made: Path, count: int) -> str:
    """Find the name of what searches in this language, once it is sure that every entry is in the index."""
    try:
        found = json.loads((made / "pagefind-entry.json").read_bytes())["languages"]
        (only,) = found.values()
        pages, name = only["page_count"], only.get("wasm") or "unknown"
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise PipelineError(_failed(f"its index can't be read ({error!r})")) from None
    if pages != count:
        raise PipelineError(_failed(f"it took {pages} of {count} entries"))
    return f"wasm.{name}.pagefind"


def _failed(why: str) -> str:
    return f"Pagefind did not make an index, so the one that was there stays. It said:\n{why}"
