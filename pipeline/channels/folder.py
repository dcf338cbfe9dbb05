"""The archive goes into a folder that a web host serves; the e-mail's files stand beside it for the mailing tool."""

from __future__ import annotations

from pathlib import Path

from pipeline.channels import Channel, Sent
from pipeline.errors import PipelineError
from pipeline.files import replace_file, sweep
from pipeline.model.issue import Edition
from pipeline.text import count


def send(to: str, edition: Edition) -> Sent:
    """Write the archive's pages below `to`, each file whole, and leave alone what is already the same."""
    target, site = Path(to), edition.site
    if target.exists() and not target.is_dir():
        raise PipelineError(f"{to} is a file; give a folder.")
    try:
        if target.is_dir():
            sweep(target)
        written = sum(replace_file(target / path, content) for path, content in site.items())
    except OSError as error:
        raise PipelineError(f"{to} can't be written: {error.strerror}. Files already written are complete.") from None
    same, files = len(site) - written, count(len(edition.files), "file")
    return Sent(f"{count(written, 'page')} written, {same} were the same; e-mail of {files}", written > 0)


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
