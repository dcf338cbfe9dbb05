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

from pipeline.checks.hits import hits, remark, words
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.context import excused
from pipeline.language.hit import find
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_PLACE = (
    r"(?:clinics?|cent(?:er|re)s?|hospitals?|facilit(?:y|ies)|office|team|staff|(?:patient )?coordinators?|"
    r"specialists?|doctors?|hotline)"
)
_JOIN = (
    r"(?:join(?:ing)?|tak(?:e|ing) part|enter(?:ing)?|enrol\w*|participat\w*|(?:a |their |your )?place in (?:the|a|"
    r"our) (?:study|trial))"
)
_TREATS = (
    r"(?:treats?|works? (?:for|in|against|on)|helps? (?:with(?! questions)|in|against)|cures?|effective (?:for|"
    r"against)|good for|(?:one|our|this|a single|the same) (?:treatment|therapy|infusion|injection|answer) for)"
)
# "Used to treat" tells what some medicine is for; "it treats" is said of the thing on sale.
_ONE_FOR_ALL = (
    r"(?:treats|cures|works (?:for|in|against|on)|helps (?:with(?! questions)|in|against)|good for|(?:one|our|this|"
    r"a single|the same) (?:treatment|therapy|infusion|injection|answer) for)"
)
_OURS = (
    r"(?:lupus|ms|\w*sclerosis|\w*arthritis|myasthenia|myositis|crohn\w*|colitis|psoriasis|rheuma\w*|auto-?immun\w*)"
)
_ILLS = r"(?:(?:[\w-]+ )?(?:diseases|conditions|illnesses|disorders))"
# What no treatment of lupus is for as well.
_UNRELATED = (
    r"(?:autism|parkinson\w*|alzheimer\w*|age?ing|dementia|strokes?|copd|cerebral palsy|infertility|impotence|"
    r"hair loss|back pain|burn-?out|depression|long covid|(?<!type 1 )(?<!type-1 )diabetes)"
)
_OWN = r"(?:own|body's) (?:[\w-]+ ){0,2}?(?:cells?|body|bodies|blood|fat|tissue)"
_NO_HARM = (
    r"(?:(?:no|without|zero|free of|free from|never any)\b[^.;]{0,20}\b(?:side[- ]effects?|risks?(?! of rejection)|"
    r"dangers?|harms?|complications?)|nothing can go wrong|(?:safe|harmless|risk-free|natural))"
)
_MARKETING = words(
    r"our (?:clinics?|doctors?|specialists?|stem cells?|treatment cent(?:er|re)s?|packages?) (?:offers?|provides?|"
    r"treats?|helps?|cures?|has|have|can|will (?:help|treat|guide|call))|(?:travel|fly|come|"
    rf"welcome)\w* to our {_PLACE}",
    r"(?:no|without(?: a| any)?|skip the) waiting lists?|no waiting(?= ?[.,;!]|$)|book (?:now|today|your|"
    r"an? (?:free )?(?:consultation|appointment|call))|start your (?:\w+ )?journey|your journey to (?:recovery|"
    r"health|healing)",
    rf"(?:contact|call|e-?mail|message|phone|visit|write to|ask) (?:us|our {_PLACE})\b[^.;]{{0,30}}?\b(?:to|and|"
    r"for) (?:book|reserve|secure|schedule|enrol|(?:an? |your )?(?:free |personal )?(?:quotes?|prices?|offers?|"
    r"consultations?|appointments?|places?|spots?|slots?|treatments?|packages?))",
    r"(?:reserve|secure|claim) (?:your|a|an) (?:place|spot|slot|seat|bed|treatment|package)(?! (?:at|in|on|"
    r"for) (?:the |a |our )?(?:\w+ )?(?:webinar|talk|meeting|congress|conference|event|course))|(?:get|"
    r"request) (?:an?|your) (?:free |personal )?(?:quote|price list|estimate)",
    r"(?<!-)free consultations?|(?:an?|your|our|for|get) free (?:evaluation|assessment|quote|estimate|case review)|"
    r"(?:limited|only a few) (?:places|spots|slots)|(?:places|spots|slots) (?:are )?(?:filling|going|selling)(?: up|"
    r" out)? (?:fast|quickly)|(?:special|discounted|all-inclusive) (?:price|offer|package)s?|all[- ]inclusive",
    rf"pay(?:s|ing)? (?:to|for) {_JOIN}|paid to (?:join|enter|enrol)|(?:costs?|costing) (?!nothing|you nothing|"
    rf"them nothing)(?:[\w$€£.,]+ ){{1,6}}?to {_JOIN}",
    r"(?:you|participants?|patients?|people|families|volunteers?|everyone|each person) (?:\w+ )?(?:pays?|paid|(?:is|"
    rf"are|was|were) charged) (?!nothing|no\b)(?:[\w$€£.,]+ ){{0,6}}?(?:to|for) {_JOIN}|(?:participation|enrol\w*|"
    r"joining|entry) fees?|pay-to-participate|patient-funded (?:study|trial)",
    r"(?:read|see|watch|hear) (?:our |the |her |his |their )?(?:patient )?(?:testimonials?|success stor(?:y|ies))|"
    r"read how \w+ (?:was|got) (?:cured|healed|well)|happy (?:customers|patients)|patient testimonials",
    rf"{_TREATS} (?:more than |over |up to |some |about |almost )?(?:\d\d+|dozens of|all(?: (?:kinds|sorts) of)?|any|"
    rf"every|many (?:different|unrelated|kinds of|sorts of)) {_ILLS}|(?:treats?|cures?) every (?:disease|illness|"
    r"condition)",
    rf"{_ONE_FOR_ALL} (?=[^.;:]{{0,80}}\b{_UNRELATED}\b)(?=[^.;:]{{0,80}}\b{_OURS}\b)[\w' -]{{2,40}}(?:, [\w' -]{{2,40}})+,? (?:and|"
    r"or) [\w-]+(?:'s)?(?: disease| pain)?(?: alike)?",
    rf"{_ONE_FOR_ALL} [\w' -]{{2,40}}(?:, [\w' -]{{2,40}})+,? (?:and|or) [\w' -]{{2,40}} alike",
    rf"(?:your |their )?{_OWN},? (?:so|and so|which means|meaning|thus|therefore|hence|"
    rf"making it)[^.;]{{0,30}}?\b{_NO_HARM}|(?:because|as|since) (?:[\w']+ ){{0,6}}?{_OWN}(?:(?!\bnot\b|"
    rf"n't)[^.;]){{0,50}}?\b{_NO_HARM}",
    r"(?:no|zero) risks? (?:of|because)[^.;]{0,40}\bown (?:stem )?cells|risk-free|money[- ]back|(?:100 ?%|completely|"
    r"all)[- ](?:safe and natural|natural(?! killer))|stem[- ]cell (?:cure|package|vacation|holiday)s?",
)
_HURRY = words(
    r"(?:call|contact|enquire|inquire|sign up|act|apply) (?:us )?(?:now|today)(?: (?:for|to|and) [\w' -]{1,40})?",
)
_SELLS = "Leave it out, or tell of it as a warning sign."
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
        yield remark(field, hit, "“{}” is how unproven clinics sell.", _SELLS)
    for field, hit in hits(item, _HURRY):
        yield remark(field, hit, "“{}” hurries people to buy, as unproven clinics do.", _SELLS)
    for field in _READ:
        sold = (hit for sign in (_MARKETING, _HURRY) for hit in find(sign, getattr(item, field)) if not excused(hit))
        for hit in [*sold][:1]:
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
    binds=(Bound.ITEM, Bound.OPENING, Bound.TEXT),
    check=check,
    waivable=False,
)
