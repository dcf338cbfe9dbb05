"""A rule, what it may know, and what it raised."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from pipeline.model.finding import Remark
from pipeline.model.issue import Word
from pipeline.model.item import Item, Signature, SourceText
from pipeline.model.names import Severity
from pipeline.model.settings import Config

Place = Callable[[str, str, int], tuple[int, int]]
"""Where a character of an item's field stands in `queue.yml`: (item id, field, offset) -> (line, column).

The id is empty for a field of the issue itself.
"""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """One check of the editorial standard.

    `bad` and `good` are items that it must and must not remark on; they run as tests, with `texts` as what the sources
    of each said (none: not kept). `reason` is the docstring of the rule's file, filled in on loading. A rule that is
    not `waivable` keeps a promise made to readers; `final_in` are fields in which it can't be waived. A `late` rule runs after the others and sees in its context what they raised.
    """

    id: str
    name: str
    severity: Severity
    check: Callable[[Item, Context], Iterable[Remark]]
    bad: tuple[Item, ...]
    good: tuple[Item, ...]
    waivable: bool = True
    final_in: frozenset[str] = frozenset()
    late: bool = False
    whole: Callable[[Context], Iterable[Remark]] | None = None
    bad_issues: tuple[Context, ...] = ()
    good_issues: tuple[Context, ...] = ()
    reason: str = ""
    texts: tuple[SourceText, ...] = ()


@dataclass(frozen=True, slots=True)
class Raised:
    """A remark and the rule that made it."""

    rule: Rule
    remark: Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a rule may know besides its item.

    `items` are all items of the issue, `rules` all rules there are, `raised` what the other rules said of this item
    (for late rules only). `glossary` holds the plain words for the field's terms, `texts` what the sources of an item
    said when they were gathered (by item id; an item added before texts were kept has none). `intro` is the
    issue's opening, `intro_hash` that of its exact words, `signed` who signed it; `templates` are the newsroom's, by path; empty when nobody has looked.
    """

    config: Config
    issue: str
    today: date
    items: tuple[Item, ...] = ()
    rules: tuple[Rule, ...] = ()
    raised: tuple[Raised, ...] = ()
    glossary: tuple[Word, ...] = ()
    texts: Mapping[str, tuple[SourceText, ...]] = field(default_factory=dict)
    intro: str = ""
    intro_hash: str = ""
    signed: tuple[Signature, ...] = ()
    templates: Mapping[str, str] = field(default_factory=dict)
