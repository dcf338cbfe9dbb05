"""A number that was worked out comes with its formula, and the formula gives that number.

"5 of 8" is 63 %, or 62.5 %, and not 65 %. Readers trust a sum that somebody else did; so it is done again at each
check, and the numbers that go in must stand in the source themselves.

Source: CDC Clear Communication Index, item 16 on arithmetic; HealthNewsReview.org criterion 2; house rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from pipeline.checks.formula import FormulaError, compute
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.checks.sourced import given, quoted, sources, texts
from pipeline.language.numbers.match import natural
from pipeline.language.numbers.number import Number, Sort
from pipeline.language.numbers.tokens import read
from pipeline.model.finding import Remark
from pipeline.model.item import Fact, Item
from pipeline.model.names import Severity

_FACTORS = frozenset({Decimal(1), Decimal(2), Decimal(10), Decimal(100), Decimal(1000)})
"""Numbers a formula may hold by themselves: to count the rest, to halve, to make a share of 100."""

_CALENDAR = frozenset(
    Decimal(n) for n in "4 7 12 24 28 30 30.4 30.42 30.44 30.4375 30.5 31 4.33 4.345 4.35 52 60 365 365.25".split()
)
"""What turns days, weeks, months and years into each other."""

_ROUND = frozenset({Decimal(10), Decimal(100), Decimal(1000), Decimal(10_000)})


def check(item: Item, context: Context) -> Iterable[Remark]:
    """Remark on formulas that can't be computed, give another number, or are fed from nowhere."""
    for n, fact in enumerate(item.facts):
        if (fact.derived or "").strip():
            yield from _about(f"facts.{n}", fact, item, context)


def _about(field: str, fact: Fact, item: Item, context: Context) -> Iterator[Remark]:
    formula = (fact.derived or "").strip()
    try:
        result, went_in = compute(formula)
    except FormulaError as error:
        yield Remark(
            field=field,
            why=f"The formula “{formula}” can't be worked out: {error}.",
            suggestion="Use numbers, + - * / and brackets, as in “5/8” or “(22-13)/31”.",
        )
        return
    numbers = [n for n in read(fact.value) if not n.implied] or [n for n in read(fact.value) if n.value]
    if not any(_gives(result, number, went_in) for number in numbers) or _other_share(numbers, result, went_in):
        yield Remark(
            field=field,
            why=f"“{formula}” gives {_shown(result)}, but the value says “{fact.value}”.",
            suggestion=_try(result, numbers, went_in),
        )
    times = any(n.kind in (Sort.DURATION, Sort.AGE) for n in numbers)
    if missing := _unsourced(went_in, _FACTORS | _CALENDAR if times else _FACTORS, item, context):
        yield Remark(
            field=field,
            why=f"{', '.join(_plain(m) for m in missing)} in the formula “{formula}” is in none of the "
            "texts behind this item.",
            suggestion="Use the source's numbers in the formula.",
        )


def _gives(result: Decimal, number: Number, went_in: tuple[Decimal, ...]) -> bool:
    """Whether a result is the number, within half a unit of the last place that is written.

    Of a ratio it is the share, or the part of a whole that the formula holds: 58-21 for "37 of 58".
    """
    place = Decimal(1).scaleb(min(int(number.value.as_tuple().exponent), 0)) / 2
    if number.parts:
        return abs(result - Decimal(number.parts[0]) / number.parts[1]) <= Decimal("0.015")
    if number.kind is Sort.PERCENT:
        return min(abs(100 * result - number.value), abs(result - number.value)) <= place
    if number.of and (number.value == 1 or number.of in went_in or number.of in _ROUND):
        shares = (result, result / number.of) if number.of in went_in else (result,)
        return any(
            natural(number.value, number.of, 100 * share) or abs(share * number.of - number.value) <= place / 10
            for share in shares
        )
    if number.of:
        return abs(result - number.value / number.of) <= place / number.of and result <= 1
    return abs(result - number.value) <= (number.value / 10 if number.implied else place)


def _other_share(numbers: list[Number], result: Decimal, went_in: tuple[Decimal, ...]) -> bool:
    """Whether a value says a share twice, and once wrongly: "5 of 8 (65%)"."""
    shares = [n.share for n in numbers if n.share is not None and not n.whole and _gives(result, n, went_in)]
    return any(
        n.kind is Sort.PERCENT and not _gives(result, n, went_in) and abs(share - n.value) > 1
        for n in numbers
        for share in shares
    )


def _try(result: Decimal, numbers: list[Number], went_in: tuple[Decimal, ...]) -> str:
    """Say what would be right, for the two slips that are made most."""
    for n in numbers:
        if n.value == 1 and n.of and 0 < result < 1:
            return f"The nearest is “1 in {round(1 / result)}”: correct the value and the words, or the formula."
        if n.of and n.of not in went_in and result > 1:
            return (
                f"Put the total into the formula too, as in “{_plain(n.value)}/{_plain(n.of)}”, or correct the value."
            )
    return "One of the two is wrong: correct the value and the words, or the formula."


def _unsourced(went_in: tuple[Decimal, ...], free: frozenset[Decimal], item: Item, context: Context) -> list[Decimal]:
    """The numbers of a formula that no source holds; none when the texts were not kept and nothing is quoted."""
    if not texts(item, context) and not any(fact.quote for fact in item.facts):
        return []
    known = set(sources(item, context).by_value)
    stocks = (quoted(item), given(item, context))
    return [v for v in dict.fromkeys(went_in) if v not in known | free and not any(v in s.by_value for s in stocks)]


def _shown(result: Decimal) -> str:
    shown = _plain(round(result, 3))
    return f"{shown} ({_plain(round(100 * result, 1))}%)" if 0 < result < 1 else shown


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


RULE = Rule(
    id="N02",
    name="derived-mismatch",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM,),
    check=check,
)
