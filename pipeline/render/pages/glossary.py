"""Every specialist word of our issues, each explained, with letters to jump by and the newest items that use it."""

from collections.abc import Iterator, Mapping
from unicodedata import normalize

from pipeline.language.glossary import anchor, used
from pipeline.model.issue import Word
from pipeline.model.item import WORDS
from pipeline.render.archive import PrintedItem
from pipeline.render.glossary_links import all_words, heading
from pipeline.render.pages import PageKind, Site

_PATH = "glossary/index.html"
_MOST = 2
"""How many items a word leads to."""


def _pages(site: Site) -> Iterator[tuple[str, Mapping[str, object]]]:
    words = all_words(site.archive.issues, site.archive.kept.words)
    yield (
        _PATH,
        {
            "words": words,
            "letters": letters_of(words, site.archive.newest.masthead.language),
            "used_in": _used_in(words, site),
        },
    )


def letters_of(words: tuple[Word, ...], language: str) -> dict[str, Word]:
    """Give the first word under each letter, as pages in a language head them."""
    letters: dict[str, Word] = {}
    for word in words:
        first = normalize("NFD", heading(word, language))[:1].upper()
        letters.setdefault(first if first.isalpha() else "0–9", word)
    return letters


def _used_in(words: tuple[Word, ...], site: Site) -> dict[str, list[PrintedItem]]:
    """The newest items that use each word, by its anchor.

    An issue knows the words it uses: one that has none we still look for is not gone through.
    """
    found: dict[str, list[PrintedItem]] = {anchor(word): [] for word in words}
    for issue in reversed(site.archive.issues):
        if all(len(found[anchor(word)]) >= _MOST for word in issue.glossary):
            continue
        for card in site.layouts[issue.key].cards:
            for word in used((getattr(card.item, name) or "" for name in WORDS), issue.glossary):
                items = found[anchor(word)]
                if len(items) < _MOST:
                    items.append(card.printed)
    return found


PAGE_KIND = PageKind("web/glossary.html", _pages, path=_PATH, menu=50)
