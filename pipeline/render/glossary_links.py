"""Links from a page's words to the glossary: the first use of each term, and nothing else."""

from __future__ import annotations

from unicodedata import normalize

from markupsafe import Markup, escape

from pipeline.language.catalog import base
from pipeline.language.glossary import anchor, uses
from pipeline.model.issue import Issue, Word
from pipeline.text import plain


class Linker:
    """Links terms within one page. A term is linked once, so a linker serves one page only."""

    def __init__(self, glossary: tuple[Word, ...] = (), address: str = "") -> None:
        self._glossary = glossary
        self._address = address
        self._linked: dict[str, Word] = {}

    @property
    def used(self) -> tuple[Word, ...]:
        """The words that the page has linked so far, in its order."""
        return tuple(self._linked.values())

    def __call__(self, text: str | None) -> Markup:
        """Escape a paragraph and link each term that this page has not linked yet."""
        words = plain(text or "")
        parts: list[str] = []
        last = 0
        for use in uses(words, self._glossary):
            if use.word.term in self._linked:
                continue
            self._linked[use.word.term] = use.word
            link = f'<a class="term" href="{escape(self._address)}#{anchor(use.word)}">'
            parts.append(f"{escape(words[last : use.start])}{link}{escape(words[use.start : use.end])}</a>")
            last = use.end
        return Markup("".join([*parts, escape(words[last:])]))  # noqa: S704  all that is from outside is escaped


def all_words(issues: tuple[Issue, ...], kept: tuple[Word, ...] = ()) -> tuple[Word, ...]:
    """Every term that an issue of the archive explains, by its heading, as the newest issue has it: no anchor is lost.

    Words that are `kept` stay, though no issue uses them any more.
    """
    found = {anchor(word): word for word in kept}
    for issue in issues:
        for word in (*issue.glossary, *((issue.word,) if issue.word else ())):
            found[anchor(word)] = word
    language = issues[-1].masthead.language if issues else ""
    return tuple(sorted(found.values(), key=lambda word: normalize("NFD", heading(word, language).casefold())))


def heading(word: Word, language: str) -> str:
    """The name under which pages in a language explain a word: its German one, where these are German and it is not."""
    return word.de[:1].upper() + word.de[1:] if word.de and word.lang and base(language) == "de" else word.term
