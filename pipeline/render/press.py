"""The templates, ready to print: no template is read from disk, nothing from an item is ever a template."""

from __future__ import annotations

import functools
import re
from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from traceback import walk_tb
from typing import Any

from jinja2 import (
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    pass_context,
    select_autoescape,
)
from jinja2.utils import missing
from markupsafe import Markup

from pipeline.errors import Fault, InputError
from pipeline.language.catalog import SOURCE, base, catalog_of, in_language
from pipeline.language.glossary import anchor
from pipeline.language.normalise import normalise
from pipeline.language.sentences import as_written
from pipeline.language.shipped import SHIPPED
from pipeline.model.issue import Masthead
from pipeline.render.environment import Templates, escaped
from pipeline.render.in_english import InEnglish
from pipeline.render.tables import table_sentences
from pipeline.render.unbroken import unbroken
from pipeline.render.word_files import WORDS, InLanguage, texts_of
from pipeline.render.wording import filters_in
from pipeline.text import clip, count, plain
from pipeline.theme import Logo, Theme

_TABLE = re.compile(r"{%-?\s*set (\w+) = {")
_PARAGRAPH = re.compile(r"\n\s*\n")

FORMER = {
    "layout": "sheet",
    "layouts": "sheets",
    "archive": "shelf",
    "links": "place",
    "printed": "told",
    "number": "nct",
    "change_type": "turn",
    "change_types": "turns",
    "pagination": "turns",
    "milestones": "marks",
    "plain_status": "stand",
    "latest_changes": "moves",
    "lists": "shelves",
}
"""What templates called things before: those that a newsroom has of its own go on working."""


class _Absent(StrictUndefined):
    """What a template asks for and nothing has: an error when it is used, unless the thing has another name now."""

    def __new__(cls, _hint: str | None = None, obj: Any = missing, name: str | None = None, *_: Any) -> Any:
        present = next((new for new, old in FORMER.items() if old == name and hasattr(obj, new)), "")
        return getattr(obj, present) if present else super().__new__(cls)


class Press:
    """Prints templates by name, with escaping on for `.html` and `.xml` and every missing name an error."""

    def __init__(self, templates: Mapping[str, str], logo: Logo | None = None, language: str = SOURCE) -> None:
        self._logo = logo
        self.templates = templates
        self.catalog = in_language(language)
        self._language = language
        self._spoken = catalog_of(language) is not None
        self._speaking: dict[str, Press] = {}
        self._macros: dict[tuple[Hashable, ...], str] = {}
        self._links: dict[str, Markup] = {}
        self._env = Templates(
            loader=FunctionLoader(
                lambda name: (_filled(name, templates), f"templates/{name}", None) if name in templates else None
            ),
            autoescape=select_autoescape(("html", "xml")),
            undefined=_Absent,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            extensions=(InLanguage,),
        )
        self._env.extend(catalog=self.catalog)
        self._env.globals |= {"_": self._said, "ngettext": self._counted, "fixed_language": self.catalog.language}
        self._env.policies["json.dumps_kwargs"] = {"sort_keys": True, "ensure_ascii": False}
        # `printed` is for plain text alone: it keeps the line breaks of a part that a macro has printed already.
        self._env.filters |= filters_in(self.catalog, language) | {
            "stamp": _stamp,
            "paras": _paragraphs,
            "printed": Markup,
            "forceescape": pass_context(escaped),
            "anchor": anchor,
            "counted": count,
            "clip": clip,
            "unsaid": _unsaid,
            "upfirst": lambda text: text[:1].upper() + text[1:],
            "nb": lambda words: unbroken(words if isinstance(words, Markup) else plain(words)),
            "ended": lambda text: text.rstrip(".") + ".",
        }

    @cached_property
    def _in_english(self) -> InEnglish:
        """What marks our sentences where the language has no catalog; what the newsroom wrote itself is its own."""
        names = [name for name in self.templates if name.endswith(WORDS) and not name.startswith(SHIPPED)]
        came = [self.templates.get(f"{SHIPPED}{name}", self.templates[name]) for name in names]
        own = [self.templates[name] for name in names if f"{SHIPPED}{name}" in self.templates]
        ours = {text for each in came for text in texts_of(each)} - {text for each in own for text in texts_of(each)}
        return InEnglish({*ours, *table_sentences()}, self._language)

    def _said(self, message: str, **values: object) -> str:
        """Say a sentence of a template, with values in their places."""
        return self.catalog.said(message) % values

    def _counted(self, one: str, many: str, n: int, **values: object) -> str:
        """Say a sentence of a template in the form that goes with a number, which stands in it as `n`."""
        return self.catalog.counted(one, many, n) % {"n": f"{n:,}", **values}

    def speaking(self, language: str) -> Press:
        """The press for a language: an issue of long ago may be in another one than the newest."""
        if base(language) == base(self._language):
            return self
        if language not in self._speaking:
            self._speaking[language] = Press(self.templates, self._logo, language)
        return self._speaking[language]

    def theme(self, masthead: Masthead) -> Theme:
        """Make the theme of what bears this masthead; the logo is the newsroom's, as it is today."""
        return Theme.of(masthead.accent, masthead.heads, self._logo)

    def print(self, name: str, **values: object) -> str:
        """Print one template; raises InputError where one is at fault."""
        with _report_faults(name):
            printed = self._env.get_template(name).render(_former(values) | values)
        return self._in_english(printed) if name.endswith(".html") and not self._spoken else printed

    def parts(self, name: str, wanted: tuple[str, ...], **values: object) -> dict[str, str]:
        """Print the named parts that a template sets, each by itself."""
        with _report_faults(name):
            module = self._env.get_template(name).make_module(_former(values) | values)
            return {part: str(getattr(module, part)) for part in wanted}

    def table(self, name: str, table: str) -> Mapping[str, str]:
        """A table of words that a template sets; raises InputError where it is at fault."""
        with _report_faults(name):
            return dict(getattr(self._env.get_template(name).module, table))

    def macro(self, name: str, macro: str, *values: Hashable) -> str:
        """Print one macro of a template; the same values are printed once."""
        key = (name, macro, *values)
        if key not in self._macros:
            with _report_faults(name):
                self._macros[key] = str(getattr(self._env.get_template(name).module, macro)(*values))
        return self._macros[key]

    def word(self, name: str) -> str:
        """Give a sentence of `web/words.txt` by its name."""
        return str(getattr(self._env.get_template("web/words.txt").module, name))

    def link_words(self, name: str) -> Markup:
        """Print the words under which a page is linked: its template's block `link`, or else what its title says."""
        if name not in self._links:
            self._links[name] = self._link_words(name)
        return self._links[name]

    def _link_words(self, name: str) -> Markup:
        template = self._env.get_template(name)
        block = template.blocks.get("link") or template.blocks["title"]
        context = template.new_context({"w": self._env.get_template("web/words.txt").module})
        return Markup("".join(block(context)).rstrip(", "))  # noqa: S704  a template escapes what it prints


@contextmanager
def _report_faults(name: str) -> Iterator[None]:
    """Say which template can't be printed, and where: a newsroom may have some of its own."""
    try:
        yield
    except TemplateError as error:
        frames = ((frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__))
        places = [place for place in frames if place[0].startswith("templates/")]
        file, line = places[-1] if places else (f"templates/{name}", 0)
        absent = f"there is no templates/{error.name}" if isinstance(error, TemplateNotFound) else ""
        hint = "Mend it, or take it away: then the one that comes with the program is used."
        raise InputError([Fault(file, line, 1, "", absent or str(error.message), hint)]) from None


def _filled(name: str, templates: Mapping[str, str]) -> str:
    """Put the words that came with the program before a newsroom's own, so that what those lack is there.

    A table is filled in word by word. All that is put before stands on the first line: places in errors stay right.
    """
    came = templates.get(f"{SHIPPED}{name}")
    if came is None:
        return templates[name]
    tables = dict.fromkeys(_TABLE.findall(came))
    before = "".join(f"{{% set _{table} = {table} %}}" for table in tables)
    after = "".join(f"{{% set {table} = dict(_{table}, **{table}) %}}" for table in tables)
    return f"{' '.join(came.splitlines())}{before}{templates[name]}{after}"


def _former(values: Mapping[str, object]) -> dict[str, object]:
    """Give values by the names that they had before."""
    return {old: values[new] for new, old in FORMER.items() if new in values}


def set_up(templates: Mapping[str, str], logo: Logo | None = None, language: str = SOURCE) -> Press:
    """Make a press for these templates that says our sentences in a language, or in English where it has no catalog.

    The last few are kept, as reading templates costs more than printing them.
    """
    return _set_up(tuple(sorted(templates.items())), logo, language)


@functools.lru_cache(maxsize=4)
def _set_up(templates: tuple[tuple[str, str], ...], logo: Logo | None, language: str) -> Press:
    return Press(dict(templates), logo, language)


def _paragraphs(text: str | None) -> tuple[str, ...]:
    """Split an editor's words at blank lines."""
    return tuple(p for p in (plain(part) for part in _PARAGRAPH.split(text or "")) if p)


def _unsaid(text: str, said: str, instead: str | None = None) -> str:
    """Leave out the sentences that were said a moment ago; when none is left, `instead` stands, or else the text."""
    before = {normalise(each).text for each in as_written(said)}
    kept = [each for each in as_written(text) if normalise(each).text not in before]
    return " ".join(kept) or (text if instead is None else instead)


def _stamp(when: date) -> str:
    """Write a day, or a moment of it, as feeds want it (RFC 3339)."""
    return f"{when:%Y-%m-%dT%H:%M:%SZ}"
