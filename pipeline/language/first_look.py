"""What a text must hold before a pattern can match it, read off the pattern, so that most are never tried or compiled.

Letters are told as keys: "cure " is that word, "cur" a word that begins so, "*ure" letters anywhere. A pattern needs
groups of keys, and of each group a text must hold one. The words of a text are told once, whatever is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

STEP = re.compile(
    r"<[a-zäöüß][a-zäöüß0-9-]*>|\{[a-z][a-z-]*\}|\[\^?\]?(?:\\.|[^\]\\])*\]|\\.|"
    r"\(\?(?:P<\w+>|-?[a-z]*:|<?[=!])|\(|\)|(?:[*?+]|\{\d*,?\d*\})\??|[\w ,'-]{2,}(?![*?+{])|.",
    re.DOTALL,
)
"""One step of a pattern: the name of a list or noun, a class, an escaped sign, a bracket, a repeat, or plain signs."""

# A bracket of plain words is read at one step: most are.
_READ = re.compile(rf"\((?:\?:)?[\w '|-]+\)|{STEP.pattern}", re.DOTALL)
_REPEAT = re.compile(r"(?:[*?+]|\{\d*,?\d*\})\??")
_WORD = re.compile(r"\w+")
_WORDY_CLASS = re.compile(r"\[\^|\\[wdDWS]|[^\W_]")
_CAPITAL = re.compile(r"(?<!\\)[A-ZÄÖÜ]")
_SPECIAL = frozenset("(.^$<{[\\")
_NAMED = re.compile(r"<[a-z]|\{[a-z]")
_SHORTEST, _LONGEST, _MOST = 3, 8, 400

Group = frozenset[str]
Groups = tuple[Group, ...]
Insert = Callable[[str], str]
"""The pattern that a name stands for; empty for a step that is no name."""


def no_names(_step: str) -> str:
    """Take no step for a name."""
    return ""


_Node = tuple[str, str, str, "_Alternatives", bool]
"""A part of a pattern: its kind (signs, words between bars, bracket, name, edge, look, other), repeat, text, what is in
the bracket, and whether it begins with what is no letter."""

_Alternatives = tuple[tuple[_Node, ...], ...]


class Look(NamedTuple):
    """A pattern without bars but in brackets; whether it begins where a word may, and ends where none goes on."""

    pattern: str
    starts: bool
    ends: bool


class _Need(NamedTuple):
    """A group of keys, and those of them that may stand anywhere, without their star."""

    keys: Group
    anywhere: tuple[str, ...]


class FirstLook:
    """What to try on a text, by number: the patterns of whose groups the text holds a key each.

    A pattern is told by the keys that tell most; all that it needs (`needed`) is asked when a text holds one of them.
    """

    def __init__(self, by_key: Mapping[str, list[int]], needed: Callable[[int], Groups]) -> None:
        self.by_key, self.needed = by_key, needed
        self._needs: dict[int, tuple[_Need, ...]] = {}
        self._keys = frozenset(by_key)
        self._anywhere = sorted({n for key, numbers in by_key.items() if key[0] == "*" for n in numbers})

    def likely(self, text: str, among: Sequence[int] | None = None) -> Sequence[int]:
        """List which to try on a text in lower case, in their order; `among` are those likely in its whole."""
        words = words_of(text)
        if among is None:
            here = self._keys & words
            among = (
                sorted({n for key in here for n in self.by_key[key]}.union(self._anywhere)) if here else self._anywhere
            )
        found = []
        for n in among:
            needs = self._needs.get(n) or self._read(n)
            for keys, anywhere in needs:
                if keys.isdisjoint(words) and not (anywhere and any(letters in text for letters in anywhere)):
                    break
            else:
                found.append(n)
        return found

    def _read(self, n: int) -> tuple[_Need, ...]:
        """The groups of which a text holds a key each where a pattern is likely; small ones are the rarest."""
        self._needs[n] = tuple(map(_need, sorted(self.needed(n), key=len)))
        return self._needs[n]


@cache
def _need(group: Group) -> _Need:
    return _Need(group, tuple(key[1:] for key in group if key[0] == "*"))


def first_look(looks: Sequence[Look], insert: Insert) -> FirstLook:
    """Read the first look off patterns; `insert` says what a name in them stands for."""

    @cache
    def needed(n: int) -> Groups:
        return needs(looks[n], insert)

    by_key: dict[str, list[int]] = {}
    for n in range(len(looks)):
        for key in max(needed(n), key=weight, default=frozenset("*")):
            by_key.setdefault(key, []).append(n)
    return FirstLook(by_key, needed)


@lru_cache(maxsize=1024)
def words_of(text: str) -> frozenset[str]:
    """Tell the words of a text as keys: each whole, and by each of its beginnings."""
    return frozenset().union(*map(_keys, set(_WORD.findall(text))))


@lru_cache(maxsize=8192)
def _keys(word: str) -> tuple[str, ...]:
    return (f"{word} ", *(word[:n] for n in range(_SHORTEST, min(len(word), _LONGEST) + 1)))


def weight(group: Group) -> tuple[int, int]:
    """How much a group tells: by its shortest key, letters anywhere the least, then by how few there are."""
    return min(0 if key[0] == "*" else len(key) for key in group), -len(group)


def needs(look: Look, insert: Insert) -> Groups:
    """Tell the groups of keys that any match of a pattern holds."""
    return _of_any(_parsed(small(look.pattern)), insert, starts=look.starts, ends=look.ends)[0]


def letters_of(pattern: str) -> Groups:
    """Tell groups of letters: any match holds some of each, wherever they stand."""
    needed = needs(Look(pattern, starts=False, ends=False), no_names)
    return tuple(frozenset(key.strip("* ") for key in group) for group in needed)


def small(pattern: str) -> str:
    r"""Put a pattern in small letters, but for the names of classes such as \W."""
    return pattern if pattern.islower() else _CAPITAL.sub(lambda m: m.group().lower(), pattern)


def _parsed(pattern: str) -> _Alternatives:
    return _alternatives(_READ.findall(pattern)[::-1])


def _alternatives(steps: list[str]) -> _Alternatives:
    """Read alternatives up to the bracket's end; `steps` stand the last one first, and are used up."""
    found: list[tuple[_Node, ...]] = []
    sequence: list[_Node] = []
    while steps and (step := steps.pop()) != ")":
        if step == "|":
            found.append(tuple(sequence))
            sequence = []
        else:
            sequence.append(_node(step, steps))
    return (*found, tuple(sequence))


def _node(step: str, steps: list[str]) -> _Node:
    first = step[0]
    plain = first == "(" and step[-1] == ")"
    inner = _alternatives(steps) if first == "(" and not plain else ()
    repeat = steps.pop()[0] if steps and steps[-1][0] in "*?+{" and _REPEAT.fullmatch(steps[-1]) else ""
    if first not in _SPECIAL or step in ("<", "{", "["):
        return "signs", repeat, step, (), _WORD.match(step) is None
    if plain:
        return "words", repeat, step[3:-1] if step[1] == "?" else step[1:-1], (), False
    if first == "(":
        return ("look", repeat, "", (), False) if step[-1] in "=!" else ("bracket", repeat, "", inner, False)
    if step in ("^", "$", r"\b", r"\B"):
        return "edge", repeat, step, (), False
    if first in "<{":
        return "name", repeat, step, (), False
    if first == "\\" and not step[1].isalnum():
        return "signs", repeat, step[1], (), True
    return "other", repeat, "", (), step in (r"\s", r"\W") or (first == "[" and not _WORDY_CLASS.search(step))


def _of_name(name: str, insert: Insert, *, starts: bool, ends: bool) -> tuple[Groups, bool]:
    inserted = insert(name)
    # What has no names in it is the same for every file.
    return _of_inserted(inserted, insert if _NAMED.search(inserted) else no_names, starts, ends)


@cache
def _of_inserted(pattern: str, insert: Insert, starts: bool, ends: bool) -> tuple[Groups, bool]:  # noqa: FBT001  cached
    return _of_any(_parsed(small(pattern)), insert, starts=starts, ends=ends)


def _of_any(alternatives: _Alternatives, insert: Insert, *, starts: bool, ends: bool) -> tuple[Groups, bool]:
    """What each of several alternatives needs, and whether a word begins behind all of them."""
    read = [_of(each, insert, starts=starts, ends=ends) for each in alternatives]
    behind = all(then for _, then in read)
    if len(read) == 1:
        return read[0][0], behind
    if not all(groups for groups, _ in read):
        return (), behind
    together = frozenset().union(*(max(groups, key=weight) if groups[1:] else groups[0] for groups, _ in read))
    return ((together,) if len(together) <= _MOST else ()), behind


def _of(sequence: tuple[_Node, ...], insert: Insert, *, starts: bool, ends: bool) -> tuple[Groups, bool]:
    """What a sequence needs; `starts` is whether a word begins before it, `ends` whether none goes on behind it."""
    groups: list[Group] = []
    run, known = "", starts
    for n, node in enumerate(sequence):
        kind, repeat, text, inner, wordless = node
        sure = repeat in ("", "+")
        if kind == "signs" and sure:
            run += text
            if not repeat:
                continue
        if run:
            groups += _of_run(run, known=known, whole=kind == "edge" and text != r"\B")
            known = not _WORD.match(run[-1])
            run = ""
        if kind in ("bracket", "words", "name"):
            edge = not repeat and _edge(sequence, n, ends=ends)
            found, behind = (
                _of_words(text, known, edge)
                if kind == "words"
                else _of_any(inner, insert, starts=known, ends=edge)
                if kind == "bracket"
                else _of_name(text, insert, starts=known, ends=edge)
            )
            groups += found if sure else ()
        else:
            behind = text == r"\b" or (known if kind in ("edge", "look") else wordless)
        known = behind if sure else behind and known
    if run:
        groups += _of_run(run, known=known, whole=ends)
        known = not _WORD.match(run[-1])
    return tuple(groups), known


@cache
def _of_words(words: str, starts: bool, ends: bool) -> tuple[Groups, bool]:  # noqa: FBT001  cached
    """What plain words between bars need, and whether a word begins behind all of them."""
    each = words.split("|")
    behind = all((starts if not word else not _WORD.match(word[-1])) for word in each)
    if not all(each):
        return (), behind
    needed = (_of_run(word, known=starts, whole=ends) for word in each)
    together = frozenset().union(*(max(groups, key=weight) for groups in needed if groups))
    return (together,), behind


def _edge(sequence: tuple[_Node, ...], n: int, *, ends: bool) -> bool:
    """Whether no word goes on behind a node."""
    if n + 1 == len(sequence):
        return ends
    kind, repeat, text, _, wordless = sequence[n + 1]
    return (kind == "edge" and text in (r"\b", "$")) or (wordless and repeat in ("", "+"))


def _of_run(run: str, *, known: bool, whole: bool) -> list[Group]:
    """The keys of signs that follow one another: `known` that a word begins with them, `whole` that none goes on."""
    if run.isalnum():  # most are one word
        return [frozenset((f"*{run}" if not known else f"{run} " if whole else _beginning(run),))]
    found: list[Group] = []
    for word in _WORD.finditer(run):
        if word.start() or known:
            found.append(frozenset((f"{word[0]} " if word.end() < len(run) or whole else _beginning(word[0]),)))
        else:
            found.append(frozenset((f"*{word[0]}",)))
    if not found and run.strip():
        found.append(frozenset((f"*{run.strip()}",)))
    return found


def _beginning(word: str) -> str:
    """The key of a word that begins so; a letter or two tell too little to be told of every word of a text."""
    return word[:_LONGEST] if len(word) >= _SHORTEST else f"*{word}"
