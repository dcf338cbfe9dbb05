"""The queue: what stands in `outbox/<issue>/queue.yml`, and what a sign-off is bound to."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from pipeline.model.entry import Ids, title_key
from pipeline.model.evidence import Evidence, Stage
from pipeline.model.names import PersonRole, Section, Shows, Status
from pipeline.model.story import About, Change, change_key
from pipeline.model.strict import as_written, strict
from pipeline.text import canonical_link


@strict
@dataclass(frozen=True, slots=True, kw_only=True)
class Also:
    """Another entry that tells the same story; `id` is its strongest identity, `scheme:value`."""

    source: str
    title: str
    link: str | None = None
    id: str | None = None


@strict
@dataclass(frozen=True, slots=True, kw_only=True)
class TrialFacts:
    """The plain facts of a trial as its registry gave them, in the registry's own words."""

    status: str | None = None
    phase: str | None = None
    enrollment: int | None = None
    enrollment_type: str | None = None
    comparison: str | None = None
    sponsor: str | None = None
    countries: tuple[str, ...] = ()
    sites: int | None = None
    ages: str | None = None
    updated: str | None = None
    reason: str | None = None
    results: str | None = None


@strict
@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that happened to the source after it came out; `kind` as in NoticeKind, or an editor's own word."""

    kind: str
    on: str | None = None
    text: str | None = None
    link: str | None = None


@strict
@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A number with the words it came from; `quote` stands verbatim in the source.

    `derived` is the formula of a number the source does not hold ("5/8"); it is computed again. `reason` is an
    editor's, for a number from elsewhere. Only a count that `shows` a benefit or a harm is ever drawn; `says` are the
    words after it: "7 of 9", "had few or no signs of disease at week 24".
    """

    value: str
    quote: str | None = None
    derived: str | None = None
    reason: str | None = None
    shows: Shows | None = None
    says: str | None = None

    @property
    def count(self) -> tuple[int, int] | None:
        """How many of how many the value is, as "7 of 9" or "7 von 9"; None for anything else."""
        found = _COUNT.fullmatch(self.value.strip())
        return (int(found[1]), int(found[2])) if found else None

    @property
    def drawable(self) -> bool:
        """Whether it can be drawn, a person a shape: a count that can be, of a hundred at most, that says something."""
        some, total = self.count or (1, 0)
        return self.shows is not None and bool((self.says or "").strip()) and some <= total and 1 <= total <= 100


@strict
@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPicture:
    """A picture of the editors' own: a `file` of the newsroom, what it shows (`alt`), whose it is and on what terms.

    `people` says whether a person in it can be recognised; then `consent` is the day on which that person agreed.
    `sha256` is the file's, filled in by the program: sign-offs and built issues are bound to these very bytes.
    """

    file: str
    alt: str | None = None
    credit: str | None = None
    licence: str | None = None
    caption: str | None = None
    people: bool | None = None
    consent: date | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """What an entry of a story said when it was gathered, kept with the issue to hold the words against.

    `source` is the key, `text` plain: the title, a line break, and what the feed or registry gave. `stage` is the step
    of the ladder that was read from the leading entry then; an editor may go below it freely, above it with a reason.
    """

    source: str
    title: str
    text: str
    link: str | None = None
    stage: Stage | None = None


@strict
@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A rule an editor overruled for one item."""

    rule: str
    reason: str
    span: str | None = None
    note: str | None = None
    by: str | None = None
    until: date | None = None


class TextHash(str):
    """`sha256:<hex>` of exact words, in Unicode's composed form (NFC).

    An ü is one character or two, and file systems and editors turn the one into the other. The words are the same, so
    sign-offs of either form hold; those of earlier versions were bound to the form that the file had.
    """

    __slots__ = ("_forms",)
    _forms: frozenset[str]

    def __new__(cls, value: str = "", forms: Iterable[str] = ()) -> Self:
        """Make a hash, with those of the same words in other forms."""
        made = super().__new__(cls, value)
        made._forms = frozenset((value, *forms))
        return made

    @classmethod
    def of(cls, *forms: str) -> Self:
        """Hash one text that is given in several forms; the first is the one that counts from now on."""
        first, *others = map(_sha256, forms)
        return cls(first, others)

    def holds(self, signed: str) -> bool:
        """Whether a sign-off that is bound to this hash is of these words."""
        return signed in self._forms


@strict
@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A named person in a role approving an exact text; `text` is `sha256:<hex>` of that text."""

    by: str
    role: PersonRole
    on: date
    text: str
    checked: str | None = None


@strict
@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One place in the queue. The first half is written by gather, the second by editors.

    `by_hand` is true of what an editor added: no source brings it again. `draft` is a trial's item in words made of
    registry fields alone: a headline, an empty line, a summary. It is never printed; an editor accepts it into her
    own fields or writes them herself. `brief` is the item in 35 words at most, for where the e-mail has no room for
    the summary. `language` is the source's; `lang` that of the editors' words, where it is not the newsletter's.
    """

    id: str
    status: Status
    section: Section
    title: str
    link: str | None = None
    source: str
    published: str | None = None
    ids: Ids = Ids()
    also: tuple[Also, ...] = ()
    about: About = About()
    evidence: Evidence = Evidence()
    language: str = "en"
    excerpt: str | None = None
    trial: TrialFacts | None = None
    change: tuple[Change, ...] = ()
    notices: tuple[Notice, ...] = ()
    by_hand: bool = False
    draft: str | None = None

    headline: str | None = None
    summary: str | None = None
    brief: str | None = None
    harms: str | None = None
    not_known: str | None = None
    who: str | None = None
    access: str | None = None
    funding: str | None = None
    you_can: str | None = None
    facts: tuple[Fact, ...] = ()
    picture: OwnPicture | None = None
    lang: str | None = None
    reason: str | None = None
    waive: tuple[Waiver, ...] = ()
    signed: tuple[Signature, ...] = ()

    @property
    def slug(self) -> str:
        """The last part of the item's address in the archive."""
        return self.id.rpartition("/")[2]

    @property
    def comes_along(self) -> bool:
        """Whether the next issue gets it: what was put on hold, and what an editor added and nobody decided on."""
        return self.status is Status.HOLD or (self.by_hand and self.status is Status.PENDING)

    @property
    def title_on_day(self) -> str | None:
        """What it is known by when its publisher gives it another address; None where it has a better name."""
        return title_key(self.source, self.ids, self.title, self.published)

    def keys(self) -> tuple[str, ...]:
        """Every identity the item and its other entries are known by; for trials that moved, each move's."""
        if self.change and self.ids.number:
            return (change_key(self.ids.number, self.change),)
        if numbers := tuple(dict.fromkeys(c.number for c in self.change if c.number)):
            return tuple(self._identity_of(number) for number in numbers)
        link = canonical_link(self.link) if self.link else None
        keys = [*self.ids.keys(), *([f"link:{link}"] if link else [])]
        for other in self.also:
            other_link = canonical_link(other.link) if other.link else None
            keys += [k for k in (other.id, f"link:{other_link}" if other_link else None) if k]
        return tuple(dict.fromkeys(keys))

    def _identity_of(self, number: str) -> str:
        """The identity of one trial among several: the trial's own when it is new, else its move's."""
        mine = tuple(c for c in self.change if c.number == number)
        return f"nct:{number}" if any(c.field == "new" for c in mine) else change_key(number, mine)

    @property
    def text_hash(self) -> TextHash:
        """`sha256:<hex>` of the exact words and facts a sign-off is bound to.

        Covered: everything a reader of this item sees. Not covered: status, order, waivers, other outlets. Fields that
        came later are covered when they hold something, so that older sign-offs hold.
        """
        seen = {
            "words": {name: getattr(self, name) for name in WORDS} | ({"brief": self.brief} if self.brief else {}),
            "facts": [[f.value, f.quote, f.derived, f.reason, *_later(f)] for f in self.facts],
            "source": [self.title, self.link, self.source, self.published, self.section, list(self.ids.keys())],
            "evidence": _plain(self.evidence),
            "about": _plain(self.about),
            "trial": _plain(self.trial),
            "change": [_plain(c) for c in self.change],
            "notices": [_plain(n) for n in self.notices],
        }
        later = {"picture": _plain(self.picture) if self.picture else None, "lang": self.lang}
        return hash_of(seen | {name: each for name, each in later.items() if each})


@strict
@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """The items of one issue, in the editors' order; `signed` are the sign-offs of the opening.

    The opening is `intro` and, for the e-mail, its `subject`, its `preheader` (what mail programs show beside that) and
    `ask`, the month's question for an appointment; and a `picture`, which stands on the issue's page. `lang` is the
    language of all words of the issue, where it is not the newsletter's.
    """

    issue: str
    intro: str | None = None
    subject: str | None = None
    preheader: str | None = None
    ask: str | None = None
    word: str | None = None
    picture: OwnPicture | None = None
    lang: str | None = None
    signed: tuple[Signature, ...] = ()
    items: tuple[Item, ...] = field(default=())

    @property
    def opening(self) -> tuple[tuple[str, str], ...]:
        """The words of the opening that are written, each with its field, in the order a reader meets them."""
        return tuple((name, words) for name in OPENING if (words := getattr(self, name) or "").strip())

    @property
    def pictures(self) -> tuple[OwnPicture, ...]:
        """The editors' own pictures: that of the issue, and those of its items."""
        return tuple(filter(None, (self.picture, *(item.picture for item in self.items))))

    @property
    def opens(self) -> bool:
        """Whether there is anything of the opening to sign: words, or a picture."""
        return bool(self.opening or self.picture)

    @property
    def intro_hash(self) -> TextHash:
        """`sha256:<hex>` of the exact words of the opening that a sign-off is bound to, and of its picture."""
        shown = {"picture": _plain(self.picture) if self.picture else None, "lang": self.lang}
        later = {name: each for name, each in shown.items() if each}
        return hash_of({**dict(self.opening), "issue": self.issue, "intro": self.intro or "", **later})


WORDS = ("headline", "summary", "harms", "not_known", "who", "access", "funding", "you_can")
"""The editors' fields, in the order a reader meets them; `brief` stands for them where there is no room."""

OPENING = ("subject", "preheader", "intro", "ask")
"""The editors' fields of the issue itself, in the order a reader meets them."""


_COUNT = re.compile(r"(\d{1,7}) (?:of(?: the)?|von(?: den)?) (\d{1,7})", re.ASCII)


def _later(fact: Fact) -> list[str | None]:
    return [fact.shows, fact.says] if fact.shows or fact.says else []


def hash_of(seen: dict[str, Any]) -> TextHash:
    """Hash what a sign-off is bound to, given as plain values."""
    text = json.dumps(seen, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if text.isascii():
        return TextHash(_sha256(text))
    composed = unicodedata.normalize("NFC", text)
    return TextHash.of(composed, text, unicodedata.normalize("NFD", text))


def _sha256(text: str) -> str:
    return f"sha256:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _plain(value: Any) -> Any:
    """Turn a dataclass of plain values into something JSON can hold, in a fixed order."""
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return {
        name: _plain(each) for name, each in as_written(value) if each is not None
    }  # a name added later changes no old hash
