"""What the editors decided readers get: an issue, frozen; and the bytes made from it, an edition."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pipeline.model.correction import Correction
from pipeline.model.costs import MailCosts
from pipeline.model.item import Item, OwnPicture, Signature
from pipeline.model.names import Heads, PersonRole, Pictures, Section
from pipeline.model.settings import MailBounds, Translation
from pipeline.text import slug

FORMAT = 1
"""The format of a built issue; a later one gets the next number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """The newsletter's settings as they were when the issue was built, so that the archive never drifts."""

    name: str
    about: str
    base_url: str
    sender: str
    language: str
    accent: str
    publisher: str = ""
    address: str = ""
    funding: str = ""
    contact: str = ""
    unsubscribe: str = ""
    subscribe: str = ""
    translations: tuple[Translation, ...] = ()
    list: str = ""
    fictional: str = ""
    heads: Heads = Heads.SERIF
    mail: MailBounds = MailBounds()
    pictures: Pictures = Pictures.ALL


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """A person who signed, in which role, with the interests printed beside the name."""

    name: str
    role: PersonRole
    interests: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceNote:
    """What the colophon says of one source: name, tier, and why it brought nothing (empty when it did).

    One that `answered` could be reached, and had nothing new.
    """

    key: str
    name: str
    tier: str
    trouble: str = ""
    answered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A term of the glossary with its plain definition, and the other ways it is written.

    `lang` is the language of both, empty where it is the newsletter's.
    """

    term: str
    definition: str
    aliases: tuple[str, ...] = ()
    de: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colophon:
    """How we chose: counts per decision, sources, waivers; `undecided_in` are the sections of what is undecided."""

    looked_at: int = 0
    printed: int = 0
    rejected: int = 0
    held: int = 0
    undecided: int = 0
    undecided_in: tuple[Section, ...] = ()
    waivers: int = 0
    sources: tuple[SourceNote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsSince:
    """The day from which an item of a built issue has had its words, where that is later; `item` None: the opening."""

    on: dt.date
    item: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One issue, without markup. `stories` are the approved items in the editors' order.

    `key` is the month, "2026-12"; `date` the day it was first built for, and `changed` what got other words since, when
    it was built again; `signed` the sign-offs of the opening (from `intro`
    to `ask`); `glossary` the
    terms its words use; `seen` every identity the queue knew, printed or not, so that nothing comes back;
    `corrections` are the editors' own of earlier issues, which this one tells; `lang` is the language of its words
    where it is not the newsletter's.
    """

    key: str
    date: dt.date
    masthead: Masthead
    intro: str | None = None
    subject: str | None = None
    preheader: str | None = None
    ask: str | None = None
    picture: OwnPicture | None = None
    lang: str | None = None
    signed: tuple[Signature, ...] = ()
    stories: tuple[Item, ...] = ()
    corrections: tuple[Correction, ...] = ()
    word: Word | None = None
    glossary: tuple[Word, ...] = ()
    credits: tuple[Credit, ...] = ()
    colophon: Colophon = Colophon()
    draft: bool = False
    quiet: bool = False
    seen: tuple[str, ...] = ()
    changed: tuple[WordsSince, ...] = ()
    format: int = FORMAT

    def addressed(self) -> tuple[tuple[str, Item], ...]:
        """Each item with the last part of its address, which no other of them has and which is safe in a path."""
        taken: dict[str, Item] = {}
        for item in self.stories:
            name = item.slug if _SLUG.fullmatch(item.slug) else slug(item.slug)
            number = 2
            while name in taken:
                name, number = f"{name.removesuffix(f'-{number - 1}')}-{number}", number + 1
            taken[name] = item
        return tuple(taken.items())

    @property
    def pictures(self) -> tuple[OwnPicture, ...]:
        """The editors' own pictures: that of the issue, and those of its items."""
        return tuple(filter(None, (self.picture, *(item.picture for item in self.stories))))

    @property
    def language(self) -> str:
        """The language of the words of its opening, and of its items where they say no other."""
        return self.lang or self.masthead.language

    def words_of(self, item: str | None) -> dt.date:
        """The day from which an item, or the opening, has had its words."""
        return next((each.on for each in self.changed if each.item == item), self.date)

    @property
    def last_changed(self) -> dt.date:
        """The day from which all of it has had its words."""
        return max([self.date, *(each.on for each in self.changed)])


_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,119}", re.ASCII)


class OnDemand(Mapping[str, bytes]):
    """Files by path, each made when it is asked for and let go again: a whole archive never lies in memory.

    `plan` gives the paths with what makes the file at each; it is asked once, and only when it is needed.
    """

    def __init__(self, plan: Callable[[], Mapping[str, Callable[[], bytes]]]) -> None:
        self._ask = plan

    @cached_property
    def _plan(self) -> Mapping[str, Callable[[], bytes]]:
        return self._ask()

    def __getitem__(self, path: str) -> bytes:
        return self._plan[path]()

    def __contains__(self, path: object) -> bool:
        return path in self._plan

    def __iter__(self) -> Iterator[str]:
        return iter(self._plan)

    def __len__(self) -> int:
        return len(self._plan)


@dataclass(frozen=True, slots=True)
class Edition:
    """An issue as bytes, by path below `outbox/<issue>/`; `site` by path below `outbox/site/`, one file at a time.

    One that was just made knows what its mail costs a reader.
    """

    files: dict[str, bytes]
    site: Mapping[str, bytes]
    costs: MailCosts | None = None


@dataclass(frozen=True, slots=True)
class BuiltIssues:
    """All issues that were built, oldest first, as they were at one moment.

    `unsealed` are those whose manifest is gone or says nothing of them, so that only sign-offs tell they are as built.
    """

    issues: tuple[Issue, ...]
    unsealed: tuple[str, ...] = ()

    def has(self, issue: str) -> bool:
        """Whether an issue was built."""
        return any(each.key == issue for each in self.issues)

    def sealed(self, issue: str) -> Issue | None:
        """An issue that its manifest seals; None where it isn't built, or nobody can tell whether it is as built."""
        return next((i for i in self.issues if i.key == issue and issue not in self.unsealed), None)

    def before(self, issue: str) -> Issue | None:
        """The last issue built before this one."""
        return max((i for i in self.issues if i.key < issue), key=lambda i: i.key, default=None)

    def printed(self) -> dict[str, str]:
        """Every identity of every printed item -> the issue that printed it."""
        return {key: issue.key for issue in self.issues for item in issue.stories for key in item.keys()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The proof that an edition went a way out, so that it never goes twice."""

    channel: str
    to: str
    issue: str
    edition: str
    on: dt.date
    note: str = ""
