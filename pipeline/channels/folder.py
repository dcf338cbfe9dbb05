"""The archive goes into a folder that a web host serves; the e-mail's files stand beside it for the mailing tool."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from pipeline.channels import Channel, Progress, Sent
from pipeline.errors import PipelineError
from pipeline.files import replace_file, sweep
from pipeline.model.issue import Edition
from pipeline.model.search import FOLDER as INDEX
from pipeline.model.search import PAGE as SEARCH
from pipeline.text import count

_ISSUE = re.compile(r"\d{4}-\d{2}", re.ASCII)


def send(to: str, edition: Edition) -> Sent:
    """Write the archive's pages below `to`, each file whole, and leave alone what is already the same."""
    written = put(to, edition.site)
    same, files = len(edition.site) - written, count(len(edition.files), "file")
    note = f"{count(written, 'page')} written, {same} were the same; e-mail of {files}"
    return Sent(note, written > 0, strangers(to, edition.site))


def put(to: str, pages: Mapping[str, bytes], progress: Progress = lambda *_: None) -> int:
    """Write pages below `to`, and say after each how far it is; returns how many were not there like that before.

    They can be made again, so nobody waits for the disk to keep each of them.
    """
    target, written = Path(to), 0
    if target.exists() and not target.is_dir():
        raise PipelineError(f"{to} is a file; give a folder.")
    try:
        if target.is_dir():
            sweep(target)
        for at, (path, content) in enumerate(pages.items(), 1):
            written += replace_file(target / path, content, sync=False)
            progress(path, at, len(pages))
    except OSError as error:
        raise PipelineError(f"{to} can't be written: {error.strerror}. Files already written are complete.") from None
    return written


def strangers(to: str, pages: Mapping[str, bytes]) -> tuple[str, ...]:
    """Name what lies among our pages and is none of them, or is one no more: nothing here takes it away.

    Folders that hold no page of ours, and files beside our start page, are somebody else's. Mails that went out show
    pictures of ours, whether a page still does or not.
    """
    target = Path(to)
    ours = {path.partition("/")[0] for path in pages if "/" in path} - {"pictures"}
    ours |= {INDEX} if SEARCH in pages else set()
    ours |= {each.name for each in target.iterdir() if _ISSUE.fullmatch(each.name)}
    found = (each for folder in sorted(ours) for each in sorted((target / folder).rglob("*")) if each.is_file())
    return tuple(path for each in found if (path := each.relative_to(target).as_posix()) not in pages)


def label(to: str) -> str:
    """Name a folder by its last part."""
    return Path(to).name or Path(to).resolve().name or "/"


CHANNEL = Channel(
    name="folder",
    what="Copy the web archive into the folder your web host serves.",
    send=send,
    label=label,
    repeatable=True,
)
