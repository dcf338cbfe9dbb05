"""The files of words among the templates, said in a language when they are read: printing looks nothing up.

Every text that a `{% set %}` gives a name is a sentence of ours; a list of two is one sentence in its two numbers.
What a newsroom wrote itself is in no catalog and stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jinja2 import Environment
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from pipeline.language.catalog import ENGLISH, Catalog

WORDS = "words.txt"
"""How the names of these files end."""

PLURALS = 2
"""How many texts a list has that says one thing in two numbers, as English needs."""


@dataclass(frozen=True, slots=True)
class FixedSentence:
    """A sentence of ours with the line it stands on; `many` is how it is said of any number but one."""

    line: int
    one: str
    many: str = ""


class InLanguage(Extension):
    """Says the files of words in the language of the catalog that its environment has as `catalog`."""

    def filter_stream(self, stream: TokenStream) -> TokenStream | Iterable[Token]:
        """Put translations in the place of texts."""
        catalog: Catalog = getattr(self.environment, "catalog", ENGLISH)
        if catalog.language == ENGLISH.language or not (stream.name or "").endswith(WORDS):
            return stream
        return _said(tuple(stream), catalog)


def sentences(source: str) -> Iterator[FixedSentence]:
    """Give every sentence of a file of words."""
    tokens = tuple(Environment(autoescape=True).lexer.tokenize(source))
    for places in _found(tokens):
        yield FixedSentence(tokens[places[0]].lineno, *(tokens[at].value for at in places))


def texts_of(source: str) -> Iterator[str]:
    """Give every text of a file of words."""
    for each in sentences(source):
        yield from filter(None, (each.one, each.many))


def _said(tokens: Sequence[Token], catalog: Catalog) -> Iterator[Token]:
    instead: dict[int, tuple[str, ...]] = {}
    for places in _found(tokens):
        english = [tokens[at].value for at in places]
        instead[places[0]] = catalog.forms(*english) if len(places) == PLURALS else (catalog.said(*english),)
        instead |= dict.fromkeys(places[1:], ())
    for at, token in enumerate(tokens):
        texts = instead.get(at)
        if texts is None and instead.get(at + 1) != ():  # the comma of what goes
            yield token
        for n, text in enumerate(texts or ()):
            if n:
                yield Token(token.lineno, "comma", ",")
            yield Token(token.lineno, "string", text)


def _found(tokens: Sequence[Token]) -> Iterator[tuple[int, ...]]:
    """Find the texts that get a name, two where they are one sentence in its two numbers."""
    naming, taken = False, -1
    for at, token in enumerate(tokens):
        if token.type == "block_begin":
            naming = tokens[at + 1].value == "set" and tokens[at + 3].type == "assign"
        elif token.type == "block_end":
            naming = False
        elif naming and token.type == "string" and at > taken and tokens[at + 1].type != "colon":
            taken = at + PLURALS if _is_pair(tokens[at - 1 : at + 5]) else at
            yield tuple(range(at, taken + 1, PLURALS))


def _is_pair(tokens: Sequence[Token]) -> bool:
    """Whether a list has two texts and no more, given what stands from its bracket on."""
    kinds = " ".join(token.type for token in tokens)
    return re.match("lbracket string comma string (comma )?rbracket", kinds) is not None
