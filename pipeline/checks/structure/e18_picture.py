"""A picture says what it shows, whose it is and on what terms, and nobody is shown who has not agreed.

Who can't see a picture hears its description. Who made it has a right to be named, and may say who prints it. A face
beside a disease tells something about a person for years; only that person can say yes to it.

Source: WCAG 2.2, success criterion 1.1.1; Creative Commons licences, section 3(a); Regulation (EU) 2016/679, articles
7 and 9.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.checks.rule import Bound, Context, Rule
from pipeline.model.finding import Remark
from pipeline.model.item import Item, OwnPicture
from pipeline.model.names import Severity

_OWED = {
    "alt": ("does not say what it shows", 'alt: "what somebody would see"'),
    "credit": ("does not say whose it is", 'credit: "who made it"'),
    "licence": ("does not say on what terms it is printed", 'licence: "CC BY 4.0", or "with permission"'),
}


def check(item: Item, context: Context) -> Iterable[Remark]:
    """Remark on an item's picture."""
    return _owing(item.picture, context)


def whole(context: Context) -> Iterable[Remark]:
    """Remark on the picture of the issue."""
    return _owing(context.picture, context)


def _owing(picture: OwnPicture | None, context: Context) -> Iterable[Remark]:
    """Say of a picture that it can't be printed, or what it owes to its readers, its maker or those it shows."""
    if picture is None:
        return
    if picture.file in context.pictures:
        what, hint = context.pictures[picture.file]
        yield Remark(field="picture.file", why=f"{picture.file}: {what}.", suggestion=hint)
    for name, (what, write) in _OWED.items():
        if not (getattr(picture, name) or "").strip():
            yield Remark(field="picture", why=f"The picture {what}.", suggestion=f"Add to it   {write}")
    if picture.people is None:
        why = "The picture does not say whether a person in it can be recognised."
        yield Remark(field="picture", why=why, suggestion="Add to it   people: false, or people: true with a consent")
    elif picture.people and picture.consent and picture.consent > context.today:
        why = f"The day of consent, {picture.consent}, is still to come."
        yield Remark(field="picture.consent", why=why, suggestion="Write the day on which that person said yes")
    elif picture.people and picture.consent is None:
        why = "The picture shows a person who can be recognised, and there is no day on which that person agreed."
        hint = "Add to it   consent: and the day of a written yes to this print, or use a picture without faces"
        yield Remark(field="picture", why=why, suggestion=hint)


RULE = Rule(
    id="E18",
    name="picture",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM,),
    check=check,
    waivable=False,
    whole=whole,
)
