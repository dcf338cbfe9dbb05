"""How well numbers are traced: real pairs of abstract and plain summary, true numbers, and numbers changed on purpose.

What is true is judged by an implementation of its own, which goes the other way round: it writes a number in every normal
form and looks for that in the abstract. It shares no code with the rules.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from measures.row import Row
from samples import CONFIG, TODAY

from pipeline.checks.numbers import n01_untraced, n04_small_no_quote, n05_fact
from pipeline.checks.rule import Context
from pipeline.model.evidence import Evidence
from pipeline.model.item import Fact, Item, SourceText
from pipeline.model.names import Section, Severity, Status

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen"
).split()
TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
NAMED = re.compile(
    r"\b(?:phase|phases|type|types|stage|class|factor|grade|grades|vitamin|version|table|figure)[ -]$", re.IGNORECASE
)
WORDED = sorted((w for n in range(2, 100) for w in [ONES[n] if n < 20 else TENS[n // 10]] if w), key=len, reverse=True)
SPELLED = re.compile(
    rf"(?<![\w-])(?:(?:{'|'.join(TENS[2:])})[- ](?:{'|'.join(ONES[1:10])})|{'|'.join(dict.fromkeys(WORDED))})(?!\w)(?![ -](?:hundred|thousand|million|thirds|quarters|dozen))",
    re.IGNORECASE,
)
DIGITS = re.compile(
    r"(?<![\w.,/·-])\d{1,3}(?:,\d{3})+(?![\w,]|\.\d)|(?<![\w.,/·])(?<![A-Za-z]-)\d+(?:[.·]\d+)?(?![\w,/·]*\d|[A-Za-z]|-[A-Z])"
)


@dataclass(frozen=True)
class Stated:
    """A number of a summary that its abstract holds."""

    start: int
    end: int
    value: Decimal
    percent: bool


def spell(number: int) -> str:
    """Write a number up to 999,999 in words."""
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")
    size, name = (1000, "thousand") if number >= 1000 else (100, "hundred")
    rest = number % size
    return f"{spell(number // size)} {name}" + (
        (" " if size == 1000 and rest > 99 else " and ") + spell(rest) if rest else ""
    )


def forms(value: Decimal) -> str:
    """A pattern of every way a value is written."""
    ways = {re.escape(f"{value:f}"), re.escape(f"{value.normalize():f}")}
    if value % 1:
        ways |= {w.replace(r"\.", "[.·,]") for w in set(ways)}
        ways |= {re.escape(f"{value:f}") + "0"}
        if value < 1:
            ways.add(re.escape(f"{value:f}"[1:]))
    else:
        whole = int(value)
        ways |= {f"{whole:,}", f"{whole:,}".replace(",", " "), rf"{whole}\.0"}
        if whole < 1_000_000:
            words = spell(whole)
            ways |= {
                words.replace("-", "[- ]").replace(" and ", "(?: and)? ").replace("one hundred", "(?:one|a) hundred")
            }
        if whole % 12 == 0 and whole < 25:
            ways.add("a dozen" if whole == 12 else "two dozen")
    return "|".join(sorted(ways, key=len, reverse=True))


def holds(text: str, value: Decimal, *, percent: bool) -> bool:
    """Whether a text holds a value in any normal form; for a share, also as a part of a whole."""
    if re.search(rf"(?<![\w.,·])(?:{forms(value)})(?![\w]|[.,·]\d)", text, re.IGNORECASE):
        return True
    if not percent:
        return False
    for some, whole in re.findall(r"(?<![\w.,])(\d+)(?: of | out of |/)(?:the )?(\d+)(?![\w])", text):
        if int(whole) and int(some) <= int(whole):
            share = Decimal(100 * int(some)) / int(whole)
            if share.quantize(Decimal(1).scaleb(min(int(value.as_tuple().exponent), 0)), ROUND_HALF_UP) == value:
                return True
    return False


def plain(text: str) -> str:
    """Make hyphens and spaces plain, one for one."""
    return text.translate(str.maketrans("‐‑‒–—−\u00a0\u2009\u202f", "------   "))


def numbers(text: str) -> list[Stated]:
    """Every number of a text, in digits or words, from 2 on; names with digits aside."""
    found = []
    for match in DIGITS.finditer(text):
        if not NAMED.search(text[max(0, match.start() - 12) : match.start()]):
            value = Decimal(match.group().replace(",", "").replace("·", "."))
            found.append(
                Stated(match.start(), match.end(), value, bool(re.match(r" ?(?:%|per ?cent)", text[match.end() :])))
            )
    for match in SPELLED.finditer(text):
        words = re.split("[- ]", match.group().lower())
        spelled = sum(ONES.index(w) if w in ONES else 10 * TENS.index(w) for w in words)
        if spelled > 1 and not NAMED.search(text[max(0, match.start() - 12) : match.start()]):
            found.append(
                Stated(match.start(), match.end(), Decimal(spelled), bool(re.match(r" per ?cent", text[match.end() :])))
            )
    return sorted((n for n in found if n.value >= 2 or n.value % 1), key=lambda n: n.start)


def pairs(captures: Path) -> list[tuple[str, str]]:
    """The abstracts with their summaries."""
    both = [
        (captures / "standard" / name).read_text(encoding="utf-8").splitlines()
        for name in ("abstracts.txt", "plain_summaries.txt")
    ]
    return [(plain(a), plain(s)) for a, s in zip(*both, strict=True)]


def item(summary: str, facts: tuple[Fact, ...] = ()) -> Item:
    """An item that says just this."""
    return Item(
        id="2026-12/pair", status=Status.APPROVED, section=Section.RESEARCH, title="", source="cochrane", summary=summary,
        facts=facts, evidence=Evidence(),
    )  # fmt: skip


def context(abstract: str) -> Context:
    """A newsroom that kept this abstract."""
    said = (SourceText(source="cochrane", title="", text=abstract),)
    return Context(config=CONFIG, issue="2026-12", today=TODAY, texts={"2026-12/pair": said})


def weight(summary: str, abstract: str, start: int, end: int, facts: tuple[Fact, ...] = (), before: int = 0) -> str:
    """The heaviest remark on a span ("" for none); with facts, a new remark on any of them counts as well."""
    told = item(summary, facts)
    found = list(n01_untraced.check(told, context(abstract)))
    spans = [r.severity or Severity.BLOCK for r in found if r.field == "summary" and r.start < end and start < r.end]
    if facts:
        more = [r for r in n04_small_no_quote.check(told, context(abstract)) if r.start < end and start < r.end]
        spans += [Severity.WARN for _ in more]
        spans += [r.severity or Severity.BLOCK for r in list(n05_fact.check(told, context(abstract)))[before:]]
    return min((s.value for s in spans), key=["block", "warn", "note"].index, default="")


def changed(value: Decimal, rng: random.Random) -> Decimal:
    """Another number of the same size: one more or less, a digit changed, two digits swapped."""
    places = Decimal(1).scaleb(min(int(value.as_tuple().exponent), 0))
    low = 13 if value >= 13 else 2
    ways = [value + places, value - places, value + rng.randint(2, 9) * places, value - rng.randint(2, 9) * places]
    digits = str(value)
    if len(digits) > 1 and digits[0] != digits[1] and "." not in digits[:2] and digits[1] != "0":
        ways.append(Decimal(digits[1] + digits[0] + digits[2:]))
    good = [w for w in ways if w != value and w >= (low if value >= 2 else places) and (value >= 13 or w < 13)]
    return rng.choice(good or [value + places])


def written(value: Decimal, like: str) -> str:
    """Write a value the way another was written."""
    if like[0].isalpha():
        words = spell(int(value))
        return words.capitalize() if like[0].isupper() else words
    return f"{value:,f}" if "," in like else f"{value:f}"


@dataclass
class Result:
    """Counts over the pairs, by the heaviest remark ("" for none); `samples` are cases to look at.

    `true` is of true numbers. `wrong` is of changed ones by (13 and more, new value stands in the abstract by chance).
    `quoted` is of changed ones that a fact with a quote was attached to, by (13 and more, old value stands elsewhere in
    the summary).
    """

    true: Counter[str]
    wrong: dict[tuple[bool, bool], Counter[str]]
    quoted: dict[tuple[bool, bool], Counter[str]]
    samples: list[str]


def caught(
    counts: Iterator[Counter[str]] | list[Counter[str]], *, by: tuple[str, ...] = ("block", "warn", "note")
) -> float:
    """The share with a remark that weighs as told."""
    total = sum(counts, Counter())
    return sum(total[weight] for weight in by) / total.total() if total.total() else 1.0


def rows(captures: Path) -> Iterator[Row]:
    """Measure how numbers are traced."""
    done = run(captures)
    large = [c for (big, _), c in done.wrong.items() if big]
    share = done.true["block"] / done.true.total()
    yield Row(
        f"{done.true.total()} true numbers: called untraced", share, 0.02, "exact strings .36, by value .30", most=True
    )
    yield Row("true numbers with a warning or note", 1 - done.true[""] / done.true.total() - share, 0.10, most=True)
    nowhere = [done.wrong[True, False]]
    yield Row(
        "changed, 13 and more, not in the source by chance: caught", caught(nowhere), 1.0, "by value .89 to .99 of all"
    )
    yield Row("changed, 13 and more, all: blocked", caught(large, by=("block",)), 0.89, "by value .89 to .99")
    yield Row("changed, 13 and more, all: caught", caught(large), 1.0, "by value .89 to .99")
    once = [c for (_, twice), c in done.quoted.items() if not twice]
    yield Row("changed, with a quote, old value gone from the words: caught", caught(once), 1.0, "small, no quote .49")
    yield Row("changed, with a quote, all: caught", caught(list(done.quoted.values())), 0.99, "small, no quote .49")


def run(captures: Path, seed: int = 1, every: int = 1) -> Result:
    """Trace every true number of each (nth) pair, and each of them changed."""
    rng = random.Random(seed)
    four = [(big, other) for big in (False, True) for other in (False, True)]
    done = Result(Counter(), {k: Counter() for k in four}, {k: Counter() for k in four}, [])
    for abstract, summary in pairs(captures)[::every]:
        for number in numbers(summary):
            if holds(abstract, number.value, percent=number.percent):
                _try(done, abstract, summary, number, changed(number.value, rng))
    return done


def _try(done: Result, abstract: str, summary: str, number: Stated, new: Decimal) -> None:
    was, big = summary[number.start : number.end], number.value >= 13
    around = f"{was} -> {new}: {summary[max(0, number.start - 40) : number.end + 30]}"
    verdict = weight(summary, abstract, number.start, number.end)
    done.true[verdict] += 1
    if verdict == "block":
        done.samples.append(f"CALLED {around}")
    text = written(new, was)
    wrong = summary[: number.start] + text + summary[number.end :]
    end = number.start + len(text)
    chance = holds(abstract, new, percent=number.percent)
    verdict = weight(wrong, abstract, number.start, end)
    done.wrong[big, chance][verdict] += 1
    if not verdict and (big or not chance):
        done.samples.append(f"{'MISSED' if chance else 'UNSEEN'} {around}")
    fact = _fact(abstract, summary, number)
    if fact is None:
        return
    before = len(list(n05_fact.check(item(summary, (fact,)), context(abstract))))
    verdict = weight(wrong, abstract, number.start, end, (fact,), before)
    done.quoted[big, holds(wrong, number.value, percent=False)][verdict] += 1
    if not verdict:
        done.samples.append(f"QUOTED {around} | {fact.value} | {fact.quote}")


def _fact(abstract: str, summary: str, number: Stated) -> Fact | None:
    """The fact an editor would attach: the number as in the summary, with the abstract's words around it."""
    for match in re.finditer(rf"(?<![\w.,·])(?:{forms(number.value)})(?![\w]|[.,·]\d)", abstract, re.IGNORECASE):
        start = abstract.rfind(" ", 0, max(0, match.start() - 30)) + 1
        end = abstract.find(" ", match.end() + 30)
        tail = re.match(r" ?%|[ -](?:day|week|month|year)s?\b", summary[number.end :])
        value = summary[number.start : number.end] + (tail.group() if tail else "")
        return Fact(value=value, quote=abstract[start : end if end > 0 else len(abstract)])
    return None
