"""Triage and checks read the same number, however it is written."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from newsrooms import REPO

from pipeline.checks.wording import counted
from pipeline.language.counts import follow_up, participants
from pipeline.language.normalise import comparable
from pipeline.language.numbers.pieces import in_digits
from pipeline.language.numbers.tokens import read
from pipeline.stories.facts import _GROUP


def triage(text: str) -> int | None:
    found = participants("", comparable(text))
    return found.number if found else None


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("12³ patients were treated.", 12),
        ("Twelve³ patients were treated.", 12),
        ("We infused 10⁶ patients' own cells.", None),
        ("Two hundred and five patients were treated.", 205),
        ("Siebenundvierzig Personen wurden behandelt.", 47),
    ],
)
def test_a_footnote_or_a_long_number_word_makes_no_other_number_of_people(text: str, people: int | None) -> None:
    assert triage(text) == people


def test_the_words_of_a_count_are_those_of_the_text() -> None:
    found = participants(
        "", comparable("Of sixty-two screened, two hundred and five patients were treated in twenty days.")
    )
    assert found is not None
    assert found.words.startswith("two hundred and five patients")


def test_a_fraction_of_a_year_is_a_length_of_follow_up() -> None:
    assert follow_up(comparable("They were treated, with a follow-up of 1½ years.")) == "1.5 years"


@pytest.mark.parametrize("text", ["Siebenundvierzig Personen hatten Fieber.", "Zwölf von zwanzig hatten Fieber."])
def test_a_german_count_of_harms_is_a_count(text: str) -> None:
    assert counted(text)


@pytest.mark.parametrize(
    "text", ["No one had a fever.", "Niemand hatte Fieber.", "QM-2200 was safe.", "It was safe in phase 1."]
)
def test_nobody_and_a_name_with_digits_are_no_count(text: str) -> None:
    assert not counted(text)


ONES = "zero one two three four five six seven eight nine ten eleven twelve".split()
ONES += [f"{stem}teen" for stem in ("thir", "four", "fif", "six", "seven", "eigh", "nine")]
TENS = ["", "", *(f"{stem}ty" for stem in ("twen", "thir", "for", "fif", "six", "seven", "eigh", "nine"))]
EINER = "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split()
EINER += [f"{stem}zehn" for stem in ("drei", "vier", "fünf", "sech", "sieb", "acht", "neun")]
ZEHNER = ["", "", "zwanzig", "dreißig", *(f"{stem}zig" for stem in ("vier", "fünf", "sech", "sieb", "acht", "neun"))]


def english(n: int, link: str, hyphen: str) -> str:
    """Write 0 to 999,999 in English words; `link` stands before what is left of a hundred."""
    if n < 20:
        return ONES[n]
    if n < 100:
        return TENS[n // 10] + (hyphen + ONES[n % 10] if n % 10 else "")
    size, name = (100, "hundred") if n < 1000 else (1000, "thousand")
    rest = n % size
    said = f"{english(n // size, link, hyphen)} {name}"
    return said + (f"{link if rest < 100 else ' '}{english(rest, link, hyphen)}" if rest else "")


def deutsch(n: int, *, within: bool = False) -> str:
    """Write 0 to 999,999 in one German word; `within` a longer one a one is "ein"."""
    if n == 1 and within:
        return "ein"
    if n < 20:
        return EINER[n]
    if n < 100:
        return (f"{deutsch(n % 10, within=True)}und" if n % 10 else "") + ZEHNER[n // 10]
    size, name = (100, "hundert") if n < 1000 else (1000, "tausend")
    return deutsch(n // size, within=True) + name + (deutsch(n % size) if n % size else "")


FORMS: dict[str, Callable[[int], str]] = {
    "words": lambda n: english(n, " and ", "-"),
    "words without and": lambda n: english(n, " ", "-"),
    "words without hyphen": lambda n: english(n, " and ", " "),
    "digits": str,
    "commas": lambda n: f"{n:,}",
    "spaces": lambda n: f"{n:,}".replace(",", "\u202f"),
    "apostrophes": lambda n: f"{n:,}".replace(",", "’"),
    "footnote": lambda n: f"{n:,}²",
}
GERMAN_FORMS: dict[str, Callable[[int], str]] = {
    "words": deutsch,
    "without one": lambda n: deutsch(n).removeprefix("ein") if deutsch(n).startswith(("einh", "eint")) else deutsch(n),
    "digits": str,
    "points": lambda n: f"{n:,}".replace(",", "."),
    "spaces": lambda n: f"{n:,}".replace(",", "\u202f"),
    "footnote": lambda n: f"{n:,}¹".replace(",", "."),
}
NUMBERS = st.integers(0, 999_999) | st.integers(0, 130)
BIG = st.booleans()


def same(text: str, value: Decimal) -> None:
    """Hold what checks, triage and stories read in a text against its value."""
    checked = [n.value for n in read(text) if not n.implied or n.value == 1]
    digits = in_digits(comparable(text))[0]
    written = re.search(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?", digits)
    assert (checked, written and Decimal(written.group().replace(",", ""))) == ([value], value), digits


@settings(deadline=None)
@given(NUMBERS, st.sampled_from(sorted(FORMS)), BIG)
def test_checks_triage_and_stories_read_every_english_number_alike(n, form, big) -> None:
    said = FORMS[form](n)
    text = f"{said[0].upper()}{said[1:]} patients were treated." if big else f"In all, {said} patients were treated."
    same(text, Decimal(n))
    counted_here = triage(text)
    assert counted_here == n or (counted_here is None and not 0 < n <= 5000)


@settings(deadline=None)
@given(NUMBERS.filter(lambda n: n != 1), st.sampled_from(sorted(GERMAN_FORMS)), BIG)
@example(n=11_000, form="words", big=False)  # "elf" alone is read in German texts only
def test_checks_triage_and_stories_read_every_german_number_alike(n, form, big) -> None:
    said = GERMAN_FORMS[form](n)
    text = (
        f"{said[0].upper()}{said[1:]} Patienten wurden behandelt." if big else f"Es wurden {said} Patienten behandelt."
    )
    same(text, Decimal(n))
    counted_here = triage(text)
    assert counted_here == n or (counted_here is None and not 0 < n <= 5000)


@settings(deadline=None)
@given(
    st.integers(1, 999),
    st.integers(1, 9),
    st.sampled_from(
        [
            ("{n}.{d} million people", 1_000_000),
            ("{n},{d} Millionen Menschen", 1_000_000),
            ("{n},{d} Mio. Menschen", 1_000_000),
            ("{n}.{d} thousand people", 1000),
            ("{n}.{d} years", 1),
            ("{n},{d} Jahre", 1),
        ]
    ),
)
def test_a_broken_number_with_a_word_behind_it_is_read_alike(n, d, form) -> None:
    text, scale = form
    same(f"({text.format(n=n, d=d)})", (n + Decimal(d) / 10) * scale)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3 dozen patients", "36"),
        ("half a dozen patients", "6"),
        ("ein halbes Dutzend Personen", "6"),
        ("zwei Dutzend Personen", "24"),
        ("1½ years", "1.5"),
        ("2¾ Jahre", "2.75"),
        ("two and a half years", "2.5"),
        ("anderthalb Jahre", "1.5"),
        ("eineinhalb Jahre", "1.5"),
        ("zweieinhalb Jahre", "2.5"),
        ("ein halbes Jahr", "0.5"),
        ("15,5 Monate", "15.5"),
        ("eine Million Menschen", "1000000"),
        ("two hundred and five people", "205"),
        ("zweihundertfünf Menschen", "205"),
        ("1 × 10⁶ cells", "1000000"),
        ("2.5 x 10^8 cells", "250000000"),
    ],
)
def test_other_forms_are_read_alike(text, value) -> None:
    same(f"({text})", Decimal(value))


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("They were treated, with a follow-up of 1½ years.", "1.5 years"),
        ("Die Nachbeobachtung von anderthalb Jahren ist zu Ende.", "1.5 years"),
        ("Nach zweieinhalb Jahren ging es ihnen gut.", "2.5 years"),
        ("Die mittlere Nachbeobachtung betrug 15,5 Monate.", "mean 15.5 months"),
        ("They were seen at week twelve.", "12 weeks"),
    ],
)
def test_triage_says_how_long_people_were_followed(text, long) -> None:
    assert follow_up(comparable(text)) == long


def test_stories_know_the_numbers_of_people_in_words() -> None:
    assert _GROUP.findall(in_digits("Two hundred and five patients, siebenundvierzig Personen.")[0]) == ["205", "47"]


PARSES = re.compile(r"\b(?:eleven|twelve|thirteen|nineteen|ninety|zwölf|siebzig|hundert)\b")


def test_number_words_stand_in_one_file_of_the_package() -> None:
    """A docstring, a comment or an editor's example may hold one; a list of them is a reader of its own."""
    found = {
        path.relative_to(REPO).as_posix()
        for path in (REPO / "pipeline").rglob("*")
        if path.suffix in (".py", ".yml")
        and "demo" not in path.parts
        and len(set(PARSES.findall(path.read_text("utf-8").partition("\ncases:")[0]))) > 2
    }
    assert found == {"pipeline/language/terms/number_words.yml"}
