"""A waiver says what it overrules, why, and is still needed.

Rules are wrong at times, and an editor may say so; each waiver is counted in the issue's colophon. One that matches
nothing may one day hide something else, one without a reason teaches nobody which rule to fix; and "ok", "TODO" or
"see above" is no reason. The same waiver twice is one too many. A waiver that doesn't
hold overrules nothing: the finding it was meant for stays.

Source: house rule; the same is done for unused suppressions in code (ruff RUF100) and for justified ones in SARIF 2.1.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from pipeline.checks.rule import Bound, Context, Rule
from pipeline.checks.waivers import REASONS, argued, covers, meant, twice
from pipeline.model.finding import Remark
from pipeline.model.item import Item, Waiver
from pipeline.model.names import Severity
from pipeline.text import nearest


def check(item: Item, context: Context) -> Iterable[Remark]:
    """Remark on each waiver that is unknown, unfounded, run out or unused."""
    for n, waiver in enumerate(item.waive):
        again = (_again(waiver),) if twice(item.waive, n) else ()
        for remark in (*again, *_about(waiver, item, context)):
            yield replace(remark, field=f"waive.{n}")


def _again(waiver: Waiver) -> Remark:
    where = f" on “{waiver.span}”" if waiver.span else ""
    return _remark(f"The waiver of {waiver.rule}{where} is here twice.", "Keep the one with the better note.")


def _about(waiver: Waiver, item: Item, context: Context) -> Iterable[Remark]:
    yield from _unfounded(waiver, context)
    rule = next((r for r in context.rules if r.id == waiver.rule), None)
    if rule is None or not rule.waivable or _over(waiver, context.today):
        return
    final = next((r for r in context.raised if meant(waiver, item, r) and not covers(waiver, item, r)), None)
    if final is not None:
        yield _remark(
            *(
                (
                    f"{rule.id} {rule.name} can't be waived in a headline: most readers see nothing else.",
                    "Change the headline and remove the waiver.",
                )
                if final.remark.field == "headline"
                else (f"{rule.id} {rule.name} can't be waived here. {final.remark.why}", final.remark.suggestion)
            ),
            block=True,
        )
    elif not any(covers(waiver, item, raised) for raised in context.raised):
        where = f" on “{waiver.span}”" if waiver.span else ""
        yield _remark(f"The waiver of {waiver.rule}{where} is not needed: the rule finds nothing there.", "Remove it.")


def _unfounded(waiver: Waiver, context: Context) -> Iterable[Remark]:
    """What is wrong with a waiver by itself."""
    yield from _of_no_rule(waiver, context)
    if waiver.reason not in REASONS:
        yield _remark(
            f"“{waiver.reason}” is not one of the reasons for a waiver.",
            nearest(waiver.reason, list(REASONS)),
            block=True,
        )
    if not argued(waiver.note):
        yield _unargued(waiver)
    if _over(waiver, context.today):
        yield _remark(
            f"The waiver of {waiver.rule} ran out on {waiver.until}.",
            "Look again: correct the item, or set a new date.",
        )
    if context.config.newsletter.person(waiver.by or "") is None:
        who = (
            f"The waiver of {waiver.rule} is by “{waiver.by}”, who is"
            if waiver.by
            else "Nobody is named for the waiver of"
        )
        yield _remark(
            f"{who} not among the people in sources.yml." if waiver.by else f"{who} {waiver.rule}.",
            "Name the person who overrules the rule, by the key in sources.yml: by: …",
            block=True,
        )


def _of_no_rule(waiver: Waiver, context: Context) -> Iterable[Remark]:
    """What is wrong with the rule that a waiver names."""
    known = [r.id for r in context.rules]
    rule = next((r for r in context.rules if r.id == waiver.rule), None)
    if rule is None:
        yield _remark(
            f"There is no rule “{waiver.rule}” to waive.",
            f"Rules have ids such as E04; {nearest(waiver.rule, known)}",
            block=True,
        )
    elif not rule.waivable:
        yield _remark(
            f"{rule.id} {rule.name} keeps a promise to readers, so it can't be waived.",
            "Remove the waiver and correct the item.",
            block=True,
        )


def _unargued(waiver: Waiver) -> Remark:
    """What to say of a note that is missing, or that says nothing."""
    other, note = waiver.reason == "other", (waiver.note or "").strip()
    why = f"The waiver of {waiver.rule} has no note" if not note else f"The note “{note}” doesn't say why"
    why += ", and “other” alone says nothing." if other else "."
    return _remark(why, "Say in a sentence why the rule is wrong here: note: …", block=other)


def _over(waiver: Waiver, today: date) -> bool:
    return waiver.until is not None and waiver.until < today


def _remark(why: str, suggestion: str, *, block: bool = False) -> Remark:
    return Remark(field="waive", why=why, suggestion=suggestion, severity=Severity.BLOCK if block else None)


RULE = Rule(
    id="W01",
    name="waiver",
    severity=Severity.WARN,
    binds=(Bound.ITEM,),
    check=check,
    waivable=False,
    late=True,
)
