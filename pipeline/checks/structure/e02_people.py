"""A report on treated people says how many they were, and a percentage stands beside its "n of N".

"100 % responded" can be four people; 7 of 7 "evaluable" can be 7 of 9 treated. Nothing said on the size of a benefit
meant an unsatisfactory report for 95 of 100 rated press releases. People understand counts with one denominator best,
and percentages of small groups mislead. A percentage by which a measured value changed ("fell by 60%"), a part of a
thing ("30% of its planned size") and what a disease does in general are no shares of the people treated and not meant
here. A brief is read without the summary: a result in it stands with a number of people too, if only of one group.

Source: HealthNewsReview.org criterion 2; SAMPL guidelines (Lang and Altman): numerator and denominator.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.due import outcomes
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.checks.wording import says_people
from pipeline.language.normalise import plain_punctuation
from pipeline.language.nouns import with_nouns
from pipeline.language.numbers.parts import parts
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity
from pipeline.text import count

_FIELDS = ("headline", "summary", "harms", "not_known", "who", "brief")
_NEAR = 120
_PERCENT = with_nouns(
    r"(?<![\w.,])(?:\d+(?:[.,]\d+)? ?(?:%|per ?cent\b|prozent\b)|{spelled}[- ](?:per ?cent|prozent)\b)", re.IGNORECASE
)
_OF_HUNDRED = ("%", "cent", "prozent")
_OF = with_nouns(
    r"\b(?:of|von) (?:the |these |those |all |its |their )?{number}\b(?! ?%| ?per ?cent|[- ](?:day|week|month|year|"
    r"hour|mg))|"
    r"\b{number} ?/ ?{number}\b|\b{number} in {number}\b|\ball {number}\b|\bn ?= ?\d+",
    re.IGNORECASE,
)
_ABOUT = r"(?:about |around |nearly |almost |roughly |up to |more than |at least |some |a mean of )?"
_CHANGE_BEFORE = re.compile(
    rf"\b(?:by|fell|rose|dropped|sank|grew|declined|decreased|increased|improved|shrank) (?:by )?{_ABOUT}$",
    re.IGNORECASE,
)
_MOVE = "(?:drop|fall|rise|reduction|increase|decrease|decline|lower|higher|less|more|improvement)"
_LIMITS = "(?:CI|KI|confidence|credible|uncertainty|range|interval|limits|certain|sure)"
_CHANGE_AFTER = re.compile(
    rf"-? ?(?:points?\b|{_MOVE}\b|(?:(?:likely|plausible|usual) )?{_LIMITS}\b)",
    re.IGNORECASE,
)
# "Scores were 30% better" is a change; "71% better at 6 months" says how many people were.
_THINGS = (
    r"(?:scores?|levels?|values?|function|strength|survival|counts?|tests?|quality|sleep|movement|walking|vision|"
    r"sight|speed|results?|measures?)"
)
_BETTER = re.compile(r" (?:better|worse)\b", re.IGNORECASE)
_BETTER_BEFORE = re.compile(
    rf"\b(?:{_THINGS}|is|are|was|were|be|been|becomes?|became|gets?|got|feels?|felt|does|did|performs?|performed|"
    rf"walks?|walked|scored|an?) {_ABOUT}$",
    re.IGNORECASE,
)
_BETTER_AFTER = re.compile(rf" (?:better|worse) (?:than|{_THINGS})\b", re.IGNORECASE)
_OF_IT = (
    r"(?:(?:the|its|their|his|her|this|that|an?|all|planned|usual|normal|full|total|original|first|starting|intended|"
    r"expected|daily|[TB]) )*"
)
_PLANNED = (
    r"(?:planned|usual|normal|starting|intended|expected) (?:number|people|patients|participants)|"
    r"(?:the )?(?:number|people|patients|participants) (?:it |they )?(?:had )?planned"
)
_PARTED = (
    (
        r"normal|baseline|size|target|goal|plan|dose|amount|levels?|value|weight|money|cash|budget|costs?|price|"
        r"funding|funds|sum|shares|time|days"
    ),
    (
        r"body|skin|lungs?|muscle|kidney function|cells|antibodies|protein|blood|volume|enrol\w+|places|sites|"
        r"hospitals|studies|trials|papers|reports"
    ),
)
_NO_GROUP = r"(?! (?:group|arm|cohort|patient|donor|sufferer|participant)s?\b| people\b)"
_PART_OF_A_THING = re.compile(rf" of {_OF_IT}(?:{'|'.join((_PLANNED, *_PARTED))})\b{_NO_GROUP}", re.IGNORECASE)
# "Lupus hits women in 90% of cases": what is known of a disease, and no result.
_DISEASE_BEFORE = with_nouns(
    r"\b{illness} (?:mostly |mainly |often |usually |also |first )*(?:affects?|hits?|strikes?|attacks?|concerns?|"
    r"begins?|starts?|occurs?)\b(?! (?:again|anew|over))[^.;:]{0,50}$",
    re.IGNORECASE,
)
_OF_CASES = re.compile(
    r" of (?:(?:all|the|such) )*(?:\w+ )?(?:cases|people|patients|adults|children|women|men|those)\b", re.IGNORECASE
)
_DISEASE_AFTER = with_nouns(
    r" of (?:all |the )?(?:people|patients|adults|those|cases|"
    r"diagnoses)(?: who live)?(?: with {illness})? (?:(?:worldwide|overall|in \w+) )?(?:are|is) (?:women|female|"
    r"girls|men|male|boys)\b",
    re.IGNORECASE,
)


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on a missing number of people, and on percentages without their counts."""
    yield from _people(item)
    for field in _FIELDS:
        text = plain_punctuation(getattr(item, field) or "")
        for found in _PERCENT.finditer(text) if any(sign in text.lower() for sign in _OF_HUNDRED) else ():
            if _share(text, found) and not _OF.search(text, max(0, found.start() - _NEAR), found.end() + _NEAR):
                yield Remark(
                    field=field,
                    start=found.start(),
                    end=found.end(),
                    why=f"“{found.group()}” stands alone: readers can't tell whether that is 4 people or 400.",
                    suggestion="Give the counts first: “5 of 8 people”. With fewer than 20 people, the "
                    "percentage can go.",
                )


def _people(item: Item) -> Iterable[Remark]:
    people = item.evidence.participants
    if not outcomes(item):
        return
    if people is None:
        yield Remark(
            field="evidence",
            why="The number of people treated is missing. Without it, no reader can weigh what was seen.",
            suggestion="Copy the number from the source into evidence.participants, and give it in the summary.",
        )
    elif not any(says_people(text, people) for text in (item.headline, item.summary)):
        yield Remark(
            field="summary",
            why=f"Neither the headline nor the summary says that this is about {count(people, 'person', 'people')}.",
            suggestion="Give the number along with the result: "
            + ("“One person …”." if people == 1 else f"“{people} people took part”, “… of {people}”."),
        )
    elif item.brief and item.brief.strip() and not _counts((item.headline or "", item.brief), people):
        yield Remark(
            field="brief",
            end=len(item.brief),
            why="Neither the headline nor the brief says in how many people this was seen.",
            suggestion="Give the count along with the result: “7 of 9 people …”. The brief is printed without the "
            "summary.",
        )


def _counts(texts: tuple[str, ...], people: int) -> bool:
    return any(says_people(text, people) or parts(text) for text in texts)


def _share(text: str, found: re.Match[str]) -> bool:
    """Whether a percentage is a share of a group, not a change, a difference, an interval or a part of a thing."""
    start, end = found.span()
    near = max(0, start - 40)
    if _CHANGE_BEFORE.search(text, near, start):
        return False
    if _OF_CASES.match(text, end) and _DISEASE_BEFORE.search(text, max(0, start - 110), start):
        return False
    if _BETTER.match(text, end) and (_BETTER_AFTER.match(text, end) or _BETTER_BEFORE.search(text, near, start)):
        return False
    return not any(pattern.match(text, end) for pattern in (_CHANGE_AFTER, _PART_OF_A_THING, _DISEASE_AFTER))


RULE = Rule(
    id="E02",
    name="people",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM,),
    check=check,
)
