"""No war, and no making things worse than they are.

"Killer disease", "ravaged", "ticking time bomb" frighten people who live with the disease; "battle" and "brave
fighters" tell those whose disease comes back that they fought too little. That the immune system fights infections, or
attacks the body's own tissue, is plain language and stays.

Source: HealthNewsReview.org criterion 5 (disease-mongering); AMA Manual of Style (person-first, no combat); Hauser and
Schwarz, Personality and Social Psychology Bulletin 2015 (war metaphors).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.hits import hits, remark, words
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.context import excused
from pipeline.language.hit import Hit
from pipeline.language.nouns import ILLNESS, NAMED_ILLNESS
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_PATTERN = words(
    r"(?:silent |deadly |merciless |invisible )?killers?(?= (?:disease|illness|condition|disorder|virus|lupus))|"
    r"(?:silent|stealth|invisible|number one|biggest|mass|secret) (?:killers?|assassins?|thie(?:f|ves)|enem(?:y|ies))",
    r"(?:ravag(?:e|es|ed|ing)|scourges?|plague(?:s|d)?|ticking (?:time )?bombs?|time bombs?|nightmare(?!s)|"
    r"hell(?:ish)?|death sentence|living death|curse of|merciless(?:ly)?|cruel(?:ly|est)?|vicious(?:ly)?|horrif(?:ic|"
    r"ying)|terrifying|dreaded|monster|stalks?|strikes? without warning|epidemic of (?:auto|lupus)|exploding numbers|"
    r"doomed|hopeless(?:ly)? (?:cases?|ill|patients?|situation)|no hope (?:left|for)|desperate(?:ly)? (?:ill|sick|"
    r"patients?))",
    r"at war with (?:itself|themselves|the body|your body|her body|his body)",
    r"(?:devastating|crippling|agoni[sz]ing|tragic)(?! (?:news|fire|accident|loss))",
    r"(?:wag(?:e|es|ed|ing) |declar(?:e|es|ed|ing) )?(?:war|battles?|fights?|crusade) (?:on|against|with|"
    rf"to beat) (?:the )?{ILLNESS}|(?:battl(?:e|es|ed|ing)|fight(?:s|ing)?|fought|combat(?:s|ted|ting)?) (?:on|back|"
    rf"against|{ILLNESS}|(?:\w+ ){{0,2}}{NAMED_ILLNESS}|(?:her|his|their) (?:disease|illness|condition))|(?:los(?:t|"
    r"e|es|ing)|won|winning|wins?) (?:the|her|his|their|a) (?:long |brave )?(?:battle|fight|war)",
    r"(?:(?:powerful|new|potent|secret|ultimate|latest) )+weapons?|weapons? (?:against|in the (?:fight|war|battle))|"
    r"(?:medical |therapeutic )?arsenal|warriors?|(?:brave|heroic|courageous|valiant)(?:ly)? (?:patients?|people|"
    rf"woman|man|fighters?|battles?|fight|struggle)|{NAMED_ILLNESS} (?:warriors?|fighters?|heroes?|brave|survivors?)|"
    r"(?:public )?enem(?:y|ies) (?:number one|within)|front ?lines? (?:of|in) the (?:fight|war|battle)|"
    r"on the front ?line|ammunition|firepower|under siege",
    r"(?:killerkrankheit|todesurteil|(?:kampf|krieg|schlacht)(?: \w+)? gegen (?:(?:die|den|ihre|seine|"
    rf"das) )?(?:krankheit|krebs|rheuma|{ILLNESS})|kämpf(?:t|te|en|ten)(?: \w+){{0,3}} gegen (?:(?:die|den|ihre|"
    rf"seine|das) )?(?:krankheit|krebs|rheuma|{ILLNESS})|besiegt\w* (?:lupus|die krankheit)|zeitbombe|"
    r"heimtückisch\w*|waffe gegen|wunderwaffe|geißel)",
)
_OTHER = re.compile(r"\b(?:infections?|germs?|virus(?:es)?|bacteria|microbes?|colds?|flu|pathogens?)\b", re.IGNORECASE)
_PLAINLY = re.compile(r"^(?:fight|combat|fought|battle)", re.IGNORECASE)


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on war metaphors and on frightening words."""
    for field, hit in hits(item, _PATTERN, excuse=_no_war):
        if not _plain(hit):
            yield remark(
                field,
                hit,
                "“{}” frightens, or makes an illness a war that somebody can lose.",
                "Say it plainly: “a disease that can be life-threatening”, “living with lupus”, “another treatment”.",
            )


def _no_war(hit: Hit) -> bool:
    """Whether the context excuses the words; whoever "refuses to lose her battle" still fights one."""
    return excused(hit) and re.search(r"\brefus\w+ to $", hit.before, re.IGNORECASE) is None


def _plain(hit: Hit) -> bool:
    """Whether it is the immune system that fights a germ."""
    return _PLAINLY.match(hit.text) is not None and _OTHER.search(hit.after[:40]) is not None


RULE = Rule(
    id="H12",
    name="war",
    severity=Severity.WARN,
    binds=(Bound.ITEM, Bound.OPENING, Bound.TEXT),
    check=check,
)
