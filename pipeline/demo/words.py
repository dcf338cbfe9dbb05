"""What the fictional editors decide and write about each item, a month at a time. Their words stand in `words.yml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from functools import cache
from importlib.resources import files

from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass as checked
from ruamel.yaml import YAML

from pipeline.demo.content import DemoEntry, world
from pipeline.model.evidence import Evidence
from pipeline.model.item import WORDS, Fact
from pipeline.model.names import CorrectionKind, Section, Status

_STRICT = ConfigDict(extra="forbid")


@checked(frozen=True, slots=True, kw_only=True, config=_STRICT)
class Decision:
    """What the editors made of one item, and the words they wrote.

    `key` is the identity they knew it by, `scheme:value`; `other_keys` are the further ones its feed gives.
    `section` and `evidence` are what they should read in the end: None keeps what triage found.
    `optional` holds only where the item stands in the queue by itself: a retelling that belongs under another item, or
    a study that was known before and has not moved.
    """

    key: str
    status: Status
    reason: str | None = None
    other_keys: tuple[str, ...] = ()
    section: Section | None = None
    evidence: Evidence | None = None
    optional: bool = False
    headline: str | None = None
    brief: str | None = None
    summary: str | None = None
    harms: str | None = None
    not_known: str | None = None
    who: str | None = None
    access: str | None = None
    funding: str | None = None
    you_can: str | None = None
    facts: tuple[Fact, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Every identity the item may be known by."""
        return (self.key, *self.other_keys)

    @property
    def words(self) -> Mapping[str, str]:
        """The editors' words by field, those that were written; as `queue.fill` takes them."""
        return {name: text for name in (*WORDS, "brief") if (text := getattr(self, name))}


@checked(frozen=True, slots=True, kw_only=True, config=_STRICT)
class Slip:
    """What the editors got wrong in an earlier month: in which item, and the right words by field."""

    of: str
    kind: CorrectionKind
    note: str
    words: Mapping[str, str]


@checked(frozen=True, slots=True, kw_only=True, config=_STRICT)
class Month:
    """One issue's decisions, in the order the items are printed, its three sentences and its word."""

    intro: str
    word: str
    subject: str = ""
    preheader: str = ""
    ask: str = ""
    corrections: tuple[Slip, ...] = ()
    decisions: tuple[Decision, ...]
    never: Mapping[str, str] = field(default_factory=dict)


def decisions(month: str) -> tuple[Decision, ...]:
    """List what the editors decided in a month, "2026-05" or "2026-06", in the order of the issue."""
    return _month(month).decisions


def intro(month: str) -> str:
    """Return the month in three sentences."""
    return _month(month).intro


def mail_words(month: str) -> Mapping[str, str]:
    """Return what else of the month's opening is for the e-mail alone, by field."""
    read = _month(month)
    return {name: text for name in ("subject", "preheader", "ask") if (text := getattr(read, name))}


def slips(month: str) -> tuple[Slip, ...]:
    """List what the editors corrected that month of what they had printed."""
    return _month(month).corrections


def word(month: str) -> str:
    """Return the glossary term that is the word of the month."""
    return _month(month).word


def never(month: str) -> Mapping[str, str]:
    """Say which entries of the month's feeds must not reach the queue: `scheme:value`, and why in a clause."""
    return _month(month).never


def decision_for(keys: Iterable[str], made: Iterable[Decision]) -> Decision | None:
    """Find the decision about an item known by these keys, strongest first.

    A story may carry several keys that were decided on (a paper, its retellings, its study). The one that was
    approved speaks for the whole; else the one with the strongest key does. A study's move is decided on as the study.
    """
    wanted = [f"nct:{k.split(':')[1]}" if k.startswith("change:") else k for k in keys]
    found = [d for d in made if not set(wanted).isdisjoint(d.keys)]
    return min(
        found,
        key=lambda d: (d.status is not Status.APPROVED, min(wanted.index(k) for k in d.keys if k in wanted)),
        default=None,
    )


@cache
def _written() -> dict[str, Month]:
    text = files(__package__).joinpath("words.yml").read_text(encoding="utf-8")
    read = TypeAdapter(dict[str, Month]).validate_python(YAML(typ="safe", pure=True).load(text))
    return {name: _with_keys(month) for name, month in read.items()}


def _month(month: str) -> Month:
    return _written()[month]


def _with_keys(month: Month) -> Month:
    known = {k: t for t in world().entries for k in t.keys()}
    return replace(month, decisions=tuple(replace(d, other_keys=_others(d.key, known)) for d in month.decisions))


def _others(key: str, known: Mapping[str, DemoEntry]) -> tuple[str, ...]:
    return tuple(k for k in known[key].keys() if k != key) if key in known else ()
