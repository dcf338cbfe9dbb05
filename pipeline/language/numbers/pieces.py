"""A text cut into numerals, words, signs and names, so that what stands beside a number tells what it counts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from math import isclose
from typing import NamedTuple

from pipeline.language.numbers.spelling import ARTICLES, NTH, PARTS, SCALES, begins, cardinal, glued
from pipeline.language.numbers.units import BODY, GERMAN, THINGS, TIME
from pipeline.language.terms import terms

_VULGAR = {
    sign: next((round(value * n), n) for n in range(2, 9) if isclose(value * n, round(value * n)))
    for sign, value in ((sign, unicodedata.numeric(sign)) for sign in "½⅓⅔¼¾⅕⅖⅗⅘⅙⅛⅜⅝⅞")
}
_GLUED_UNITS = "|".join(
    "mg g kg mcg ug µg μg ng ml l dl mmol mol cm mm m km mmhg h hr hrs min mins s d wk wks mo mos yr yrs y x k mu iu u "
    "million st nd rd th er".split()
)
# Spelled with both first letters, as ignoring case would make the pattern slow.
_LABELS = "PHASES?|" + "|".join(
    f"[{word[0].upper()}{word[0]}]{word[1:]}"
    for word in "phases? types? typ stages? class factor interleukin vitamin version table figure fig chapter appendix "
    "section".split()
)
_NUMBERS = r"(?:\d+[a-d]?|[IVX]+[ab]?)"
_NO_NAMES = "Week Day Month Year Age Mid Pre Post Over Under Non Grade Woche Tag Monat Jahr".replace(" ", "|")
# Names that hold digits: nothing in them is a number of people, days or per cent.
_NAME = "|".join(
    (
        r"\b24/7\b(?![/\d])|https?://\S+|www\.\S+|\bdoi:? ?10\.\S+|(?<![\w.])10\.\d{4,9}/\S+|\bPMID:? ?\d+",
        r"(?<!\d)\d{4}-\d{6}-\d{2}(?:-\d{2})?(?!\d)",
        rf"(?<![\w.])(?!(?:{_NO_NAMES})-)[A-Z][A-Za-z]*(?:-[A-Za-z]+){{0,3}}-\d+[A-Za-z]*(?:[-/]\d+)*\b",
        r"\b(?:omega|interleukin|factor|covid|cd)-\d+\b|(?<![\d.,])\d{1,2}-[A-Z][A-Z0-9]{0,3}\b",
        r"(?<![\w.])[A-Za-zα-ωµ][A-Za-z]*\d[\w]*(?:[-/]\w*\d\w*)*",
        rf"(?<![\w.,])\d+(?:\.\d+)?(?!(?i:{_GLUED_UNITS})\b)[A-Za-z]\w*",
        r"\b(?:[Rr]oom|Raum|Zimmer|Saal) \d+(?:\.\d+)?[a-z]?\b",
        rf"\b(?:{_LABELS})\.? {_NUMBERS}(?:(?: ?[-/] ?| (?:or|and|to|und|oder|bis) ){_NUMBERS})*\b(?![.,]\d|%)",
    )
)
# Most words are just words; telling them first makes reading twice as fast. No name goes on in any other way.
_JUST_A_WORD = r"[^\W\d_]+(?![\w-]|\.?:? ?[\dIVX]|:/|\.\w)"
# White space is taken along, as trying all of this at each space took as long as reading the words.
_DATE = r"(?<![\d.])(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2}))(?![\d/])"
_DIGITS = r"(?<!\d)\d{1,3}(?: \d{3})+(?:[.,]\d+)?(?![\d%]|[.,]\d)|\d+(?:[.,·']\d+)*|(?<![\w.])\.\d+"
_PIECE = re.compile(
    rf"(?:(?P<vulgar>[{''.join(_VULGAR)}])|(?P<word>{_JUST_A_WORD})|(?P<name>{_NAME})|"
    rf"(?P<date>{_DATE})|(?P<digits>{_DIGITS})|(?P<part>[^\W\d_]+)|(?P<sign>[^\s\w]))\s*",
)
_GERMAN = frozenset(
    "und der die das dem des mit nicht wurde wurden werden bei beim nach eine einen einer einem Im im vom zum zur von "
    "für auf sich sind hatte hatten waren Jahr Jahre Jahren Monat Monate Monaten Woche Wochen Tagen Personen Menschen "
    "Patienten Patientinnen Prozent".split()
)
_ENGLISH = frozenset(
    "The the of and with were to for at by from had is are that A a an who after people patients year years month "
    "months week weeks day days cent".split()
)
EVERY = frozenset(terms().every)
"""Words that make a share of an ordinal: "every fifth person"."""

_ORDER = frozenset("first second third latter last other later erste ersten zweite zweiten".split())
_ONE_OF = frozenset("of der des von the as".split())
# "A third died" is a share, "a third was added" most likely another one.
_DID = frozenset(
    "had have died relapsed needed developed got were improved responded recovered worsened stopped withdrew did "
    "could felt met reached went lost reported experienced suffered stayed remained fell".split()
)
_GERMAN_PART = "tel"
_COUNTED_OFF = frozenset("first second another other former two".split())
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_HAS_SIGN = re.compile(f"[{_RAISED}{''.join(_VULGAR)}]")
_WORDS = re.compile(r"[^\W\d_¹²³⁰⁴-⁹]+")
_STRETCH = re.compile(r"(?:[^.;!?]|[.;!?](?! ))+[.;!?]?")
_GROUPED = re.compile(r"\d[ '·]\d|\d ?\^")
_GERMAN_DIGITS = re.compile(r"\d[.,]\d")
_PLAIN = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_HAS_RAISED = re.compile(f"[{_RAISED}]")
_LOWERED = str.maketrans(_RAISED, "0123456789")
_UNLIKE_A_FOOTNOTE = 4  # after a 10, as in "10⁶"; "10²" is the second note on ten
_TIMES = frozenset("x × · *".split())
_LONGEST = 14
_MOST_DIGITS = 20


class Piece(NamedTuple):
    """A part of a text, a tuple as texts hold thousands; `sort` is num, word, sign, name or date, words in lower case.

    Of a numeral, `value` is what it says and `parts` are the two numbers of a written-out fraction. `unit` is set where
    the numeral and its unit are one word. `raw` is the piece as written.
    """

    sort: str
    text: str
    start: int
    end: int
    raw: str = ""
    value: Decimal | None = None
    parts: tuple[int, int] | None = None
    unit: str | None = None
    spelled: bool = False


_make = tuple.__new__  # half the time of naming the fields, for thousands of words


def pieces(text: str, *, german: bool = False, spans: Iterable[tuple[int, int]] = ()) -> list[Piece]:
    """Cut a plain text, or some spans of it, into pieces; a number of several words is one numeral."""
    cut = [
        _make(
            Piece,
            ("word", (raw := found[at := found.lastindex or 0]).lower(), *found.span(at), raw, None, None, None, False),
        )
        if found.lastgroup in ("word", "part")
        else _piece(found, german=german)
        for start, end in spans or ((0, len(text)),)
        for found in _PIECE.finditer(text, start, end)
    ]
    if _HAS_RAISED.search(text):
        cut = list(_lowered(cut))
    made: list[Piece] = []
    at = 0
    while at < len(cut):
        piece, used = cut[at], 1
        if piece.text in EVERY and (shared := _every(cut, at)):
            piece, used = shared
        elif piece.sort == "num" or (piece.sort == "word" and begins(piece.text)):
            piece, used = _numeral(cut, at, made[-1] if made else None, german=german)
        made.append(piece)
        at += used
    return made


def looks_german(text: str) -> bool:
    """Whether a text is German rather than English, by its small words."""
    words = _WORDS.findall(text[:600])
    german = sum(map(_GERMAN.__contains__, words))
    return german > 0 and german > sum(map(_ENGLISH.__contains__, words))


@lru_cache(maxsize=4096)
def in_digits(text: str) -> tuple[str, tuple[tuple[int, int, int], ...]]:
    """Write every number in plain digits: "two hundred and five", "1½", "12³", "10⁶", "15,5 Monate", "3 dozen".

    Shares in words and numbers that are one word with their unit stay. Returns the text, and of each number written
    anew where it starts and ends there and by how much it shrank.
    """
    german = looks_german(text)
    spans = [part.span() for part in _STRETCH.finditer(text) if _worth_rewriting(part.group(), german=german)]
    if not spans:
        return text, ()
    parts: list[str] = []
    moved: list[tuple[int, int, int]] = []
    last = length = 0
    for piece in pieces(text, german=german, spans=spans):
        written = text[piece.start : piece.end]
        plain = _PLAIN.fullmatch(written) and Decimal(written.replace(",", "")) == piece.value
        if piece.value is None or piece.unit or plain or (piece.parts and piece.spelled):
            continue
        digits = f"{piece.value.normalize():f}"
        parts += [text[last : piece.start], digits]
        length += piece.start - last + len(digits)
        moved.append((length - len(digits), length, len(written) - len(digits)))
        last = piece.end
    return "".join([*parts, text[last:]]), tuple(moved)


def _worth_rewriting(text: str, *, german: bool) -> bool:
    """Whether a stretch of text may hold a number that isn't in plain digits."""
    return bool(
        _HAS_SIGN.search(text)
        or _GROUPED.search(text)
        or (german and _GERMAN_DIGITS.search(text))
        or any(w in SCALES or (begins(w) and w != "a" and w not in ARTICLES) for w in _WORDS.findall(text.lower()))
    )


def word(cut: Sequence[Piece], at: int) -> str:
    """The text of a piece; empty where there is none."""
    return cut[at].text if 0 <= at < len(cut) else ""


def decimal(digits: str, *, german: bool = False) -> Decimal:
    """Read digits with their separators: "1,234.5" is one thousand in English, "1.234,5" in German."""
    if digits.isdecimal():
        return Decimal(digits)
    digits = digits.replace(" ", "").replace("'", "").replace("·", ".")
    thousands, point = (".", ",") if german else (",", ".")
    if re.fullmatch(rf"\d{{1,3}}(?:\{thousands}\d{{3}})+(?:\{point}\d+)?", digits) and not digits.startswith("0"):
        digits = digits.replace(thousands, "").replace(point, ".")
    elif digits.count(",") + digits.count(".") == 1:
        digits = digits.replace(",", ".")
    elif german:
        digits = digits.replace(".", "").replace(",", ".")
    else:
        digits = digits.replace(",", "")
    return Decimal(digits if digits.count(".") < 2 else digits.replace(".", ""))


def _lowered(cut: Sequence[Piece]) -> Iterator[Piece]:
    """Drop a footnote's raised number after a numeral or number word; make powers of ten what they say."""
    held: Piece | None = None
    times = False
    for piece in cut:
        bare = piece.text.rstrip(_RAISED)
        if held and held.sort == "num" and piece.sort == "word" and not bare and piece.start == held.end:
            power = int(piece.text.translate(_LOWERED))
            if held.raw == "10" and (times or _UNLIKE_A_FOOTNOTE <= power < _MOST_DIGITS):
                held = held._replace(value=Decimal(10) ** min(power, _MOST_DIGITS))
            held = held._replace(end=piece.end, raw=held.raw + piece.raw)
            continue
        if held:
            times = held.text in _TIMES
            yield held
        held = piece._replace(text=bare) if piece.sort == "word" and (begins(bare) or bare in SCALES) else piece
    if held:
        yield held


def _piece(found: re.Match[str], *, german: bool) -> Piece:
    at = found.lastindex or 0
    sort, raw = found.lastgroup or "sign", found[at]
    start, end = found.span(at)
    if sort == "digits" and len(raw) > _MOST_DIGITS:
        return Piece("name", raw, start, end, raw)
    if sort == "digits":
        return Piece("num", raw, start, end, raw, decimal(raw, german=german))
    if sort == "vulgar":
        some, whole = _VULGAR[raw]
        return Piece("num", raw, start, end, raw, Decimal(some) / whole, (some, whole))
    return Piece(sort, raw, start, end, raw)


def _numeral(cut: list[Piece], at: int, before: Piece | None, *, german: bool) -> tuple[Piece, int]:
    """Read a numeral that begins here; else the piece as it is. Returns how many pieces it took."""
    piece = cut[at]
    if piece.sort == "num":
        return _digits_and_words(cut, at)
    if (piece.text == "a" or piece.text in ARTICLES) and (after := word(cut, at + 1)) not in SCALES and after != "-":
        return piece, 1  # the commonest word that may begin a number, "a hundred", seldom does
    run = list(_run(cut, at))
    words = [cut[n].text for n in run]
    found = cardinal(words, german=german or word(cut, at + 1) in GERMAN)
    if found is None:
        return _german_unit(piece) or _fraction(cut, at, before) or (piece, 1)
    value, used = found
    last = run[used - 1]
    if 0 < value < 1 and used == 1 and word(cut, last + 1) not in TIME:  # "halbe" is half of whatever follows
        return piece, 1
    return _with_fraction(cut, _spelled(cut, at, last, value), last, at)


def _run(cut: list[Piece], at: int) -> Iterator[int]:
    """Yield the places of words that follow each other with one space or one hyphen between."""
    yield at
    for _ in range(_LONGEST):
        glued = at + 1 < len(cut) and cut[at + 1].text == "-" and cut[at + 1].start == cut[at].end
        after = at + (2 if glued else 1)
        gap = (
            (cut[after].start - cut[after - 1].end if glued else cut[after].start - cut[at].end - 1)
            if after < len(cut)
            else 1
        )
        if after >= len(cut) or cut[after].sort != "word" or gap:
            return
        yield after
        at = after


def _spelled(cut: list[Piece], first: int, last: int, value: Decimal) -> Piece:
    raw = " ".join(p.raw for p in cut[first : last + 1])
    return Piece("num", raw.lower(), cut[first].start, cut[last].end, raw, value, spelled=True)


def _digits_and_words(cut: list[Piece], at: int) -> tuple[Piece, int]:
    """Read "2.5 million", "2½", "2 thirds", "1 × 10⁶", "10^6"; digits by themselves else."""
    piece = cut[at]
    if power := _power(cut, at):
        return power
    after = cut[at + 1] if at + 1 < len(cut) else None
    if after is not None and after.sort == "num" and after.parts and after.start == piece.end and piece.parts is None:
        return piece._replace(value=_value(piece) + _value(after), end=after.end, raw=piece.raw + after.raw), 2
    if after is not None and after.text in SCALES and after.text != "hundred" and after.start - piece.end <= 1:
        scaled = piece._replace(value=_value(piece) * SCALES[after.text], end=after.end, raw=f"{piece.raw} {after.raw}")
        return scaled, 2
    return _with_fraction(cut, piece, at, at)


def _power(cut: list[Piece], at: int) -> tuple[Piece, int] | None:
    """Read a power of ten, and what it multiplies."""
    piece = cut[at]
    times = word(cut, at + 1) in _TIMES and at + 2 < len(cut)
    ten = at + 2 if times else at
    if cut[ten].raw == "10" and word(cut, ten + 1) == "^" and word(cut, ten + 2).isdecimal():
        value, last = Decimal(10) ** min(int(cut[ten + 2].text), _MOST_DIGITS), ten + 2
    elif times and _HAS_RAISED.search(cut[ten].raw) and cut[ten].sort == "num" and _value(cut[ten]) > 10:
        value, last = _value(cut[ten]), ten
    else:
        return None
    value = value * _value(piece) if times else value
    raw = " ".join(p.raw for p in cut[at : last + 1])
    return piece._replace(value=value, end=cut[last].end, raw=raw), last - at + 1


def _with_fraction(cut: list[Piece], piece: Piece, last: int, first: int) -> tuple[Piece, int]:
    """Add "and a half", or make "two thirds" of "two" and "thirds"."""
    if (after := word(cut, last + 1)) not in PARTS and after not in ("and", "-"):
        return piece, last - first + 1
    run = list(_run(cut, last))[1:5]
    words = [cut[n].text for n in run]
    if words[:3] == ["and", "a", "half"]:
        end = run[2]
        return piece._replace(value=_value(piece) + Decimal("0.5"), end=cut[end].end), end - first + 1
    if words and words[0] in PARTS and 0 < _value(piece) < PARTS[words[0]] and _value(piece) % 1 == 0:
        plural = words[0].endswith(("s", _GERMAN_PART))
        if plural or (_value(piece) == 1 and words[0] != "second"):
            some, whole, end = int(_value(piece)), PARTS[words[0]], run[0]
            raw = f"{piece.raw} {cut[end].raw}"
            return piece._replace(
                value=Decimal(some) / whole, parts=(some, whole), end=cut[end].end, raw=raw
            ), end - first + 1
    return piece, last - first + 1


def _fraction(cut: list[Piece], at: int, before: Piece | None) -> tuple[Piece, int] | None:
    """Read "half of", "a third of", "die Hälfte"; not "the second half", "half-life", "a third infusion"."""
    piece = cut[at]
    whole = PARTS.get(piece.text)
    after = cut[at + 1] if at + 1 < len(cut) else None
    if whole is None or piece.text.endswith("s") or (before is not None and before.text in _ORDER):
        return None
    of = after is not None and after.text in _ONE_OF
    if piece.text == "half":
        if after is not None and after.text == "-" and after.start == piece.end:
            return None
    elif piece.text != "hälfte" and not piece.text.endswith(_GERMAN_PART):
        shared = of or (after is not None and after.text in _DID and not _enumerates(cut, at))
        if not shared or before is None or before.text not in ("a", "an"):
            return None
    return piece._replace(sort="num", value=Decimal(1) / whole, parts=(1, whole), spelled=True), 1


def _enumerates(cut: list[Piece], at: int) -> bool:
    """Whether people are counted off before: "One had a fever, another an infection, a third died"."""
    for n in range(at - 1, max(-1, at - 30), -1):
        if cut[n].text in ".!?":
            return False
        if cut[n].text in _COUNTED_OFF or (cut[n].text == "one" and n < at - 2):
            return True
    return False


def _german_unit(piece: Piece) -> tuple[Piece, int] | None:
    """Read "sechsmonatige", "Viertelstunde" and "achtmal" as a numeral, with its unit if it has one."""
    found = glued(piece.text)
    return found and (piece._replace(sort="num", value=found[0], unit=found[1] or None, spelled=True), 1)


def _every(cut: list[Piece], at: int) -> tuple[Piece, int] | None:
    """Read "every fifth person", "jeder Zehnte"; "every second week" and "after every third person" are no share."""
    if at + 1 >= len(cut) or word(cut, at - 1) in ("after", "nach") or (whole := NTH.get(cut[at + 1].text, 0)) < 2:
        return None
    people = THINGS.get(word(cut, at + 2)) in BODY
    if not (people or (cut[at].text != "every" and cut[at + 1].raw[0].isupper())):
        return None
    share = _spelled(cut, at, at + 1, 1 / Decimal(whole))
    return share._replace(parts=(1, whole)), 2


def _value(piece: Piece) -> Decimal:
    return piece.value if piece.value is not None else Decimal(0)
