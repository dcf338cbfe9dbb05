"""Nothing that sells an unproven treatment gets in: neither its address nor its words.

Clinics that sell cell treatments, and recipe sites that make up guides to them, fill the searches of people with lupus.
Their marks are known: payment to take part, happy customers instead of results, one product for many diseases, "your own
cells, so no risk", a place to book. Addresses that the editors refuse stand in `sources.yml` under `deny`. Warnings of
such clinics are not meant.

Source: International Society for Stem Cell Research, nine things to know about stem cell treatments; Turner and
Knoepfler, Cell Stem Cell 2016, on how such clinics advertise.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from pipeline.checks._cases import case, said
from pipeline.checks._prose import hits, remark, words
from pipeline.checks._rule import Context, Rule
from pipeline.checks.prose.context import excused
from pipeline.checks.prose.hit import find
from pipeline.model.finding import Remark
from pipeline.model.item import Also, Item
from pipeline.model.names import Severity

_MARKETING = words(
    r"our (?:clinics?|doctors?|specialists?|stem cells?|treatment cent(?:er|re)s?|packages?) (?:offers?|provides?|treats?|helps?|cures?|has|have|can)",
    r"(?:no|without(?: a| any)?|skip the) waiting lists?|book (?:now|today|your|an? (?:free )?(?:consultation|appointment|call))",
    r"(?:call|contact|enquire|inquire|sign up|act|apply) (?:us )?(?:now|today)|(?:limited|only a few) (?:places|spots|slots)|(?:special|discounted|all-inclusive) (?:price|offer|package)s?",
    r"pay(?:s|ing)? (?:to|for) (?:take part|join|enrol\w*|participat\w*|(?:a )?place in (?:the|a|our) (?:study|trial))|pay-to-participate|patient-funded (?:study|trial)",
    r"(?:read|see|watch|hear) (?:our |the )?(?:patient )?(?:testimonials|success stories)|happy (?:customers|patients)|patient testimonials",
    r"(?:treats?|works? for|helps? (?:with|in)|cures?|effective (?:for|against)) (?:more than |over |up to )?(?:\d\d+|dozens of|all(?: kinds of)?|any|many (?:different|unrelated)) (?:[\w-]+ )?(?:diseases|conditions|illnesses)",
    r"(?:your |their )?own (?:stem )?cells,? (?:so|and so|which means|thus|therefore|hence|making it)[^.;]{0,30}\b(?:no|without|zero|free of|risk-free|harmless|safe)",
    r"(?:no|zero) risks? (?:of|because)[^.;]{0,40}\bown (?:stem )?cells|risk-free|money[- ]back|stem[- ]cell (?:cure|package|vacation|holiday)s?",
)
_READ = ("title", "excerpt")


def check(item: Item, context: Context) -> Iterable[Remark]:
    """Remark on addresses that the newsletter refuses, and on words that sell."""
    for field, link in (("link", item.link), *((f"also.{n}", also.link) for n, also in enumerate(item.also))):
        host = denied(link, context.config.newsletter.deny)
        if host:
            yield Remark(
                field=field,
                why=f"{host} is among the addresses that this newsletter refuses (deny in sources.yml).",
                suggestion="Take it out; the news, when it is any, has a paper, a registry or a regulator behind it.",
            )
    for field, hit in hits(item, _MARKETING):
        yield remark(field, hit, "“{}” is how unproven clinics sell.", "Leave it out, or tell of it as a warning sign.")
    for field in _READ:
        for hit in [h for h in find(_MARKETING, getattr(item, field)) if not excused(h)][:1]:
            yield remark(field, hit, "The source sells: “{}”.", "Reject the item, and put its address under deny.")


def denied(link: str | None, deny: tuple[str, ...]) -> str | None:
    """Name the refused domain that an address belongs to, itself or as a part of it; None when it is none."""
    try:
        host = (urlsplit(link or "").hostname or "").lower().rstrip(".")
    except ValueError:
        return None
    return next((d for d in deny if host == d.lower() or host.endswith(f".{d.lower()}")), None)


RULE = Rule(
    id="S03",
    name="clinic-marketing",
    severity=Severity.BLOCK,
    check=check,
    waivable=False,
    bad=(
        case(link="https://www.cells-for-sale.example/lupus"),
        case(also=(Also(source="sciencepress", title="CAR-T guide", link="https://cells-for-sale.example/guide"),)),
        *said(
            "summary",
            "Nine people were treated. Our clinic offers the same with no waiting list.",
            "Nine people paid to take part, and you can book a consultation.",
            "Nine people; it works for over 40 different diseases.",
            "Nine people. They are your own cells, so there is no risk.",
        ),
        case(title="Stem cell cure for lupus: book now"),
        case(excerpt="Read our success stories and call today."),
    ),
    good=(
        *said(
            "summary",
            "Nine people. Beware of clinics that say it works for many different diseases.",
            "Nine people. A warning sign: you pay to take part in what is called a study.",
            "Nine people got their own cells, changed in a lab; six had fever.",
            "Nine people. Our doctors in the study know of no other case.",
        ),
        case(link="https://not-cells-for-sale.example/"),
        case(link=None),
    ),
)
