"""No date is promised and nobody is hurried.

Most treatments that enter trials never reach a pharmacy, and those that do need years; "around the corner" has been
said of many. Urgency is a seller's tool: real studies don't tell patients not to miss their chance. A plan may be
told as a plan, with the word that it can slip.

Source: Science Media Centre best practices (stage of research and a realistic time-frame); ISSCR patient handbook
(warning signs of unproven clinics); Yavchitz et al., PLoS Medicine 2012.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.hits import hits, remark, words
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language.context import countered, excused, urgent_care, warned
from pipeline.language.hit import Hit
from pipeline.language.names import named
from pipeline.language.nouns import COUNT
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.names import Severity

_WHEN = (
    r"(?:(?:within|in) (?:just |only |as little as |the next |a matter of )?(?:a few|a couple of|\w+|"
    r"\d+)(?: short)? (?:weeks|months|years)|(?:next|this) (?:year|month|spring|summer|autumn|fall|winter)|soon|"
    rf"before long|(?:a few|several|{COUNT}) (?:years|months) from now|"
    rf"(?:a few|several|{COUNT}) years (?:down the line|down the road|"
    r"hence)|by (?:20\d\d|the end of the (?:decade|year)))"
)
_READY = (
    r"(?:available|approved|on the market|in (?:the )?(?:clinics?|pharmac\w+|hospitals|routine use|clinical use|"
    r"everyday use|doctors' offices)|standard|a reality|routine|ready|widely used|here|offered|accessible|"
    r"within reach|a standard treatment|covered)"
)
_SOON = words(
    r"(?:just |right )?(?:a)?round the corner|(?:finally |now |almost |nearly |closer |well |"
    r"firmly )?(?:with)?in (?:reach|sight|touching distance|grasp)(?! by (?:train|bus|car|phone|foot))|"
    r"(?:just )?over the horizon|on (?:the|our) (?:near |very near )?horizon|at our fingertips|(?:on the )?(?:brink|"
    r"verge|cusp) of (?:a |an |the )?\w+|one step away|(?:a|one) step closer to (?:a )?\w+|only a (?:few )?(?:steps?|"
    r"stone's throw) away",
    r"(?:just |only |mere(?:ly)? |a few )(?:weeks|months|years|days) (?:away|from now|off)|any (?:day|month|week|"
    r"time) now|coming soon|imminent(?:ly)?|(?:just |only )?a (?:question|matter) of (?:time|when)|when,? not if|"
    r"not (?:a question of )?if,? but when|not far (?:off|away)|no longer (?:a )?(?:dream|science fiction|far away|"
    r"distant)|the wait is (?:over|nearly over|almost over)|won't be long|before you know it",
    r"(?:will|could|should|is going to|are going to|may|"
    rf"might) (?:{_WHEN} )?(?:soon )?be (?:\w+ )?{_READY}(?: \w+){{0,4}}? {_WHEN}|(?:will|could|should|is set to|"
    r"are set to|is expected to|is about to) (?:very )?soon (?:be |become |get |have |change |replace |transform |"
    rf"end |offer )?(?:\w+ )?(?:{_READY}|approved|every\w*|the|a|an|standard|medicine|treatment|lives)?|"
    rf"(?:will|could|should) be {_READY} (?:to (?:all|everyone|patients|people) )?{_WHEN}|soon (?:be )?{_READY}|"
    r"now or never",
    rf"{_WHEN},? (?:lupus|everyone|every patient|patients everywhere|autoimmune disease|(?:the|this|"
    r"these) (?:diseases?|treatment|therap\w+)|doctors|we|nobody|no one|people|patients)(?: \w+){0,3}? (?:will|"
    r"could|can) (?:be|have|get|no longer|need|live|stop)",
    rf"{_WHEN},? (?!(?:the|a|this|our|its) (?:\w+ )?(?:team|trial|study|company|sponsor|regulators?|agency|"
    r"researchers|hospital|participants|results)\b|we\b)(?:[\w'-]+ ){1,5}?(?:will|is going to|"
    r"are going to) (?!(?:be )?(?:\w+ly )?(?:know|report|publish|follow|test|start|begin|enrol|recruit|present|"
    r"decide|ask|analy|review|complet|need|have (?:results|data)|not)\w*)\w+",
    rf"{_WHEN},? (?:[\w'-]+ ){{1,5}}?(?:could|should) (?:be )?(?:\w+ )?{_READY}",
    r"(?:schon bald|bald schon|in kürze|demnächst|in (?:wenigen|ein paar) (?:wochen|monaten|"
    r"jahren)) (?:[\w-]+ ){0,3}(?:steht|stehen|ist|sind|wird|werden|gibt|können|kann|kommt|haben)|(?:wird|werden|ist|"
    r"sind|soll|sollen|steht|stehen) (?:[\w-]+ ){0,4}(?:schon bald|in kürze|demnächst|in (?:wenigen|"
    r"ein paar) (?:wochen|monaten|jahren))",
    r"(?:approval|launch|licen[cs]e|authori[sz]ation|roll-?out) (?:is|was|are) (?:\w+ly )?(?:expected|due|likely|"
    r"foreseen|on track|planned) "
    rf"(?:in|by|for|within|before) (?:early |late |mid-?|the end of |autumn |spring )*(?:20\d\d|{_WHEN})",
    rf"(?:reach|get to|be with|arrive (?:for|at)|help) (?:patients|people|the market|clinics|hospitals)[^.;]{{0,30}}? "
    rf"(?:as early as|{_WHEN})|as early as (?:next|this|20\d\d)|in the (?:very )?near(?:er|est)? future",
    r"(?:kurz|unmittelbar) (?:bevor|vor (?:dem|der) (?:durchbruch|zulassung|heilung))|in greifbarer nähe|"
    r"greifbar nah\w*|schon bald (?:für alle|verfügbar|zugelassen|heilbar)|zum greifen nah\w*",
)
_PLANS = words(
    r"(?:expects?|plans?|hopes?|aims?|intends?|is on track) to (?:file|apply|submit|seek|launch|win|get|gain|"
    r"ask)\b[^.;]{0,50}?\b(?:approval|licen[cs]e|market|authori[sz]ation|agency|agencies|"
    rf"regulators?)\b[^.;]{{0,30}}?(?:{_WHEN}|in 20\d\d)",
)
_SLIPS = re.compile(
    r"\b(?:slip|slips|fail|fails|change|changes|delay\w*|certain|guarantee|later|may not|might not)\b", re.IGNORECASE
)
_HURRY = words(
    r"(?:don't|do not|never) (?:miss|wait|delay|hesitate)(?: (?:out|your chance|this|any longer|until|too long|"
    r"to (?:sign|apply|enrol\w*|register|book|call|join)))|(?:last|final|only|once-in-a-lifetime|rare|unique|"
    r"your) (?:chance|opportunity)(?= (?:to|for)|[!.:]|$)|act (?:now|fast|quickly|today)|hurry(?: up)?|(?:places?|"
    r"spots?|slots?|spaces?) (?:(?:in|on|for) (?:the|this|our) \w+ )?(?:are |is )?(?:going fast|limited|"
    r"filling (?:up|fast)\w*|running out|almost gone|nearly gone|scarce|still free)|"
    r"(?:only|just) (?:a few|\w+) (?:places?|spots?|slots?|spaces?) (?:remain\w*|left|are left|still)|"
    r"limited (?:places|spots|slots|spaces|time|availability)|while (?:places|spots|stocks?|they) lasts?|(?:enrol|"
    r"enroll|sign up|register|apply|book|call|join|get in touch|secure (?:your|a)\b[^.]{0,15}|reserve (?:your|"
    r"a)\b[^.]{0,15}) (?:now|today|at once|immediately|straight ?away|while you can|before)|(?:before it's|"
    r"before it is) too late|time is running out|the clock is ticking|(?:be|among) (?:the|"
    r"one of the) first (?:to (?:get|try|benefit|receive|have)|patients)|"
    r"(?:first come,? first served)|waste no time|every (?:day|week|month|year|hour) (?:you|we) (?:wait|delay|lose)|"
    r"the longer you wait|(?:will|may) (?:not|never) (?:live|survive|see (?:his|her|their) (?:next )?(?:birthday|"
    r"christmas))|no time to (?:lose|waste)|jetzt (?:anmelden|bewerben|handeln|zugreifen|buchen)|"
    r"nur noch wenige plätze|letzte chance|nicht verpassen|beeilen sie sich",
)


def check(item: Item, _context: Context) -> Iterable[Remark]:
    """Remark on promised dates and on urgency."""
    for field, hit in hits(item, _SOON):
        yield remark(
            field,
            hit,
            "“{}” promises a time that nobody can know. Readers wait for it, or stop what helps them now.",
            "Say what step comes next and who plans it: “The company plans a larger study in 2027; dates can slip, and trials can fail.”",
        )
    for field, hit in hits(item, _PLANS, excuse=_may_slip):
        yield remark(
            field,
            hit,
            "“{}” is a plan, and readers take it for a date.",
            "Add what can become of it: “that date can slip, and the trial can fail”.",
            Severity.NOTE,
        )
    for field, hit in hits(item, _HURRY, excuse=_no_hurry):
        yield remark(
            field,
            hit,
            "“{}” hurries the reader. Urgency is a seller's tool and a warning sign.",
            "Say what is open, where and to whom, and that there is time to ask: “Talk it over with your specialist first.”",
        )


def _may_slip(hit: Hit) -> bool:
    """Whether the plan is told as one: denied, or with what can become of it."""
    return excused(hit) or _SLIPS.search(f"{hit.after} {hit.following}") is not None


def _no_hurry(hit: Hit) -> bool:
    """Whether the words are warned of, set right or a name, or urge to call for help; a "don't" before them hurries all the same."""
    calm = re.search(r"\b(?:no|need to|have to|reason to) $", hit.before, re.IGNORECASE) is not None
    return calm or urgent_care(hit) or warned(hit) or named(hit) or countered(hit)


RULE = Rule(
    id="H09",
    name="timeline",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM, Bound.OPENING, Bound.TEXT),
    check=check,
)
