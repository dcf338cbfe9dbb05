"""The numbers of a text: value, kind, unit, what is counted, and where each stands.

Names that hold digits (CD19, IL-6, NCT numbers, DOIs, phases) are no numbers. "One" as a pronoun, "both" and "none" are
`implied`: they may bear out a number of somebody else's, and nobody owes a source for them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from pipeline.language.normalise import PlainText, normalise
from pipeline.language.numbers.linking import JOINS, pair, share_kinds
from pipeline.language.numbers.number import Number, Sort
from pipeline.language.numbers.pieces import EVERY, Piece, looks_german, pieces, word
from pipeline.language.numbers.spelling import ARTICLES, IMPLIED, NTH, SCALES, begins
from pipeline.language.numbers.units import BODY, DOSE, MONTHS, PERCENT, THINGS, TIME
from pipeline.language.sentences import sentences
from pipeline.language.terms import terms

_DIGIT = re.compile(r"[\d¼-¾⅐-⅞]")
_WORDS = re.compile(r"[^\W\d_¹²³⁰⁴-⁹]+")
_STOPS = frozenset(
    "of in with to and or had has have was were is are at after for on by from who whose that which than per met von "
    "mit und oder nach bei im hatten hatte wurden war waren die der das against while but as between".split()
)
_ONE_AFTER = frozenset("had has was died needed relapsed developed got fell hatte starb".split())
_DECADES = range(20, 100, 10)
_GRADE = frozenset("grade grades grad grads".split())
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_WORTH_READING = frozenset(IMPLIED) | frozenset(_ROMAN)
_BY_WHAT_FOLLOWS = ARTICLES | frozenset(NTH)
_HOLDS = _WORTH_READING | EVERY | frozenset(PERCENT) | frozenset(SCALES)
_ORDINAL_END = frozenset("st nd rd th".split())


@lru_cache(maxsize=4096)
def read(text: str, *, german: bool | None = None) -> tuple[Number, ...]:
    """Read every number of a text, in its order.

    `german` is told for decimals and words that mean something else in English; None lets the text tell.
    """
    plain = normalise(text)
    among = sentences(plain)
    # Most sentences hold no number, and what stands in one tells nothing of a number in the next.
    spans = [(s.start, s.end) for s in among if _may_hold_numbers(s.text)]
    if not spans:
        return ()
    cut = pieces(plain.text, german=looks_german(text) if german is None else german, spans=spans)
    found: list[tuple[int, Number]] = []
    for at, piece in enumerate(cut):
        if piece.sort in ("num", "date") or piece.text in _WORTH_READING or piece.text in _BY_WHAT_FOLLOWS:
            found += [(at, number) for number in _numbers(cut, at, piece)]
    linked = share_kinds(cut, pair(cut, found))
    return tuple(_placed(linked, n, plain, text) for n in range(len(linked)))


def _may_hold_numbers(text: str) -> bool:
    """Whether a text is worth reading: most fields on money and access hold no number."""
    if _DIGIT.search(text):
        return True
    words = _WORDS.findall(text.lower())
    return not _HOLDS.isdisjoint(words) or any(begins(w) for w in words if w not in ARTICLES and w != "a")


def _placed(linked: list[tuple[int, Number]], n: int, plain: PlainText, text: str) -> Number:
    """A number with its place in the raw text; a bare one that is the end of a range is called so."""
    number = linked[n][1]
    start, end = plain.span(number.start, number.end)
    ranged = number.bare and (number.to is not None or (n > 0 and linked[n - 1][1].to == number.value))
    return Number(number.value, Sort.RANGE if ranged else number.kind, start, end, text[start:end], *number[5:])


def _numbers(cut: Sequence[Piece], at: int, piece: Piece) -> list[Number]:
    """Read the numbers of one piece: none, one, or the three of a date."""
    if piece.sort == "date":
        parts = [Decimal(p) for p in re.split(r"[-./]", piece.raw)]
        return [Number(value, Sort.DATE, piece.start, piece.end, piece.raw) for value in parts]
    if piece.sort == "word" and piece.text in IMPLIED:
        value = IMPLIED[piece.text]
        return [Number(value, Sort.COUNT, piece.start, piece.end, piece.raw, noun=_noun(cut, at), implied=True)]
    if piece.sort == "word" and piece.text in _ROMAN and word(cut, at - 1) in _GRADE and len(piece.text) < 4:
        return [Number(Decimal(_ROMAN[piece.text]), Sort.ORDINAL, piece.start, piece.end, piece.raw, unit="grade")]
    if piece.sort == "word" and piece.text in _BY_WHAT_FOLLOWS:
        return _by_what_follows(cut, at, piece)
    if piece.sort != "num" or piece.value is None:
        return []
    number = Number(piece.value, Sort.COUNT, piece.start, piece.end, piece.raw, parts=piece.parts)
    return [_kinded(cut, at, piece, number)]


def _by_what_follows(cut: Sequence[Piece], at: int, piece: Piece) -> list[Number]:
    """Read "einem Prozent", "einer von 1000", "am dritten Tag": these words alone say no number."""
    after = word(cut, at + 1)
    number = Number(Decimal(NTH.get(piece.text, 1)), Sort.COUNT, piece.start, piece.end, piece.raw, implied=True)
    if piece.text in NTH:
        timed = after in TIME and len(after) > 2
        return [number._replace(kind=Sort.DURATION, unit=TIME[after])] if timed else []
    if after in PERCENT and len(after) > 1:
        return [number._replace(kind=Sort.PERCENT, implied=False)]
    whole = at + (3 if word(cut, at + 2) in ("den", "diesen") else 2)
    return [number] if after in ("von", "der") and whole < len(cut) and cut[whole].sort == "num" else []


def _kinded(cut: Sequence[Piece], at: int, piece: Piece, number: Number) -> Number:
    """Tell a number's kind, by its unit, by what stands before and after it."""
    after, next_at = _after(cut, at)
    if after in PERCENT or (after == "per" and word(cut, next_at + 1) == "cent"):
        return number._replace(kind=Sort.PERCENT)
    if piece.unit or after in TIME:
        return _timed(cut, at, next_at, number)
    if after == "uhr":
        return number._replace(kind=Sort.DATE)
    if after in _ORDINAL_END and next_at == at + 1 and cut[next_at].start == piece.end:
        return number._replace(kind=Sort.ORDINAL)
    if (after in ("a", "an") and piece.parts) and word(cut, next_at + 1) in TIME:
        return number._replace(kind=Sort.DURATION, unit=TIME[word(cut, next_at + 1)], parts=None)
    return _by_what_is_before(cut, at, number) or _by_things(cut, at, piece, number)


def _timed(cut: Sequence[Piece], at: int, unit_at: int, number: Number) -> Number:
    said = cut[at].unit or cut[unit_at].text
    unit = TIME[said]
    later, _ = _after(cut, unit_at)
    old = (
        later in ("old", "olds", "alt")
        or (later == "of" and word(cut, unit_at + 2) == "age")
        or said.startswith("jährig")
    )
    old = old and later not in terms().lasting
    aged = old or (unit == "year" and word(cut, at - 1) in ("aged", "age", "ages"))
    return number._replace(kind=Sort.AGE if aged else Sort.DURATION, unit=unit, parts=None)


def _by_what_is_before(cut: Sequence[Piece], at: int, number: Number) -> Number | None:
    """Read "week 24", "grade 3", "aged 44", "12 May 2021", "95% CI 1.5", "P = 0.04"."""
    before = word(cut, at - 1)
    if before in TIME and len(before) > 2 and not _counted_before(cut, at - 1):
        return number._replace(kind=Sort.DURATION, unit=TIME[before])
    if _graded(cut, at):
        return number._replace(kind=Sort.ORDINAL, unit="grade")
    if before == "mitte" and cut[at].spelled and number.value in _DECADES:
        return number._replace(value=number.value + 5, kind=Sort.AGE, unit="year")
    if before in ("aged", "age", "ages"):
        return number._replace(kind=Sort.AGE, unit="year")
    after = word(cut, at + 1) if word(cut, at + 1) != "." else word(cut, at + 2)
    if number.value % 1 == 0 and ((before in MONTHS and number.value < 32) or (after in MONTHS and number.value < 32)):
        return number._replace(kind=Sort.DATE)
    if _year(cut[at]) and _noun(cut, at) is None:
        return number._replace(kind=Sort.DATE)
    if _noun(cut, at) is None and _statistic(_just_before(cut, at)):
        return number._replace(kind=Sort.STATISTIC)
    return None


def _counted_before(cut: Sequence[Piece], at: int) -> bool:
    """Whether a unit of time has its own number before it: "after 6 months 9 people"."""
    back = at - 1 if word(cut, at - 1) not in ("-", "full", "more", "whole") else at - 2
    return back >= 0 and cut[back].sort == "num"


def _by_things(cut: Sequence[Piece], at: int, piece: Piece, number: Number) -> Number:
    """Tell what is counted: "62 adults", "10 mg", or nothing that is known."""
    after, next_at = _after(cut, at)
    if after in DOSE and (len(after) > 1 or cut[next_at].raw in "gluhm"):
        return number._replace(kind=Sort.DOSE, unit=DOSE[after])
    noun = _noun(cut, at)
    pronoun = piece.spelled and number.value == 1 and not (noun in BODY or after in _ONE_AFTER)
    return number._replace(noun=noun, implied=pronoun)


def _after(cut: Sequence[Piece], at: int) -> tuple[str, int]:
    """The word or sign after a piece, past a hyphen or "full" or "more" that glues the two; and its place."""
    place = at + 1
    if word(cut, place) == "-" and cut[place].start == cut[at].end and place + 1 < len(cut):
        place += 1
    if word(cut, place) in ("full", "more", "whole", "volle"):
        place += 1
    return (word(cut, place), min(place, len(cut) - 1))


def _just_before(cut: Sequence[Piece], at: int) -> Sequence[Piece]:
    """The few pieces before, back to the last bracket, semicolon, full stop or comma."""
    first = max(0, at - 6)
    for n in range(at - 1, first - 1, -1):
        if cut[n].text in (";", ".", "(") or (
            cut[n].sort == "num" and cut[n].text not in ("95", "2") and word(cut, n + 1) != "to"
        ):
            return cut[n + 1 : at]
    return cut[first:at]


def _statistic(before: Sequence[Piece]) -> bool:
    """Whether an abbreviation or word for a statistic stands before, with no new phrase begun since."""
    for piece in reversed(before):
        if piece.raw in terms().statistics or piece.text in terms().stated:
            return True
        if piece.text in _STOPS and piece.text not in ("of", "was", "is", "von", "per"):
            return False
    return False


def _graded(cut: Sequence[Piece], at: int) -> bool:
    """Whether the number is a grade: "grade 3", "grades 1 and 2", "grade >= 3"."""
    back = at - 1
    while back >= 0 and at - back < 6 and (cut[back].text in JOINS or cut[back].sort in ("sign", "num")):
        back -= 1
    return word(cut, back) in _GRADE and not any(p.text in "();.%" for p in cut[back + 1 : at])


def _year(piece: Piece) -> bool:
    return len(piece.raw) == 4 and piece.raw[:2] in ("19", "20") and piece.raw.isdecimal()


def _noun(cut: Sequence[Piece], at: int) -> str | None:
    """The class of the thing that is counted, from the few words that follow."""
    for piece in cut[at + 1 : at + 6]:
        if piece.sort in ("num", "date") or (piece.sort == "sign" and piece.text != "-") or piece.text in _STOPS:
            return None
        if piece.sort == "word" and piece.text in THINGS:
            return THINGS[piece.text]
    return None
