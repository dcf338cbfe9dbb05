"""The narrated demo: a fictional newsroom's two months, by the same functions the commands call."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Literal

from pipeline.demo.content import MONTHS, TODAY
from pipeline.demo.newsroom import LOGO, PEOPLE, logo, sources_yml
from pipeline.demo.server import DemoServer
from pipeline.demo.words import Decision, decision_for, decisions, intro, mail_words, never, slips, word
from pipeline.errors import UsageError
from pipeline.files import Folder
from pipeline.flow.build import build
from pipeline.flow.check import Checked, check
from pipeline.flow.correct import Wanted, correct
from pipeline.flow.gather import Moment, gather
from pipeline.flow.show import show_sources
from pipeline.flow.sign import Signatory, sign
from pipeline.flow.why import why
from pipeline.language.catalog import SOURCE, base
from pipeline.model.evidence import Stage
from pipeline.model.finding import Finding
from pipeline.model.item import Item
from pipeline.model.names import Severity, Status
from pipeline.queue import INTRO, QueueText, Written, fill, fill_head, reorder
from pipeline.report import screens
from pipeline.report.build import built
from pipeline.report.findings import as_text
from pipeline.sources import kinds
from pipeline.store import Newsroom, queue_name

MARK = ".hopeline-demo"


@dataclass(frozen=True, slots=True)
class Line:
    """Something the demo says: a title, a step, words about it, or what a command shows on the screen."""

    kind: Literal["title", "step", "words", "screen"]
    text: str


def run(root: Path, command: str = "hope", language: str = SOURCE) -> Iterator[Line]:
    """Run both months in a folder of their own, and say what happens as it happens.

    `command` is how the reader calls the program, `language` that of the newsletter. Its items are in English whatever
    it is, and say so.
    """
    yield Line("title", "FICTIONAL DEMO. No product, person, hospital, paper or trial in it exists.\n")
    yield Line("words", f"A newsroom is a folder: {root}. This machine serves its sources, over real HTTP.")
    folder = Folder(root, root / ".cache")
    newsroom = Newsroom(folder, {name: kind.options for name, kind in kinds().items()})
    with DemoServer(MONTHS[0]) as server:
        folder.write(LOGO, logo())
        folder.write("sources.yml", sources_yml(server.url, language))
        for month in MONTHS:
            server.month = month
            yield from _Month(newsroom, month, TODAY[month]).work()
    yield Line("step", "Where to look")
    mail, queue = root / f"outbox/{MONTHS[-1]}/email.html", root / queue_name(MONTHS[-1])
    yield _screen(f"the archive   {root / 'outbox/site/index.html'}", f"the e-mail    {mail}", f"the queue     {queue}")
    yield _screen("", "Go on from here:", f"  {command} --root {root} queue", f"  {command} --root {root} preview")


@dataclass(frozen=True, slots=True)
class _Month:
    """One issue from gather to build."""

    newsroom: Newsroom
    key: str
    today: date

    def work(self) -> Iterator[Line]:
        yield Line("title", f"\n==== The issue of {self.today:%B %Y} ====")
        yield from self._gather()
        yield from self._left_out()
        yield from self._correct()
        yield from self._write()
        yield from self._check_and_sign()
        yield from self._build()

    def _gather(self) -> Iterator[Line]:
        moment = Moment(self.today, datetime.combine(self.today, time(9), UTC))
        yield from _step("hope gather", "We ask every source; what is new goes into the queue.")
        yield _screen(screens.gathered(gather(self.newsroom, self.key, moment, _quiet)))
        before = self.newsroom.queue(self.key).text
        yield from _step("hope gather, once more", "Nothing is new, so nothing must change.")
        gather(self.newsroom, self.key, moment, _quiet)
        same = self.newsroom.queue(self.key).text == before
        yield Line(
            "words",
            "The queue is the same, byte for byte." if same else "The queue CHANGED: that is a bug. Please tell us.",
        )
        if self.key != MONTHS[0]:
            yield from _step("hope sources", "Feeds fail silently more often than loudly, so each has a state.")
            yield _screen(screens.sources(show_sources(self.newsroom, self.today)))
            yield from self._moved()

    def _moved(self) -> Iterator[Line]:
        """Show what the registry changed, and what was taken back."""
        items = self.newsroom.queue(self.key).queue.items
        moved = [i for i in items if i.change]
        why_ = f"{len(moved)} trials changed since the May issue; each field with before and after:"
        yield from _step("What moved", why_)
        for item in moved[:3]:
            for change in item.change[:2]:
                yield _screen(f"{item.ids.number} {change.field}: {change.before} -> {change.after}")
        back = next((i for i in items if i.evidence.stage is Stage.RETRACTION), None)
        if back:
            withdrawn = f"And a paper we printed was withdrawn: “{back.title}”."
            yield Line("words", f"{withdrawn} It leads the new issue, and its old page gets a box.")

    def _left_out(self) -> Iterator[Line]:
        out = list(never(self.key))[:2]
        if out:
            yield from _step("hope why", "What was left out, and which words decided.")
            for key in out:
                yield _screen(why(self.newsroom, key.partition(":")[2]))

    def _correct(self) -> Iterator[Line]:
        for slip in slips(self.key):
            name = f"hope correct {slip.of[:12]}… --kind {slip.kind}"
            yield from _step(name, "An error of our own in May: said openly, and signed like an item.")
            wanted = Wanted(kind=slip.kind, note=slip.note, words=tuple(slip.words.items()))
            made = correct(self.newsroom, slip.of, wanted, self.today).correction
            yield _screen(slip.note, *(row for w in made.words for row in (f"  was: {w.was}", f"  now: {w.now}")))
            for person in PEOPLE:
                sign(self.newsroom, self.key, [made.id], Signatory(person=person.key), self.today)
            yield Line(
                "words", "The next issue tells it by itself; the old page begins with it, and keeps the old words."
            )

    def _write(self) -> Iterator[Line]:
        made = decisions(self.key)
        queue = self.newsroom.queue(self.key)
        yield from _step("The editors write", f"By hand in {queue_name(self.key)}; here the fictional Anna does it.")
        lang = {} if base(self.newsroom.config.newsletter.language) == SOURCE else {"lang": SOURCE}
        queue = fill_head(queue, {"intro": intro(self.key), "word": word(self.key), **mail_words(self.key), **lang})
        decided = ((item, decision_for(item.keys(), made)) for item in queue.queue.items)
        queue = fill(queue, {item.id: _written(item, decision) for item, decision in decided if decision})
        self.newsroom.save_queue(reorder(queue, _order(queue, made)))
        count = {s: sum(i.status is s for i in queue.queue.items) for s in Status}
        yield Line("words", ", ".join(f"{n} {s}" for s, n in count.items() if n) + ".")
        for item in queue.queue.items:
            if item.status is Status.REJECTED and item.reason:
                yield _screen(f"rejected: {item.title[:66]}", f"          {item.reason[:66]}")

    def _check_and_sign(self) -> Iterator[Line]:
        yield from _step("hope check", "The words are written, but nobody has signed them, so nothing may go out.")
        found = check(self.newsroom, self.key, self.today)
        blocked = _blocking(found)
        yield _screen(as_text(blocked[:1], found.queue.lines, colour=False))
        yield Line("words", f"{len(blocked)} findings block.")
        approved = [i.id for i in found.queue.queue.items if i.status is Status.APPROVED]
        yield from _step(
            "hope sign … --as PERSON", "Each sign-off is tied to the exact text, and lapses when it changes."
        )
        for person in PEOPLE:
            signatory = Signatory(person=person.key, checked=person.checked)
            sign(self.newsroom, self.key, [*approved, INTRO], signatory, self.today)
            signed = f"signed {len(approved)} items and the intro: {person.checked}"
            yield _screen(f"{person.name} ({person.role}) {signed}")
        left = _blocking(check(self.newsroom, self.key, self.today))
        yield Line("words", f"hope check again: {len(left)} findings block.")

    def _build(self) -> Iterator[Line]:
        yield from _step("hope build", "The signed items become the e-mail, the text, the pages and the archive.")
        done = build(self.newsroom, self.key, self.today)
        if done.issue is None:
            raise UsageError("The demo's own items don't pass the check. Please tell us.")
        yield _screen(built(done, done.issue))


def prepare(folder: Path | None) -> Path:
    """Give an empty folder for the demo; one that holds anything is left alone, as somebody may have gone on there."""
    if folder is None:
        return Path(tempfile.mkdtemp(prefix="hopeline-demo-"))
    if folder.exists() and any(folder.iterdir()):
        holds = "holds a demo, with whatever was done in it since" if (folder / MARK).exists() else "is not empty"
        raise UsageError(f"{folder} {holds}. Choose another folder, or delete this one first.")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text("Made by `hope demo`; you can delete it.\n", encoding="utf-8")
    return folder.resolve()


def _blocking(checked: Checked) -> list[Finding]:
    return [f for f in checked.findings if f.severity is Severity.BLOCK and not f.waived]


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


def _step(what: str, reason: str) -> Iterator[Line]:
    yield Line("step", what)
    yield Line("words", reason)


def _screen(*rows: str) -> Line:
    return Line("screen", "\n".join(rows))


def _quiet(_source: str, _done: int, _total: int) -> None:
    """Show no progress."""
