"""What the words around a hit do to it: deny it, doubt it, warn of it, ask for it, or set it right.

In rated texts most top words of a hype list were innocent: denied ("not yet a cure"), warned of ("clinics that promise
a cure"), asked by a reader. A sentence-bound window in the manner of NegEx (Chapman 2001) finds the denial; what only
looks like one ("not only", "no doubt", "who wouldn't call it a miracle?") is taken out first.

English, with German beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.language.hit import Hit
from pipeline.language.names import named
from pipeline.language.pseudo import blank, without_pseudo
from pipeline.language.warning import urgent_care, warned

__all__ = ["asked", "countered", "denied", "excused", "hedged", "urgent_care", "warned"]

_REACH = 130
# Where a denial ends, though the sentence goes on.
_TERMINATOR = re.compile(
    r"\bbut\b|\bhowever\b|\bnevertheless\b|\bnonetheless\b|;|\balthough\b|\bthough\b|\bexcept\b|\bbecause\b|\baber\b|"
    r"\bjedoch\b|\bsondern\b|"
    r"\bdenn\b|\bobwohl\b|,? so that\b|:| - |(?<=\w)-(?=(?:it|this|that|the|but|we) )|"
    r", (?:and|und|so) (?:an?|eine?)\b|, (?:and |so |yet |as |while |und |weil |da )?(?:the|this|these|it|its|she|he|"
    r"they|we|our|you|i|now|today|science|doctors?|researchers?|die|der|das|es|wir|sie|er|yet)\b|"
    r", (?:said|says|told|felt|wrote|adds?|added|explain(?:s|ed)|call(?:s|ed)|sagt|sagte)\b|, (?:yet|so|which|who|"
    r"where|while|whereas|making|giving|offering|bringing|und damit)\b",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"\b(?:no|not|never|none|neither|nor|nobody|no-one|nothing|nowhere|cannot|without|hardly|scarcely|barely|rarely|"
    r"seldom|whether)\b|n't\b|\bno one\b|"
    r"\bfar (?:from|too)\b|\bshort of\b|\b(?:long|some|good) way (?:from|off|short)\b|\b(?:miles|years|decades|"
    r"light years) (?:from|away from)\b|\bfew (?:of )?(?:[\w-]+ ){0,8}?(?:speak|call|describe|believe|think|expect|"
    r"say|claim|ready|willing|prepared)\b|\blittle (?:[\w-]+ ){0,8}?to (?:suggest|show|say|support|indicate|prove|"
    r"back)\b|\bdeclin(?:e|es|ed|ing) to\b|\b(?:hesita\w+|reluctant|unwilling|slow) to\b|\b(?:hard|difficult|"
    r"impossible|careful not) to\b|\bcritici[sz]\w+\b|\bregret\w*\b|\bapologi[sz]\w+\b|\bdisagree\w*\b|\b(?:ban|bans|"
    r"banned|drop|dropped|removed|struck|deleted|cut) the words?\b|\bwaiting to (?:see|learn|find out)\b|"
    r"\brather than\b|\binstead of\b|\bas opposed to\b|\bunlike\b|\bunlikely\b|\byet to\b|\bremains? to be\b|"
    r"\bfail(?:s|ed|ing)? to\b|\bfell short\b|\bstop(?:s|ped)? short\b|"
    r"\black(?:s|ed|ing)?\b|\babsence of\b|\bunclear\b|\bunknown\b|\buncertain\b|\bdoubt(?:s|ed|ful)?\b|\b(?:too|"
    r"so) (?:early|soon)\b|\bpremature\b|\bbefore (?:any|we|anyone|you|calling|claiming|saying)\b|"
    r"\brefus(?:e|es|ed|ing) to\b|\breject(?:s|ed|ing)?\b|\bden(?:y|ies|ied|ying)\b|\bavoid(?:s|ed|ing)?\b|"
    r"\banything but\b|\blittle (?:evidence|proof|reason|sign)\b|\bstop (?:calling|saying|using)\b|"
    r"\b(?:hoping|hoped|wait(?:s|ed|ing)?|look(?:s|ed|ing)?|search(?:es|ed|ing)?|wish(?:es|ed|ing)?|pray(?:s|ed|"
    r"ing)?|long(?:s|ed|ing)) for (?:an?|any|the) (?:\w+ )?$|\bseek(?:s|ing)? (?:an?|any|the) $|"
    r"\bif (?:this|it|that|these|they|car\S*) (?:really |truly )?were\b|\bas if\b|\bas though\b|\bwould be (?:wrong|"
    r"misleading|premature|a mistake)\b|\bit is (?:wrong|misleading|tempting|easy) to\b|\b(?:resist|resisted)\b|"
    r"\bfalls? short\b|\bmore (?:study|studies|research|data|trials?) (?:is|are) needed\b|"
    r"\bkein(?:e|en|em|er|es)?\b|\bnicht\b|\bnie(?:mals)?\b|\bniemand(?:em|en)?\b|\bweder\b|\bohne\b|\bkaum\b|"
    r"\bstatt\b|\bweit entfernt\b|\bunklar\b|\bungewiss\b|\bob\b|\bzu früh\b|\bfraglich\b",
    re.IGNORECASE,
)
# "X is not (yet) ...", "X remains out of reach": a denial after the words, when they are its subject.
_DENIED_AFTER = re.compile(
    r"^\w*['\")]*(?: zu (?:sprechen|reden|hoffen))?(?:,? (?:for|of|in|to|against|from|with|für|bei|gegen|von|der|"
    r"des) [\w' -]{1,40}?)?,? "
    r"(?:(?:is|are|was|were|has|have|had|does|do|did|can|could|will|would|may|might|should|must|ist|sind|war|waren|"
    r"gibt es|wurde|wurden|kann|wird)(?:n't|not| not| never| still not| by no means| no such| far from| nicht| nie|"
    r" noch nicht| keine?\w?)\b(?! (?:only|just|far|a dream|impossible|out of reach|beyond|in doubt|nur|too far|"
    r"too much))|"
    r"(?:is|are|was|were|remains?|stays?|ist|bleibt|would be|will be)(?: still| far| noch| quite)? (?:too early|"
    r"premature|wrong|misleading|untrue|false|a mistake|an exaggeration|overstated|overblown|hype|elusive|unknown|"
    r"unclear|unproven|uncertain|unlikely|out of reach|a long way off|far off|far away|impossible|unbewiesen|unklar|"
    r"fern|unwahrscheinlich|in weiter ferne|beyond reach|doubtful|"
    r"not |a myth|a hope|only a hope|a goal|the goal|a long-term goal|the wrong word|too strong|a big word|"
    r"a strong word)|"
    r"(?:wäre|sei) (?:verfrüht|falsch|zu früh|irreführend|übertrieben|voreilig)|"
    r"(?:has|have|had) yet to\b|fail(?:s|ed)\b|(?:never|nicht|nie) \w+)",
    re.IGNORECASE,
)
# A German clause denies at its end: "Eine Heilung ist das nicht", "davon sind wir noch weit entfernt".
_DENIED_AT_END = re.compile(
    r"(?!.*\bnicht (?:nur|bloß|zuletzt|mehr weit)\b)[^,;:.!?]*\b(?:ist|sind|war|waren|wäre|gibt|gab|sei|haben|hat|"
    r"kann|konnte|sprechen|spricht|bedeutet|heißt)\b[^,;:.!?]*\b(?:nicht|nie|keine?[rnms]?|niemand|weit entfernt)\b",
    re.IGNORECASE,
)
_DENIED_NEXT = re.compile(
    r"[\"'(]*(?:but |yet )?(?:(?:it|that|this|they|he|she) (?:does|do|did|is|are|was|were|has|will)(?:n't| not|"
    r")\b(?: not)?(?<=not|n't)[.,;!]|not so\b|that is (?:wrong|false|untrue)|wrong[.,!]|untrue\b|das stimmt nicht|"
    r"stimmt nicht)",
    re.IGNORECASE,
)
# What stands between two commas about the subject denies nothing of what follows.
_ASIDES = re.compile(r", (?:which|who|whose|where|die|der|das) [^,;]*,", re.IGNORECASE)
_RHETORIC = re.compile(
    r"^[\"'(\s]*(?:and |so |but |really, )?(?:(?:why|how|who|what) (?:\w+ )?(?:says|said|wouldn't|shouldn't|can't|"
    r"couldn't|isn't|aren't|don't|doesn't|would not|not|can|could|would)\b|(?:is|are|do|does|did|would|could|can|"
    r"should|was|were|has|have)n't\b|(?:who|what) else\b|if (?:this|that|it|these|they) (?:isn't|is not|ain't|"
    r"aren't)\b.*\bwhat (?:is|are)\b|ist das nicht|sind das nicht)",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:my|me|i|we|us|our|mine|mich|mir|mein\w*|ich|wir|uns)\b", re.IGNORECASE)
_ANSWER = re.compile(
    r"^[\"'(]*(?:(?:the )?(?:short |honest )?answer\b.{0,20}\b)?(?:no\b|not\b|nobody\b|no one\b|none\b|unlikely\b|"
    r"we (?:do not|don't|cannot|can't)\b|it is (?:too early|not|unknown|unclear)\b|it's (?:too early|not)\b|"
    r"too early\b|researchers (?:do not|don't|cannot|can't)\b|doctors (?:do not|don't|cannot|can't)\b|probably not\b|"
    r"nothing\b|nein\b|niemand\b|das weiß|noch nicht\b|that is (?:not|unknown)\b|that isn't\b|this is not\b|"
    r"at present,? no\b|so far,? no)",
    re.IGNORECASE,
)
# "What does 'cure' mean?", "Cure, remission: what is the difference?": the word is what is explained.
_EXPLAINS = re.compile(
    r"\bwhat(?:'s| is) the difference\b|\bwas ist der unterschied\b|\b(?:what (?:does|do|did)|was (?:bedeutet|"
    r"heißt)) (?:the (?:word|term) )?['\"]?\|",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:wonder(?:s|ed|ing)?|ask(?:s|ed|ing)?|question(?:s|ed)?|read(?:er|ers)? (?:ask|write|wrote|wonder)\w*|"
    r"want(?:s|ed)? to know|fragt|fragen|fragte)\b",
    re.IGNORECASE,
)
_SAID_BY = re.compile(
    r"\b(?:believes?|thinks?|looks?|looked|spricht von|sprechen von|nannten|seem(?:s|ed)|appear(?:s|ed)|sound(?:s|"
    r"ed)|welcom\w+|greet\w+|call(?:s|ed|ing)?|label(?:s|led|ed)?|describ(?:e|es|ed|ing)|hail(?:s|ed|ing)?|dub(?:s|"
    r"bed)|headlines?|press releases?|news ?(?:papers?|reports?|stories)?|media|tout(?:s|ed)?|spoke of|speaks? of|"
    r"talk(?:s|ed)? of|claim(?:s|ed)?|trumpet(?:s|ed)?|billed|advert\w+|market(?:s|ed|ing)|posts?|nennt|nannte|"
    r"nennen|bezeichnet\w*|schlagzeilen?|wrote|said|says|told|thought|believed|felt|tempting|sounds?|may look|"
    r"might seem|looks? like)\b",
    re.IGNORECASE,
)
_TURN = re.compile(
    r"\bbut\b|\bhowever\b|\byet\b|;|\balthough\b|\bthough\b|\bwhile\b|\bwhereas\b|\baber\b|\bjedoch\b|\bdoch\b|"
    r"\bin fact\b|\bin reality\b|\bturn(?:s|ed)? out\b|\buntil\b|\bdespite\b|\. ",
    re.IGNORECASE,
)
_REFUTED = re.compile(
    r"\b(?:(?:that|which|this) (?:is|was) (?:wrong|untrue|false|not true)|unfounded|mistaken|misleading|exaggerat\w+|"
    r"premature|overblown|overstated|unjustified|nonsense|too strong|"
    r"wide of the mark|unhelpful|hype|übertrieben|irreführend|verfrüht)\b",
    re.IGNORECASE,
)
_SOBER = re.compile(
    r"\b(?:(?:paper|study|report|data|trial) itself|again|caution\w*|stress\w*|warn\w*|point(?:s|ed)? out|"
    r"preliminary|unfinished|too (?:small|short|few)|wait|question\w*|disagree\w*|control group|failed|"
    r"stopped working|zu wenige?|vorläufig\w*|only|not|no|never|none|nobody|too early|too soon|independent(?:ly)?|"
    r"unproven|small|few|unknown|unclear|without|more (?:data|studies|research|people)|needs?|larger|one (?:person|"
    r"woman|man|patient)|came back|returned|relaps\w*|died|worse|wore off|disappoint\w*|nur|nicht|kein\w*|wenige|"
    r"zu früh|unabhängige\w*|erst)\b|n't\b|\b\d+ (?:people|patients|adults|participants|women|men|menschen|personen|"
    r"patienten)\b",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:may|might|could|can possibly|possibly|perhaps|potential(?:ly)?|hopes?|hoped|aims?|would|seems?|appears?|"
    r"könnte\w*|vielleicht|möglich\w*|dürfte\w*)\b",
    re.IGNORECASE,
)


def denied(hit: Hit) -> bool:
    """Whether the sentence denies or doubts the words: "not yet a cure", "far from clear that it cures"."""
    if _rhetorical(hit):
        return False
    window = without_pseudo(_ASIDES.sub(blank, hit.before)[-_REACH:])
    ends = [m.end() for m in _TERMINATOR.finditer(window)]
    return (
        _DENIAL.search(window, ends[-1] if ends else 0) is not None
        or _DENIED_AFTER.match(hit.after) is not None
        or _DENIED_AT_END.match(hit.after) is not None
        or _DENIED_NEXT.match(hit.following) is not None
    )


def asked(hit: Hit) -> bool:
    """Whether a reader's own question holds the words, or a question that is answered soberly at once."""
    question = hit.sentence.text.rstrip("\"')] ").endswith("?") or "?" in hit.after[:60]
    if not question or _rhetorical(hit):
        return False
    if _EXPLAINS.search(f"{hit.before}|{hit.after}"):
        return True
    return bool(
        _FIRST_PERSON.search(hit.sentence.text) or _ANSWER.match(hit.following) or _ASKS.search(hit.before[-60:])
    )


def countered(hit: Hit) -> bool:
    """Whether the words are somebody else's and are set right at once: "called it a miracle, but only 8 people …"."""
    if not _SAID_BY.search(hit.before) and not _SAID_BY.search(hit.after[:60]):
        return False
    if _REFUTED.search(hit.after):
        return True
    turned = _TURN.search(hit.after)
    if turned:
        sober = _SOBER.search(hit.after, turned.end())
        return sober is not None and not (turned.group() == ";" and sober.group()[0].isdigit())
    follows = hit.following
    opens = re.match(
        r"[\"'(]*(?:but|however|yet|in fact|that is|aber|doch|independent|two independent|other)\b",
        follows,
        re.IGNORECASE,
    )
    return opens is not None and _SOBER.search(follows) is not None


def hedged(hit: Hit) -> bool:
    """Whether a "may" or "could" stands before the words in their clause."""
    window = hit.before[-_REACH:]
    ends = [m.end() for m in _TERMINATOR.finditer(window)]
    return _HEDGE.search(window, ends[-1] if ends else 0) is not None


_EXCUSES: tuple[Callable[[Hit], bool], ...] = (denied, warned, asked, countered, named)


def excused(hit: Hit) -> bool:
    """Whether the words claim nothing here: denied, warned of, asked, set right, or a name."""
    return any(excuse(hit) for excuse in _EXCUSES)


def _rhetorical(hit: Hit) -> bool:
    """Whether the sentence asks in order to say yes: "Why wouldn't you call this a miracle?"."""
    return hit.sentence.text.rstrip("\"')] ").endswith("?") and _RHETORIC.match(hit.sentence.text) is not None
