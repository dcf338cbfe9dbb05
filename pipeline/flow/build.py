"""Freeze what was signed into an issue, and render its edition and the archive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from pipeline import checks, own_pictures, render
from pipeline.channels import Progress
from pipeline.errors import BlockedError, UsageError
from pipeline.flow.addresses import kept
from pipeline.flow.check import Checked, check
from pipeline.flow.correct import due_in, printable
from pipeline.flow.proof import proved
from pipeline.flow.search import state_of
from pipeline.flow.site import keep, silent
from pipeline.issue import Printing, built_again, dump, freeze, is_sealed, manifest
from pipeline.model.costs import MailCosts
from pipeline.model.finding import Finding
from pipeline.model.issue import Edition, Issue
from pipeline.model.names import Status
from pipeline.model.search import SearchState
from pipeline.store import Newsroom
from pipeline.text import sha256
from pipeline.trials.history import follow


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """How to build: a draft, a quiet month, or again.

    A `draft` is built whatever blocks, apart from the archive; a `quiet` month has no items; `again` builds anew what
    went out, and lets an issue that is built already tell what was corrected since.
    """

    draft: bool = False
    quiet: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build left: the issue (None where findings blocked it), its folder, how many files changed, the check.

    `proved` are the findings of the proof of the mail, `costs` what it asks of its readers, `search` says how search
    stands in the archive.
    """

    issue: Issue | None
    folder: str = ""
    changed: int = 0
    checked: Checked
    proved: tuple[Finding, ...] = ()
    costs: MailCosts | None = None
    search: SearchState = SearchState.OFF

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that was found: on the words, and on the finished mail."""
        return (*self.checked.findings, *self.proved)


def build(
    newsroom: Newsroom, issue: str, today: date, options: BuildOptions = BuildOptions(), progress: Progress = silent
) -> Built:
    """Freeze the signed, approved items into an issue and render its edition and the archive, if its mail is proven.

    Raises BlockedError when nothing is approved and no quiet month was asked for, or when the issue went out already.
    """
    newsroom = newsroom.mending(issue) if options.again else newsroom
    checked = check(newsroom, issue, today)
    _refuse_empty(checked, options)
    if checks.blocks(checked.findings) and not options.draft:
        return Built(issue=None, checked=checked)
    printing = Printing(
        config=newsroom.config,
        health=newsroom.health,
        glossary=newsroom.glossary,
        today=today,
        corrections=due_in(newsroom, issue, again=options.again),
        waivers=len({(f.item, f.waiver_at) for f in checked.findings if f.waived}),  # one may cover two findings
        draft=options.draft,
        quiet=options.quiet,
    )
    built, sent, past = newsroom.built, newsroom.receipts(issue), issue < max(newsroom.folder.issues())
    made = built_again(freeze(checked.queue.queue, printing), built.sealed(issue), today, past=past)
    if sent and issue in built.unsealed:  # its own days are nobody's word
        made = replace(made, date=min(each.on for each in sent))
    if sent and made not in built.issues and not (options.draft or options.again):
        raise BlockedError(
            f"{issue} went out on {sent[0].on}, so changing it now would be a silent correction.\n"
            "Print a correction in the next issue. To rebuild it anyway, add --again."
        )
    edition = press(newsroom, made)
    found = proved(newsroom, made, edition)
    if checks.blocks(found) and not options.draft:
        return Built(issue=None, checked=checked, proved=found, costs=edition.costs)
    folder = f"outbox/{issue}/draft" if options.draft else f"outbox/{issue}"
    changed = write(newsroom, made, edition, folder, progress)
    search = SearchState.OFF if made.draft else state_of(newsroom, newsroom.site.search)
    done = Built(issue=made, folder=folder, changed=changed, checked=checked, proved=found, costs=edition.costs)
    return replace(done, search=search)


def press(newsroom: Newsroom, made: Issue) -> Edition:
    """Render a frozen issue and the archive around it."""
    others = tuple(i for i in newsroom.built.issues if i.key != made.key)
    records = {i.key: newsroom.trials(i.key).values() for i in (*others, made)}
    printed = others if made.draft else (*others, made)
    photos = own_pictures.printed(newsroom.folder, (*others, made))
    search = newsroom.search is not None
    current = render.Current(newsroom.logo, () if made.draft else printable(newsroom), photos, kept(newsroom), search)
    return render.render(made, printed, newsroom.folder.templates(), follow(records), current)


def write(newsroom: Newsroom, made: Issue, edition: Edition, folder: str, progress: Progress = silent) -> int:
    """Write what changed of an edition, and of the archive around it; returns the number of files."""
    frozen, write = dump(made), newsroom.folder.write
    seal = {"issue.json": frozen, "manifest.json": manifest({**edition.files, "issue.json": frozen})}
    with newsroom.folder.locked():
        changed = 0 if made.draft else keep(newsroom, edition.site, progress, made).written
        old = newsroom.written(folder)
        files = {f"{folder}/{path}": content for path, content in edition.files.items()}
        changed += sum(write(path, content) for path, content in files.items())
        for path in old.keys() - files.keys() - {f"{folder}/issue.json"}:  # the page of a draft's item taken out again
            newsroom.folder.remove(path, old[path])
        # These two last of all.
        _seal_both(newsroom, folder, seal["issue.json"], {**edition.files, "issue.json": frozen})
        return changed + sum(write(f"{folder}/{path}", content) for path, content in seal.items())


def _seal_both(newsroom: Newsroom, folder: str, frozen: bytes, files: Mapping[str, bytes]) -> None:
    """Have a manifest that seals the issue that is there and the one that comes.

    A build that is killed between the two files leaves one that is sealed, and never one that looks changed by hand.
    """
    name, read = f"{folder}/manifest.json", newsroom.folder.read_if_there
    old, before = read(f"{folder}/issue.json"), read(name) or ""
    if is_sealed(frozen.decode(), before):
        return
    if old is not None and is_sealed(old, before):
        newsroom.folder.write(name, manifest(files, old.encode()))
    else:  # it seals neither
        newsroom.folder.remove(name, sha256(before.encode()))


def _refuse_empty(checked: Checked, options: BuildOptions) -> None:
    """An issue without items must be meant, and a quiet month must have none."""
    key = checked.queue.queue.issue
    approved = any(i.status is Status.APPROVED for i in checked.queue.queue.items)
    if not approved and not (options.quiet or options.draft):
        raise BlockedError(
            f"Nothing in {key} is approved yet. Approve some items, or use --quiet-month if there is no news."
        )
    if approved and options.quiet:
        raise UsageError(f"{key} has approved items, so it is not a quiet month. Leave out --quiet-month.")
