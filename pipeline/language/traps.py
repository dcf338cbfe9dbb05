"""Words that look like ours and are not: other CARs, cars, streets, law firms, complications, histories."""

from __future__ import annotations

import re

# Full names of other things shortened to CAR; where one stands, a bare "CAR" proves nothing.
_OTHER_CAR = re.compile(
    r"\b(?:constitutive(?:ly active)? (?:and|active/)?\w*\s?(?:androstane )?receptors?|constitutive androstane"
    r"|(?:CAR ?/ ?PXR|PXR ?/ ?CAR)|nuclear receptors? CAR"
    r"|coronary artery (?:revasculari[sz]ation|risk|reserve|remodell?ing)|cortisol awakening response"
    r"|canadian association of radiologists|central african republic|conditional autoregressive"
    r"|cis-acting (?:regulatory|repressi)\w*|coxsackie\w*(?: virus)?(?: and|[-/ ])? ?adenovirus receptor"
    r"|capital adequacy ratio|cumulative abnormal returns?|corrective action requests?)\b",
    re.IGNORECASE,
)

# Motor vehicles, and T-shaped things that happen to them.
_VEHICLE = re.compile(
    r"\bcars?[- ]?t[- ]?(?:bon\w+|shirts?|junctions?|rex\b|top\w*|series|intersection\w*)"
    r"|\b(?:car|Car|CAR) (?:crash\w*|seats?|accidents?|parks?|drivers?|insurance|makers?|rides?|owners?|collisions?)\b"
    r"|(?-i:\b[Cc]ars\b)",
    re.IGNORECASE,
)

# Blanked before diseases are looked for: places named like diseases, what is denied, and what a treatment brought about.
_NOT_STUDIED = re.compile(
    r"\blupus (?:street|road|avenue|lane|close|drive|constellation|anticoagulants?\b(?! syndrome))"
    r"|\b(?:without|no|excluding|exclusion of)(?: (?:an?|any|known|active|prior|other|pre-?existing))* (?:autoimmun\w*|cancers?|malignanc\w+)(?: (?:disease|disorder)s?)?"
    r"|\b(?:history of|prior|previous)(?: (?:an?|any|other|secondary|invasive))* (?:cancers?|malignanc\w+)"
    r"|\b(?:rheumatolog\w+|autoimmun\w+|neurolog\w+|immune-(?:mediated|related)) (?:complications?|toxicit\w+|adverse \w+|side effects?|sequelae)"
    r"|\banti-?rheumati\w+|\bcancer (?:centers?|centres?|institutes?|hospitals?)\b"
    r"|\b(?:secondary|second|new) (?:primary )?(?:cancers?|malignanc\w+|T[- ]cell \w+)"
    r"|\b(?:secondary )?T[- ]cell (?:malignanc\w+|lymphomas?|cancers?) (?:after|following|in people treated)"
    r"|\b(?:tumou?r necrosis factors?)(?:[- ]alpha)?"
    r"|\b(?:rather than|unlike|beyond|not(?: in)?|more than an?) (?:anti-)?(?:cancers?|oncology)\b",
    re.IGNORECASE,
)

# "CAR" with nothing beside it that makes it a cell.
_BARE = re.compile(r"(?<![\w-])CARs?\b(?![- +]?(?:T\b|N?KT?\b|Treg|T-|cell|therap|engineer))")

# Earlier treatment is who may not join, or who was studied; not what was tested.
_EARLIER = re.compile(
    r"\b(?:prior|previous|previously received|history of|no) (?:anti-\w+ |CD\d+[- ]\w* ?)?(?:CAR[- ]?T\b(?:[- ]cells?)?|chimeric antigen receptor|B[- ]cell[- ]depleti\w+)"
    r"(?: (?:therap\w+|treatments?))?",
    re.IGNORECASE,
)

_SPAM = re.compile(
    r"\bclass[- ]action|\bsecurities (?:fraud|litigation|lawsuit|class)|\blead plaintiff|\blaw (?:firm|offices?)\b"
    r"|\binvestigat\w+ (?:potential )?(?:claims?|\S+(?: \S+){0,4}) on behalf of (?:its )?(?:investors|shareholders|stockholders)"
    r"|\b(?:share|stock)holders? (?:alert|rights|notice|investigation|lawsuit|deadline)|\b(?:alerts?|reminds|encourages|urges) (?:\w+ )?(?:investors|shareholders)"
    r"|\binvestors? (?:alert|notice|deadline|reminder|lawsuit)|\bbreach(?:es)? of fiduciary dut",
    re.IGNORECASE,
)
_MARKET = re.compile(
    r"\b(?:stock|share) price target|\bprice target\b|\bearnings (?:call|conference)|\b(?:fireside chat|investor conference)"
    r"|\b(?:analysts?|buy|sell|hold|overweight|outperform) ratings?\b|\b(?:up|down)grades? (?:the )?(?:stock|shares)|\binducement grants?\b"
    r"|\b(?:public|underwritten|registered direct) offering\b|\bprivate placement\b|\bstocks? to (?:buy|watch)\b"
    r"|\bmarket (?:size|share|forecast|report)\b|\bshort interest\b|\binstitutional investors?\b",
    re.IGNORECASE,
)


def blank(pattern: re.Pattern[str], text: str) -> str:
    """Put blanks in place of what matches, so that all else stays where it was."""
    return pattern.sub(lambda m: " " * (m.end() - m.start()), text)


def without_traps(text: str) -> tuple[str, str]:
    """Blank what must not count as a therapy; also return the words that made "CAR" mean something else, or ""."""
    other = _OTHER_CAR.search(text) or _VEHICLE.search(text)
    if other is not None:
        text = blank(_BARE, blank(_VEHICLE, blank(_OTHER_CAR, text)))
    return blank(_EARLIER, text), other.group().strip() if other else ""


def without_asides(text: str) -> str:
    """Blank the diseases that are denied, past, somebody's address, or a treatment's own harm."""
    return blank(_NOT_STUDIED, text)


def spam(title: str, rest: str) -> str:
    """Return the words that show a text is meant for shareholders, or "". Prices count only in the title."""
    lower = f"{title} {rest}".lower()
    if not any(map(lower.__contains__, _SPAM_STEMS)):
        return ""
    found = _SPAM.search(title) or _MARKET.search(title) or _SPAM.search(rest)
    return found.group() if found else ""


_SPAM_STEMS = (
    *(
        "holder",
        "investor",
        "class action",
        "class-action",
        "securities",
        "law firm",
        "law office",
        "lead plaintiff",
        "fiduciary",
        "price target",
    ),
    *(
        "earnings",
        "fireside",
        "rating",
        "grade",
        "inducement",
        "offering",
        "placement",
        "stock",
        "market ",
        "short interest",
    ),
)
