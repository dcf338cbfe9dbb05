"""The narrated demo: a fictional newsroom's two months, by the same functions the commands call."""

from __future__ import annotations

import shutil
import tempfile
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import click

from pipeline import checks
from pipeline.demo.content import MONTHS, TODAY
from pipeline.demo.newsroom import PEOPLE, sources_yml
from pipeline.demo.server import DemoServer
from pipeline.demo.words import Decision, decision_for, decisions, intro, never, word
from pipeline.errors import UsageError
from pipeline.files import Folder
from pipeline.flow.build import build
from pipeline.flow.check import check
from pipeline.flow.gather import gather
from pipeline.flow.sign import sign
from pipeline.flow.why import why
from pipeline.model.item import Item
from pipeline.model.names import Status
from pipeline.queue import INTRO, QueueText, Written, fill, fill_head, reorder
from pipeline.report import screens as report
from pipeline.report.findings import as_text
from pipeline.sources import kinds
from pipeline.store import Newsroom, queue_name

MARK = ".hopeline-demo"


def run(folder: Path | None, *, browser: bool, command: str = "hope") -> Path:
    """Run both months in a folder of their own and say where to look; returns the folder."""
    root = _fresh(folder)
    click.echo(click.style("FICTIONAL DEMO. No product, person, hospital, paper or trial in it exists.\n", bold=True))
    _say(f"A newsroom is a folder: {root}. Its sources are served on this machine, over real HTTP.")
    with DemoServer(MONTHS[0]) as server:
        Folder(root, root / ".cache").write("sources.yml", sources_yml(server.url))
        for month in MONTHS:
            server.month = month
            _Month(root, month, TODAY[month]).work()
    site, mail = root / "outbox/site/index.html", root / f"outbox/{MONTHS[-1]}/email.html"
    _step("Where to look")
    click.echo(f"  the archive   {site}\n  the e-mail    {mail}\n  the queue     {root / queue_name(MONTHS[-1])}")
    click.echo("\n  Go on from here:\n" + f"    {command} --root {root} queue\n    {command} --root {root} preview")
    if browser:
        webbrowser.open(site.as_uri())
    return root


@dataclass(frozen=True, slots=True)
class _Month:
    """One issue from gather to build."""

    root: Path
    key: str
    today: date

    def work(self) -> None:
        click.echo(click.style(f"\n==== The issue of {self.today:%B %Y} ====", bold=True))
        self._gather()
        self._left_out()
        self._write()
        self._check_and_sign()
        self._build()

    def _room(self) -> Newsroom:
        return Newsroom(Folder(self.root, self.root / ".cache"), {name: k.options for name, k in kinds().items()})

    def _now(self) -> datetime:
        return datetime.combine(self.today, time(9), UTC)

    def _gather(self) -> None:
        _step("hope gather", "Every source is asked; what is new goes into the queue.")
        room = self._room()
        done = gather(room, self.key, None, self.today, self._now(), _quiet)
        _block(report.gathered(done, room.config))
        before = room.folder.read(queue_name(self.key))
        _step("hope gather, once more", "Nothing is new, so nothing may change.")
        gather(self._room(), self.key, None, self.today, self._now(), _quiet)
        same = room.folder.read(queue_name(self.key)) == before
        _say("The queue is the same, byte for byte." if same else "The queue CHANGED: that is a fault. Please tell us.")
        if self.key != MONTHS[0]:
            _step("hope sources", "Feeds fail silently more often than loudly, so each has a state.")
            room = self._room()
            _block(report.sources(room.config, room.health, self.today, everything=False, form="text"))
            self._moved(room)

    def _moved(self, room: Newsroom) -> None:
        """Show what the registry changed, and what was taken back."""
        items = room.queue(self.key).queue.items
        moved = [i for i in items if i.change]
        _step("What moved", f"{len(moved)} trials changed since the May issue; each field with before and after:")
        for item in moved[:3]:
            for change in item.change[:2]:
                click.echo(f"  {item.ids.nct} {change.field}: {change.before} -> {change.after}")
        back = next((i for i in items if i.evidence.stage == "retraction"), None)
        if back:
            _say(
                f"And a paper we printed was withdrawn: “{back.title}”. It leads the new issue, and its old page gets a box."
            )

    def _left_out(self) -> None:
        out = list(never(self.key))[:2]
        if out:
            _step("hope why", "What stayed out, and because of which words.")
            for key in out:
                _block(why(self._room(), key.partition(":")[2]))

    def _write(self) -> None:
        made = decisions(self.key)
        room = self._room()
        queue = room.queue(self.key)
        _step("The editors write", f"By hand in {queue_name(self.key)}; here the fictional Anna does it.")
        queue = fill_head(queue, {"intro": intro(self.key), "word": word(self.key)})
        decided = ((item, decision_for(item.keys(), made)) for item in queue.queue.items)
        queue = fill(queue, {item.id: _written(item, decision) for item, decision in decided if decision})
        room.save_queue(reorder(queue, _order(queue, made)))
        count = {s: sum(i.status is s for i in queue.queue.items) for s in Status}
        _say(", ".join(f"{n} {s}" for s, n in count.items() if n) + ".")
        for item in queue.queue.items:
            if item.status is Status.REJECTED and item.reason:
                click.echo(f"  rejected: {item.title[:66]}\n            {item.reason[:66]}")

    def _check_and_sign(self) -> None:
        room = self._room()
        _step("hope check", "Words are written, nobody has signed yet: so nothing may leave.")
        found = check(room, self.key, self.today)
        blocked = [f for f in found if f.severity == "block" and not f.waived]
        _block(as_text(blocked[:1], room.queue(self.key).lines, colour=False))
        _say(f"{len(blocked)} findings block.")
        approved = [i.id for i in room.queue(self.key).queue.items if i.status is Status.APPROVED] + [INTRO]
        _step("hope sign … --as PERSON", "Each sign-off is bound to the exact text, and falls when it changes.")
        for person in PEOPLE:
            lines = sign(self._room(), self.key, approved, person.key, None, person.checked, self.today)
            click.echo(f"  {person.name} ({person.role}) signed {len(lines) - 1} items and the intro: {person.checked}")
        left = [f for f in check(self._room(), self.key, self.today) if f.severity == "block" and not f.waived]
        _say(f"hope check again: {len(left)} findings block.")

    def _build(self) -> None:
        _step("hope build", "The signed items become the e-mail, the text, the pages and the archive.")
        done = build(self._room(), self.key, self.today)
        if checks.blocks(done.findings):
            raise UsageError("The demo's own items don't pass the check. Please tell us.")
        _block(report.built(done))


def _written(item: Item, decision: Decision) -> Written:
    """What the editors made of one item."""
    words = dict(decision.words)
    if decision.section and decision.section is not item.section:
        words["section"] = str(decision.section)
    return Written(words=words, facts=decision.facts, status=decision.status, reason=decision.reason)


def _order(queue: QueueText, made: tuple[Decision, ...]) -> list[str]:
    """The items' ids in the order the editors want them printed; what they didn't decide on comes last."""
    place = {id(d): n for n, d in enumerate(made)}

    def at(item: Item) -> int:
        decision = decision_for(item.keys(), made)
        return place[id(decision)] if decision else len(made)

    return [i.id for i in sorted(queue.queue.items, key=at)]


def _fresh(folder: Path | None) -> Path:
    """An empty folder for the demo; one of an earlier demo is made anew, anybody else's is left alone."""
    if folder is None:
        return Path(tempfile.mkdtemp(prefix="hopeline-demo-"))
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARK).exists():
            raise UsageError(f"{folder} is not empty and was not made by a demo. Name another folder.")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text("Made by `hope demo`; it may be thrown away.\n", encoding="utf-8")
    return folder.resolve()


def _step(what: str, why: str = "") -> None:
    click.echo(
        "\n" + click.style(f"> {what}", bold=True) + (f"\n{click.wrap_text(why, 78, '  ', '  ')}" if why else "")
    )


def _say(text: str) -> None:
    click.echo(click.wrap_text(text, 78, "  ", "  "))


def _block(text: str) -> None:
    click.echo("\n".join(f"  {line}" if line else "" for line in text.splitlines()))


_quiet: Callable[[object, int, int], None] = lambda *_: None  # noqa: E731
