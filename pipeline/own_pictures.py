"""Pictures of the editors' own as files of a newsroom: what is wrong with them, hashes, the sizes made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace

from pipeline.errors import Fault, InputError, PipelineError
from pipeline.files import Folder
from pipeline.model.issue import Issue
from pipeline.model.item import OwnPicture, Queue
from pipeline.queue import QueueText
from pipeline.theme.photo import Photo, PhotoError, digest, kept, paths, read_photo

_BELOW = re.compile(r"[^/\\.][^/\\]*(/[^/\\.][^/\\]*)*")


def faults(folder: Folder, queue: Queue) -> dict[str, tuple[str, str]]:
    """What is wrong with pictures of a queue that can't be printed, and what to do, by their files."""
    names = {picture.file for picture in queue.pictures}
    return {name: fault for name in sorted(names) if isinstance(fault := _read(folder, name), tuple)}


def printed(folder: Folder, issues: Iterable[Issue]) -> dict[str, Photo]:
    """The pictures that issues print, by the hash of their files: as their build left them, or made now.

    Raises InputError when those of a built issue are gone, and their file is not what it was.
    """
    found: dict[str, Photo] = {}
    for issue in issues:
        for each in issue.pictures:
            if each.sha256 and each.sha256 not in found and (made := _made(folder, issue, each)):
                found[each.sha256] = made
    return found


def hashed(folder: Folder, queue: QueueText) -> QueueText:
    """Fill in what the files of pictures hold: sign-offs are bound to these very bytes."""
    if not queue.queue.pictures:
        return queue
    items = tuple(replace(item, picture=_with_hash(folder, item.picture)) for item in queue.queue.items)
    return replace(queue, queue=replace(queue.queue, picture=_with_hash(folder, queue.queue.picture), items=items))


def _read(folder: Folder, name: str) -> Photo | tuple[str, str]:
    """Read a picture of the newsroom; or what is wrong with its file, and what to do."""
    if not _BELOW.fullmatch(name) or not folder.inside(name):
        return "there is no such file in the newsroom", "Put it into the newsroom's folder: pictures/name.jpg."
    try:
        return read_photo(name, folder.content(name))
    except PhotoError as error:
        return error.what, error.hint


def _with_hash(folder: Folder, picture: OwnPicture | None) -> OwnPicture | None:
    """Fill in what the file of a picture holds; nothing where there is none to be read."""
    if picture is None:
        return None
    name, found = picture.file, None
    with suppress(PipelineError):
        found = digest(folder.content(name)) if _BELOW.fullmatch(name) and folder.inside(name) else None
    return replace(picture, sha256=found)


def _made(folder: Folder, issue: Issue, picture: OwnPicture) -> Photo | None:
    """The sizes of a printed picture: what its issue's build left, else made from its file. Raises InputError."""
    made = [f"outbox/{issue.key}/{path}" for path in paths(picture.sha256 or "")]
    if not issue.draft and all(map(folder.has, made)):
        return kept(picture.sha256 or "", *map(folder.content, made))
    found = _read(folder, picture.file)
    if isinstance(found, Photo) and found.sha256 == picture.sha256:
        return found
    if issue.draft:
        return None
    hint = f"Get {made[0]} and {made[-1]} back from your backup, or {picture.file} as it was."
    raise InputError([Fault(f"outbox/{issue.key}/issue.json", 0, 0, "picture", f"{picture.file} has changed", hint)])
