"""The `hope` command as a user runs it, and a fictional newsroom on the disk to run it in."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.cli import hope as command
from pipeline.cli import report_errors
from pipeline.demo.content import MONTHS, TODAY
from pipeline.demo.newsroom import LOGO, PEOPLE, logo, sources_yml
from pipeline.demo.server import DemoServer
from pipeline.demo.words import decision_for, decisions, intro, slips, word
from pipeline.files import Folder
from pipeline.model.item import Item
from pipeline.model.names import Status
from pipeline.queue import INTRO, QueueText, Written, fill, fill_head, read_queue
from pipeline.sources import kinds
from pipeline.store import Newsroom

REPO = Path(__file__).resolve().parents[1]
MAY, JUNE = MONTHS
ROLES = {person.key: person.role for person in PEOPLE}


@dataclass(frozen=True, slots=True)
class Said:
    """How a command ended, what it printed, and what it remarked."""

    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        return self.out + self.err


@dataclass(frozen=True, slots=True)
class Room:
    """A newsroom's folder; its cache lies in it, so that a copy of the folder is a copy of everything."""

    root: Path
    month: str = MAY

    @property
    def outbox(self) -> Path:
        return self.root / "outbox"

    @property
    def queue_file(self) -> Path:
        return self.outbox / self.month / "queue.yml"

    @property
    def queue(self) -> QueueText:
        return read_queue(self.queue_file.read_bytes().decode(), str(self.queue_file))

    @property
    def items(self) -> tuple[Item, ...]:
        return self.queue.queue.items

    def some(self, status: Status) -> Item:
        """The first item of this status."""
        return next(i for i in self.items if i.status is status)

    def write(self, text: str) -> None:
        """Write the queue as an editor does."""
        self.queue_file.write_bytes(text.encode())

    def edit(self, old: str, new: str) -> None:
        """Replace words that stand once in the queue."""
        text = self.queue_file.read_bytes().decode()
        assert text.count(old) == 1, (text.count(old), old)
        self.write(text.replace(old, new))

    def hope(self, *words: str, today: date | None = None) -> Said:
        """Run a command in this newsroom, on the last day of its month when no other day is given."""
        return hope(
            *words, "--root", str(self.root), "--today", str(today or TODAY[self.month]), cache=self.root / ".cache"
        )

    def files(self) -> dict[str, bytes]:
        """Every file the program writes or reads, by path."""
        paths = (p for p in self.root.rglob("*") if p.is_file() and p.name != ".lock" and ".cache" not in p.parts)
        return {p.relative_to(self.root).as_posix(): p.read_bytes() for p in paths}

    @contextmanager
    def served(self, month: str = MAY) -> Iterator[DemoServer]:
        """Serve the fictional sources of a month while the block runs, and point sources.yml at them."""
        with DemoServer(month) as server:
            file = self.root / "sources.yml"
            file.write_text(re.sub(r"http://127\.0\.0\.1:\d+", server.url, file.read_text()))
            yield server


def hope(*words: str, cache: Path | None = None) -> Said:
    """Run a command in this process, as the program's own entry does."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    with redirect_stdout(out), redirect_stderr(err), _environment(HOPELINE_CACHE=str(cache or "/nonexistent")):
        try:
            with report_errors():
                code = command.main(list(words), prog_name="hope", standalone_mode=False) or 0
        except SystemExit as end:
            code = int(end.code or 0)
    return Said(code, out.getvalue(), err.getvalue())


def start(*words: str, root: Path, **environment: str) -> subprocess.Popen[str]:
    """Start a command as a program of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline", *words, "--root", str(root)],
        cwd=REPO,
        env={**os.environ, "HOPELINE_CACHE": str(root / ".cache"), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def make_steps(folder: Path) -> None:
    """Make a newsroom at every step of two months below a folder: `gathered`, `written`, `signed`, `built`, `next`, `both`."""
    room = Room(folder / "gathered")
    room.root.mkdir(parents=True)
    with DemoServer(MAY) as server:
        (room.root / LOGO).write_bytes(logo())
        (room.root / "sources.yml").write_text(sources_yml(server.url))
        _fine(room.hope("gather"))
        room = _step(room, folder / "written")
        write_words(room)
        room = _step(room, folder / "signed")
        sign_all(room)
        room = _step(room, folder / "built")
        _fine(room.hope("build"))
        room = _step(room, folder / "next")
        server.month = JUNE
        room = Room(room.root, JUNE)
        _fine(room.hope("gather"))
        room = _step(room, folder / "both")
        correct_slips(room)
        write_words(room)
        sign_all(room)
        _fine(room.hope("build"))


def write_words(room: Room) -> None:
    """Write what the fictional editors wrote that month."""
    queue, made = fill_head(room.queue, {"intro": intro(room.month), "word": word(room.month)}), decisions(room.month)
    written = {}
    for item in queue.queue.items:
        if decision := decision_for(item.keys(), made):
            section = {"section": str(decision.section)} if decision.section else {}
            written[item.id] = Written(
                words=dict(decision.words) | section,
                facts=decision.facts,
                status=decision.status,
                reason=decision.reason,
            )
    room.write(fill(queue, written).text)


def correct_slips(room: Room) -> None:
    """Correct what the fictional editors had got wrong, and let everybody sign that."""
    for slip in slips(room.month):
        words = [part for field, now in slip.words.items() for part in ("--field", field, "--now", now)]
        _fine(room.hope("correct", slip.of, "--kind", slip.kind, "--note", slip.note, *words))
        for person in PEOPLE:
            _fine(room.hope("sign", f"correction-{TODAY[room.month]}-{slip.of}", "--as", person.key))


def sign_all(room: Room) -> None:
    """Let everybody sign what is approved."""
    approved = [i.id for i in room.items if i.status is Status.APPROVED] + [INTRO] * bool(room.queue.queue.intro)
    for person in PEOPLE:
        _fine(room.hope("sign", *approved, "--as", person.key, "--issue", room.month))


def newsroom_of(room: Room) -> Newsroom:
    """Open a newsroom as commands do."""
    return Newsroom(Folder(room.root, room.root / ".cache"), {name: kind.options for name, kind in kinds().items()})


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by path."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _step(room: Room, folder: Path) -> Room:
    shutil.copytree(room.root, folder, symlinks=True)
    return Room(folder, room.month)


def _fine(said: Said) -> None:
    assert said.code == 0, said.text


@contextmanager
def _environment(**names: str) -> Iterator[None]:
    old = {name: os.environ.get(name) for name in names}
    os.environ.update(names)
    try:
        yield
    finally:
        for name, value in old.items():
            with contextlib.suppress(KeyError):
                os.environ.pop(name)
            if value is not None:
                os.environ[name] = value
