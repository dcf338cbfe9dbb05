"""Where a text uses terms of the glossary: to link them, to mask them when its grade is reckoned, to freeze them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.language.late import late
from pipeline.model.issue import Word
from pipeline.text import slug

_IN_BRACKETS = late(r"(.*?)\s*\(([^()]+)\)(.*)")
_TOKEN = late(r"[^\W_]+(?:[.'’][^\W_]+)*")
_GAP = late("[-\u2010\u2011\u2012\u2013]|\\s+")
_BRITISH = late(r"(?<=h)ae(?=mo)|ae(?=mia)", re.IGNORECASE)
_LIKE = late("[-\u2010\u2011](?:like|\\d)")
_GLUED = late("[-\u2010\u2011]\\w")
# "Uncontrolled" and "response" are a study's words in one place and everyday words in another.
_EVERYDAY = late(r"in response|uncontrolled (?:disease|symptoms|lupus)", re.IGNORECASE)


class Use(NamedTuple):
    """One use of a term in a text, by characters."""

    word: Word
    start: int
    end: int


class _Form(NamedTuple):
    """One way a term is written, token by token; an `exact` one is known by its capitals."""

    tokens: tuple[str, ...]
    exact: bool
    word: Word


def uses(text: str, glossary: tuple[Word, ...]) -> tuple[Use, ...]:
    """Find the terms that a text uses, in its order; of two that begin together the longer one counts.

    A term is found by its heading, by its short form in brackets and by its aliases, in the singular and the plural,
    with hyphens or spaces, in British or American spelling. Abbreviations are found in their own capitals only.
    """
    return _matcher(glossary).uses(text) if glossary and text else ()


def used(texts: Iterable[str], glossary: tuple[Word, ...]) -> tuple[Word, ...]:
    """Pick the terms that any of the texts uses, in the glossary's order."""
    used_terms = {use.word.term for text in texts for use in uses(text, glossary)}
    return tuple(word for word in glossary if word.term in used_terms)


def masked(text: str, glossary: tuple[Word, ...], sign: str) -> str:
    """Put one sign in the place of each term, and spaces for the rest of it, so that offsets stay."""
    return _matcher(glossary).masked(text, sign) if glossary and text else text


@lru_cache(maxsize=1024)
def anchor(word: Word) -> str:
    """Name a term's place on the glossary's page."""
    return slug(word.term, 12)


def _stands(form: _Form, text: str, tokens: tuple[re.Match[str], ...], at: int) -> bool:
    """Whether a form stands at a token: its tokens in a row, with nothing between them but a space or a hyphen."""
    here = tokens[at : at + len(form.tokens)]
    if len(here) < len(form.tokens):
        return False
    for sought, token in zip(form.tokens, here, strict=True):
        word = token.group()
        if sought != (_british(word) if form.exact else _plain(word)):
            return False
    if not all(_GAP.fullmatch(text, a.end(), b.start()) for a, b in pairwise(here)):
        return False
    if _EVERYDAY.search(text, max(0, here[0].start() - 4), here[-1].end() + 12):
        return False
    # "CAR-T-like" is neither CAR-T nor a CAR.
    return not (_GLUED if form.exact else _LIKE).match(text, here[-1].end())


class _Matcher:
    """All forms of a glossary by their first token in lower case, longest first; and the texts met lately."""

    def __init__(self, glossary: tuple[Word, ...]) -> None:
        self.glossary = glossary
        forms = [form for word in glossary for form in _of(word)]
        self._forms: dict[str, list[_Form]] = {}
        for form in sorted(forms, key=lambda f: -len(f.tokens)):
            self._forms.setdefault(form.tokens[0].lower(), []).append(form)
        self.uses = lru_cache(maxsize=2048)(self._uses)
        self.masked = lru_cache(maxsize=2048)(self._masked)

    def _uses(self, text: str) -> tuple[Use, ...]:
        tokens = tuple(_TOKEN.finditer(text))
        found: list[Use] = []
        at = 0
        while at < len(tokens):
            near = self._forms.get(_plain(tokens[at].group()), ())
            form = next((f for f in near if _stands(f, text, tokens, at)), None) if near else None
            if form is not None:
                found.append(Use(form.word, tokens[at].start(), tokens[at + len(form.tokens) - 1].end()))
            at += len(form.tokens) if form else 1
        return tuple(found)

    def _masked(self, text: str, sign: str) -> str:
        for use in self.uses(text):
            text = f"{text[: use.start]}{sign}{' ' * (use.end - use.start - 1)}{text[use.end :]}"
        return text


_MATCHERS: list[_Matcher] = []


def _matcher(glossary: tuple[Word, ...]) -> _Matcher:
    """Make a glossary ready, once: it is known by being the same tuple, as comparing all its words takes long."""
    ready = next((m for m in _MATCHERS if m.glossary is glossary), None)
    if ready is None:
        ready = _Matcher(glossary)
        _MATCHERS[:] = [ready, *_MATCHERS[:7]]
    return ready


def _of(word: Word) -> Iterable[_Form]:
    bracketed = _IN_BRACKETS.fullmatch(word.term)
    heads = (f"{bracketed[1]}{bracketed[3]}", bracketed[2]) if bracketed else (word.term,)
    for written in dict.fromkeys((*heads, *word.aliases)):
        exact = " " not in written and sum(c.isupper() for c in written) >= 2
        for way in _plurals(written):
            tokens = tuple(t if exact else _plain(t) for t in _TOKEN.findall(_british(way)))
            if tokens:
                yield _Form(tokens, exact, word)


def _plurals(written: str) -> tuple[str, ...]:
    if written.endswith("y") and written[-2:-1] not in "aeiou":
        return written, f"{written[:-1]}ies"
    if written.endswith("sis"):
        return written, f"{written[:-2]}es"
    return (written,) if written.endswith("s") else (written, f"{written}s")


@lru_cache(maxsize=8192)
def _plain(token: str) -> str:
    return _british(token).lower()


@lru_cache(maxsize=8192)
def _british(text: str) -> str:
    return _BRITISH.sub("e", text).replace("’", "'")
