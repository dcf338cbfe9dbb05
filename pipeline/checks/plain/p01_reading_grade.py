"""The words can be read by someone who left school at fourteen, tired and on a phone.

A Flesch-Kincaid grade over 9 gets a warning; over 11, it blocks. Terms of the glossary count as one short word each:
they are linked to their explanation, and "lupus" can't be dodged. Numbers and abbreviations count as they are read
aloud. Plain summaries of reviews, meant for everybody, have a median of 14: it takes work to do better. The item as a
whole is graded, and by itself each field of 60 words or more; headlines are not. Easy sentences beside it don't make
one of grade 15 easier to read: such a sentence of 15 words or more gets a look, however the rest is graded. A grade of
one sentence is rough, so the bar is high. For newsletters in English only.

Source: Kincaid et al. 1975; Cochrane standards for plain-language summaries, 2021; on 411 Cochrane pairs, this grade
tells abstract from plain summary with an AUC of 0.83 (`docs/measured.md`).
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.checks.body import english, texts
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.reading.measure import Length, Measure, measure
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity
from pipeline.text import clip

_EASY, _HARD = 9.0, 11.0
_ENOUGH, _ALONE = 40, 60
_SENTENCE, _WORDS = 15.0, 15


def check(item: Item, context: Context) -> Iterable[Remark]:
    """Remark on a field, or a whole item, that is hard to read."""
    if not english(context.config):
        return
    fields = {name: measure(words, context.glossary) for name, words in texts(item)}
    alone = {name: found for name, found in fields.items() if found.words >= _ALONE and found.grade > _EASY}
    for name, found in alone.items():
        yield _remark(item, name, found, "This reads")
    whole = sum(fields.values(), Measure())
    reported = {*alone}
    if not alone and whole.words >= _ENOUGH and whole.grade > _EASY:
        name = max(fields, key=lambda n: max(each.grade for each in fields[n].lengths) if fields[n].lengths else 0.0)
        reported.add(name)
        yield _remark(item, name, whole, "The item reads", fields[name].lengths)
    for name in (name for name in fields if name not in reported):
        yield from _awful(item, name, fields[name])


def _awful(item: Item, name: str, found: Measure) -> Iterable[Remark]:
    """Tell the hardest sentence of a field that is easy as a whole, or too short to be graded."""
    hard = [each for each in found.lengths if each.words >= _WORDS and each.grade > _SENTENCE]
    if hard:
        hardest = _hardest(hard)
        why = f"One sentence reads at grade {hardest.grade:.0f}; our readers need {_EASY:.0f} or less: "
        f"“{_quoted(item, name, hardest)}”"
        yield _at(name, hardest, why, Severity.WARN)


def _remark(item: Item, name: str, found: Measure, what: str, lengths: tuple[Length, ...] = ()) -> Remark:
    hardest = _hardest(lengths or found.lengths)
    why = (
        f"{what} at grade {found.grade:.1f}; our readers need {_EASY:.0f} or less. "
        f"The hardest sentence: “{_quoted(item, name, hardest)}”"
    )
    return _at(name, hardest, why, Severity.BLOCK if found.grade > _HARD else Severity.WARN)


def _hardest(lengths: Iterable[Length]) -> Length:
    return max(lengths, key=lambda each: (each.grade, -each.start))


def _quoted(item: Item, name: str, sentence: Length) -> str:
    return clip((getattr(item, name) or "")[sentence.start : sentence.end], 90)


def _at(name: str, sentence: Length, why: str, severity: Severity) -> Remark:
    return Remark(
        field=name,
        start=sentence.start,
        end=sentence.start,  # a point, not a span: it must not hide what else is wrong in the sentence
        severity=severity,
        why=why,
        suggestion="One thought per sentence, everyday words, and who did what: “Doctors gave …”, not "
        "“administration of … was”.",
    )


RULE = Rule(
    id="P01",
    name="reading-grade",
    severity=Severity.WARN,
    binds=(Bound.ITEM, Bound.OPENING),
    check=check,
)
