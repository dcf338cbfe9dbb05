"""Freeze what was signed into an issue, and render its edition and the archive."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from pipeline.errors import BlockedError, UsageError
from pipeline.flow.check import check
from pipeline.issue import dump, freeze, manifest
from pipeline.model.finding import Finding
from pipeline.model.issue import Issue
from pipeline.model.names import Status
from pipeline.store import Newsroom
from pipeline.trials.history import follow


@dataclass(frozen=True, slots=True)
class Built:
    """What a build left: the issue, the folder it stands in, and how many files changed."""

    issue: Issue
    folder: str
    changed: int
    findings: tuple[Finding, ...]


def build(
    room: Newsroom, issue: str, today: date, *, draft: bool = False, quiet: bool = False, again: bool = False
) -> Built:
    """Freeze the signed, approved items into an issue and render its edition and the archive.

    Raises BlockedError when findings block, or when nothing is approved and no quiet month was asked for.
    """
    from pipeline import checks  # noqa: PLC0415  see check

    queue, findings, built = room.queue(issue).queue, check(room, issue, today), room.archive.issues
    approved = any(i.status is Status.APPROVED for i in queue.items)
    if not approved and not (quiet or draft):
        raise BlockedError(f"Nothing in {issue} is approved yet. Approve items, or say so with --quiet-month.")
    if approved and quiet:
        raise UsageError(f"{issue} has approved items, so it is no quiet month. Leave --quiet-month out.")
    if checks.blocks(findings) and not draft:
        return Built(freeze(queue, room.config, room.health, today=today, waivers=0, glossary=()), "", 0, findings)
    waivers = len({(f.item, f.waiver_at) for f in findings if f.waived})  # one may cover two findings
    made = freeze(
        queue, room.config, room.health, today=today, waivers=waivers, glossary=room.glossary, draft=draft, quiet=quiet
    )
    made = next((i for i in built if i == replace(made, date=i.date)), made)  # built again: the same, to the date
    if (sent := room.receipts(issue)) and made not in built and not (draft or again):
        raise BlockedError(
            f"{issue} went out on {sent[0].on}, so a change to it now would be silent.\n"
            "Print a correction in the next issue. To build it anew all the same, add --again."
        )
    folder = f"outbox/{issue}/draft" if draft else f"outbox/{issue}"
    return Built(made, folder, press(room, made, folder), findings)


def press(room: Newsroom, made: Issue, folder: str) -> int:
    """Render a frozen issue and the archive around it, and write what changed; returns the number of files."""
    from pipeline import render  # noqa: PLC0415  see check

    others = tuple(i for i in room.archive.issues if i.key != made.key)
    records = {i.key: room.trials(i.key).values() for i in (*others, made)}
    shelf = others if made.draft else (*others, made)
    edition = render.render(made, shelf, room.folder.templates(), follow(records))
    seal = {"manifest.json": manifest({**edition.files, "issue.json": dump(made)}, edition.site)}
    seal["issue.json"] = dump(made)  # last of all: it is what makes an issue count as built
    with room.folder.locked():
        old = room.written(folder)
        pages = {f"outbox/site/{path}": content for path, content in edition.site.items()}
        pages |= {f"{folder}/{path}": content for path, content in edition.files.items()}
        changed = sum(room.folder.write(path, content) for path, content in pages.items())
        for path in old.keys() - pages.keys() - {f"{folder}/issue.json"}:  # the page of an item taken out again
            room.folder.remove(path, old[path])
        return changed + sum(room.folder.write(f"{folder}/{path}", content) for path, content in seal.items())
