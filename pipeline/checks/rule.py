"""A rule, what it may know, and what it raised."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from pipeline.language.terms import Terms
from pipeline.model.finding import Remark
from pipeline.model.issue import Word
from pipeline.model.item import Item, OwnPicture, Signature, SourceText, TextHash
from pipeline.model.names import Severity
from pipeline.model.settings import Config

Place = Callable[[str, str, int], tuple[int, int]]
"""Where a character of an item's field stands in `queue.yml`: (item id, field, offset) -> (line, column).

The id is empty for a field of the issue itself.
"""


class Bound(StrEnum):
    """What a rule is held against: the items, the issue's opening, a text that is no item."""

    ITEM = "item"
    OPENING = "opening"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """One check of the editorial standard.

    `check` reads an item, or the opening as if it were one; `whole` reads the issue. A rule that is not `waivable`
    keeps a promise made to readers; `final_in` are fields in which it can't be waived. A `late` rule runs after the
    others and sees in its context what they raised. Filled in on loading: `reason`, the docstring of the rule's file;
    `package` and `stem`, where that lies, and beside it the rule's pack.
    """

    id: str
    name: str
    severity: Severity
    binds: tuple[Bound, ...]
    check: Callable[[Item, Context], Iterable[Remark]]
    waivable: bool = True
    final_in: frozenset[str] = frozenset()
    late: bool = False
    whole: Callable[[Context], Iterable[Remark]] | None = None
    reason: str = ""
    package: str = ""
    stem: str = ""

    @property
    def family(self) -> str:
        """The folder it lies in: hype, structure, numbers, plain, people."""
        return self.package.rpartition(".")[2]


class Raised(NamedTuple):
    """A remark and the rule that made it."""

    rule: Rule
    remark: Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a rule may know besides its item.

    An editor's newsroom gives `config`, `today`, `glossary` (the plain words for the field's terms), `texts` (what the
    sources of an item said when they were gathered, by item id; an item added before texts were kept has none) and
    `templates`, by path (empty when nobody has looked), `setting_at`, line and column of a setting in
    `sources.yml`, `terms`, its own behind the field's (None: the field's), and `pictures`, what is wrong with a file
    and what to do, for those that can't be printed. The queue gives the rest: `issue`, all `items`, the words of
    the `opening` and its `picture`, with `intro_hash`, that of them all, and who `signed` it. `rules` are all there
    are, `raised` is what the others said of this item, for late rules only.
    """

    config: Config
    today: date
    issue: str = ""
    items: tuple[Item, ...] = ()
    rules: tuple[Rule, ...] = ()
    raised: tuple[Raised, ...] = ()
    glossary: tuple[Word, ...] = ()
    texts: Mapping[str, tuple[SourceText, ...]] = field(default_factory=dict)
    opening: tuple[tuple[str, str], ...] = ()
    picture: OwnPicture | None = None
    intro_hash: TextHash = TextHash()
    signed: tuple[Signature, ...] = ()
    templates: Mapping[str, str] = field(default_factory=dict)
    setting_at: Callable[[str], tuple[int, int]] | None = None
    terms: Terms | None = None
    pictures: Mapping[str, tuple[str, str]] = field(default_factory=dict)
