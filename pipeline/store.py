"""A newsroom's files as values: settings, queues, built issues, how the sources have been, what registries said.

All state is text below `outbox/`; this is the one place that knows which file holds what.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from pydantic import ValidationError

from pipeline.config import Options, parse_config
from pipeline.errors import Fault, InputError, UsageError
from pipeline.files import Folder
from pipeline.issue import load, read_glossary
from pipeline.model.entry import Trial
from pipeline.model.issue import Issue, Receipt, Word
from pipeline.model.item import Item, SourceText
from pipeline.model.names import Status
from pipeline.model.settings import Config
from pipeline.model.source import Health
from pipeline.queue import QueueText, read_queue
from pipeline.queue.layout import new_file
from pipeline.trials.record import read_trials, write_trials
from pipeline.yamltext import adapter

T = TypeVar("T")
HEALTH = "outbox/sources.json"


@dataclass
class Newsroom:
    """The values behind a folder. Reading is done once; writing replaces whole files."""

    folder: Folder
    kinds: Options
    conditions: tuple[str, ...] = ()
    _last: QueueText | None = None

    @cached_property
    def config(self) -> Config:
        """The settings and sources."""
        return parse_config(self.folder.read("sources.yml"), "sources.yml", self.kinds, self.conditions)

    @cached_property
    def glossary(self) -> tuple[Word, ...]:
        """The plain words for the field's terms."""
        return read_glossary(self.folder.glossary())

    @cached_property
    def built(self) -> tuple[Issue, ...]:
        """All issues that were built, oldest first, from their frozen JSON."""
        found = ((key, self.folder.read_if_there(f"outbox/{key}/issue.json")) for key in self.folder.issues())
        return tuple(load(text, f"outbox/{key}/issue.json") for key, text in found if text is not None)

    def open_issue(self, today: date) -> str:
        """The issue at work: the newest one that is not built; else this month's, or the next when that is out."""
        out = {issue.key for issue in self.built}
        waiting = [
            k for k in self.folder.issues() if k not in out and self.folder.read_if_there(queue_name(k)) is not None
        ]
        if waiting:
            return waiting[-1]
        month, latest = f"{today:%Y-%m}", max(out, default="")
        return month if month > latest else _month_after(latest)

    def latest_issue(self, today: date) -> str:
        """The issue a question is about when none is named: the open one if it has a queue, else the newest."""
        key = self.open_issue(today)
        if self.folder.read_if_there(queue_name(key)) is None and self.folder.issues():
            return self.folder.issues()[-1]
        return key

    def queue(self, issue: str) -> QueueText:
        """The queue of an issue; raises UsageError when there is none yet."""
        text = self.folder.read_if_there(queue_name(issue))
        if text is None:
            known = ", ".join(self.folder.issues()[-6:])
            hint = (
                f"There are queues for {known}: name one with --issue, or let `hope gather` start this one."
                if known
                else "`hope gather` makes the first one."
            )
            raise UsageError(f"There is no {queue_name(issue)}. {hint}")
        return self._parsed(text, queue_name(issue))

    def queue_or_new(self, issue: str) -> QueueText:
        """The queue of an issue, or an empty one."""
        text = self.folder.read_if_there(queue_name(issue))
        return self._parsed(new_file(issue) if text is None else text, queue_name(issue))

    def _parsed(self, text: str, name: str) -> QueueText:
        """Read a queue, unless it is the very text that was read last."""
        if self._last is None or (self._last.text, self._last.name) != (text, name):
            self._last = _of_its_folder(read_queue(text, name))
        return self._last

    def save_queue(self, queue: QueueText) -> bool:
        """Write a queue; False when nothing changed."""
        return self.folder.write(queue.name, queue.text)

    def before(self, issue: str) -> Issue | None:
        """The last issue built before this one."""
        return max((i for i in self.built if i.key < issue), key=lambda i: i.key, default=None)

    def seen(self, issue: str) -> frozenset[str]:
        """Identities that other issues dealt with: printed, rejected, or still lying in another open queue."""
        keys = {key for built in self.built if built.key != issue for key in built.seen}
        done = {built.key for built in self.built}
        for other in self.folder.issues():
            if other not in done and other != issue and self.folder.read_if_there(queue_name(other)) is not None:
                keys |= {key for item in self.queue(other).queue.items for key in item.keys()}
        return frozenset(keys)

    def carried(self, issue: str) -> tuple[Item, ...]:
        """Items the issue before put on hold; they come along."""
        last = self.before(issue)
        if last is None or self.folder.read_if_there(queue_name(last.key)) is None:
            return ()
        return tuple(i for i in self.queue(last.key).queue.items if i.status is Status.HOLD)

    def printed(self) -> dict[str, str]:
        """Every identity of every printed item -> the issue that printed it."""
        return {key: issue.key for issue in self.built for item in issue.stories for key in item.keys()}

    @cached_property
    def health(self) -> tuple[Health, ...]:
        """How each source has been."""
        text = self.folder.read_if_there(HEALTH)
        return () if text is None else _load(tuple[Health, ...], text, HEALTH)

    def save_health(self, health: tuple[Health, ...]) -> None:
        """Write how each source has been."""
        self.folder.write(HEALTH, adapter(tuple[Health, ...]).dump_json(health, indent=1) + b"\n")

    def trials(self, issue: str | None) -> dict[str, Trial]:
        """What the registries said of each trial when an issue was gathered, by its number."""
        name = f"outbox/{issue}/trials.json"
        text = self.folder.read_if_there(name) if issue else None
        if text is None:
            return {}
        try:
            return read_trials(text)
        except ValidationError as error:
            raise _unreadable(error, name) from None

    def save_trials(self, issue: str, trials: dict[str, Trial]) -> None:
        """Write what the registries said, in the order of the numbers."""
        self.folder.write(f"outbox/{issue}/trials.json", write_trials(trials))

    def texts(self, issue: str) -> dict[str, tuple[SourceText, ...]]:
        """What the sources of each item said when it was gathered."""
        name = f"outbox/{issue}/texts.json"
        text = self.folder.read_if_there(name)
        return {} if text is None else _load(dict[str, tuple[SourceText, ...]], text, name)

    def save_texts(self, issue: str, texts: Mapping[str, tuple[SourceText, ...]]) -> None:
        """Keep what the sources of new items said, beside what is kept already."""
        if not texts:
            return
        content = adapter(dict[str, tuple[SourceText, ...]]).dump_json({**self.texts(issue), **texts}, indent=1) + b"\n"
        self.folder.write(f"outbox/{issue}/texts.json", content)

    def edition(self, issue: str) -> dict[str, bytes]:
        """The files of a built issue; raises UsageError when it is not built."""
        if self.folder.read_if_there(f"outbox/{issue}/manifest.json") is None:
            raise UsageError(f"{issue} is not built yet: run `hope build` first.")
        told = ("email.html", "email.txt", "message.eml", "issue.json", "manifest.json")
        return {name: self.folder.read(f"outbox/{issue}/{name}").encode("utf-8") for name in told}

    def site(self) -> dict[str, bytes]:
        """All files of the archive."""
        return {path: self.folder.content(f"outbox/site/{path}") for path in self.folder.below("outbox/site")}

    def receipts(self, issue: str) -> tuple[Receipt, ...]:
        """The proofs of what went out."""
        name = f"outbox/{issue}/receipts.json"
        text = self.folder.read_if_there(name)
        return () if text is None else _load(tuple[Receipt, ...], text, name)

    def save_receipts(self, issue: str, receipts: tuple[Receipt, ...]) -> None:
        """Write the proofs of what went out."""
        content = adapter(tuple[Receipt, ...]).dump_json(receipts, indent=1) + b"\n"
        self.folder.write(f"outbox/{issue}/receipts.json", content)

    def written(self, folder: str) -> dict[str, str]:
        """What the last build of a folder wrote: paths below the root, and the SHA-256 of each; empty when unknown."""
        text = self.folder.read_if_there(f"{folder}/manifest.json")
        try:
            told = {} if text is None else json.loads(text)
            places = {"edition": folder, "site": "outbox/site"}
            return {
                f"{place}/{path}": each["sha256"]
                for part, place in places.items()
                for path, each in told.get(part, {}).items()
                if ".." not in path.split("/")
            }
        except (ValueError, AttributeError, KeyError, TypeError):  # somebody touched it: then nothing is known
            return {}


def queue_name(issue: str) -> str:
    """The path of an issue's queue below the root."""
    return f"outbox/{issue}/queue.yml"


def _of_its_folder(queue: QueueText) -> QueueText:
    """Make sure that a queue says it is of the issue in whose folder it lies: pages and mails are named by it."""
    folder = queue.name.split("/")[-2]
    if queue.queue.issue != folder:
        message = f"this says “{queue.queue.issue}”, but the file lies in the folder of {folder}"
        raise InputError([queue.marked.fault(("issue",), message, f"Write “issue: {folder}”.")])
    return queue


def _month_after(month: str) -> str:
    year, number = int(month[:4]), int(month[5:7])
    return f"{year + number // 12}-{number % 12 + 1:02d}"


def _load(kind: type[T], text: str, name: str) -> T:
    try:
        return adapter(kind).validate_json(text)
    except ValidationError as error:
        raise _unreadable(error, name) from None


def _unreadable(error: ValidationError, name: str) -> InputError:
    first = error.errors(include_url=False)[0]
    where = ".".join(str(p) for p in first["loc"])
    hint = "The program writes this file. Get it back from your backup, or delete it and run `hope gather` again."
    return InputError([Fault(name, 0, 0, where, f"can't be read ({first['msg']})", hint)])
