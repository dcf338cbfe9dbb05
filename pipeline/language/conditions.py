"""Conditions by their plain names: the autoimmune ones we follow, the neighbours that are off by default, and cancers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.language.entry_words import Hit, Words
from pipeline.language.traps import without_asides

GENERIC = "autoimmune disease"

# Plain name -> how it is written, English and German: in any case, then in capitals only.
_WRITTEN: dict[str, tuple[str, str]] = {
    "lupus": (r"lupus", r"\bSLE\b|\bSLEDAI\b"),
    "myasthenia gravis": (r"myastheni", r"\bgMG\b"),
    "systemic sclerosis": (r"systemic sclero(?:sis|derma)|scleroderm|systemische\w* sklerose|sklerodermie", r"\bSSc\b"),
    "myositis": (
        r"myositi[sd]|inflammatory myopath|necroti[sz]ing myopath|antisynthetase|anti-?synthetase",
        r"\bIIMs?\b|\bIMNM\b",
    ),
    "multiple sclerosis": (r"multiple[rn]? s[ck]lero(?:sis|se)", ""),
    "rheumatoid arthritis": (r"rheumatoide?\w* arthritis", ""),
    "ITP": (
        r"immune thrombocytop|thrombocytopenic purpura, idiopathic|idiopathic thrombocytop|immunthrombozytop",
        r"\bITP\b",
    ),
    "AIHA": (r"auto-?immune? ?h(?:a?em|äm)oly|autoimmunhämoly|cold agglutinin", r"\bw?AIHA\b"),
    "Evans syndrome": (r"\bevans[' -]*s?[ -]syndrom", ""),
    "NMOSD": (r"neuromyelitis optica|aquaporin", r"\bNMOSDs?\b"),
    "MOGAD": (r"myelin oligodendrocyte glycoprotein", r"\bMOG(?:AD\b|-antibody|[- ]associated)"),
    "CIDP": (
        r"(?:chronic|chronisch\w*) (?:inflammatory |inflammatorisch\w* )?demyelini?(?:ating|sierend\w*) (?:poly)",
        r"\bCIDP\b",
    ),
    "multifocal motor neuropathy": (r"multifocal motor neuropath", ""),
    "Guillain-Barré syndrome": (r"guillain[ -]barr", ""),
    "Lambert-Eaton syndrome": (r"lambert[ -]eaton", r"\bLEMS\b"),
    "stiff-person syndrome": (r"stiff[ -](?:person|man)", ""),
    "autoimmune encephalitis": (
        r"autoimmun(?:e |en)[ck]?\w*enzephalitis|auto-?immune (?:\w+ )?encephalit|nmda\w*[- ](?:receptor )?(?:antibody )?encephalit",
        r"\bLGI1\b|\bCASPR2\b",
    ),
    "Sjögren’s disease": (r"sj(?:ö|oe?|ø)gren", ""),
    "ANCA vasculitis": (r"anti-?neutrophil(?:ic)? cytoplasmic|polyangiitis", r"\bANCA\b"),
    "vasculitis": (r"vas[ck]uliti[sd]|giant cell arteritis|takayasu|riesenzellarteriitis", ""),
    "Behçet’s disease": (r"beh[cç]et", ""),
    "pemphigus": (r"pemphigus", ""),
    "pemphigoid": (r"pemphigoid", ""),
    "IgG4-related disease": (r"igg4[- ](?:related|assoziiert)", r"\bIgG4-?RD\b"),
    "membranous nephropathy": (r"membranous (?:nephropathy|glomerul)|membranöse\w* (?:nephropath|glomerul)", ""),
    "IgA nephropathy": (r"\biga[- ]nephropath|immunoglobulin a nephropath", r"\bIgAN\b"),
    "anti-GBM disease": (r"anti-?gbm|anti-?glomerular basement|goodpasture", ""),
    "nephrotic syndrome": (r"nephrotic syndrom|nephrotische\w* syndrom|minimal change disease", ""),
    "antiphospholipid syndrome": (r"anti-?phospholipid", ""),
    "Graves’ disease": (
        r"\bgraves\b['’]?s?|basedow|thyroid eye disease|thyroid-associated (?:ophthalmo|orbito)path",
        "",
    ),
    "Hashimoto’s disease": (r"hashimoto", ""),
    "Crohn’s disease": (r"\bcrohn", ""),
    "ulcerative colitis": (r"ulcerative colitis|colitis ulcerosa", ""),
    "inflammatory bowel disease": (r"inflammatory bowel|chronisch-entzündliche\w* darm", ""),
    "coeliac disease": (r"\bco?eliac disease|zöliakie", ""),
    "psoriasis": (r"psoriasis|schuppenflechte", ""),
    "psoriatic arthritis": (r"psoriatic arthrit|psoriasisarthritis", ""),
    "spondyloarthritis": (r"spondyl(?:o|itis)[ -]?arthrit|ankylosing spondyl|axial spondylo|bechterew", ""),
    "juvenile arthritis": (r"juvenile? (?:idiopathi\w+ )?arthritis", ""),
    "Still’s disease": (r"\bstill'?s? disease|morbus still|still-syndrom", ""),
    "mixed connective tissue disease": (r"mixed connective tissue", r"\bMCTD\b"),
    "autoimmune hepatitis": (r"auto-?immune? ?hepatitis", ""),
    "primary biliary cholangitis": (r"primary biliary (?:cholangitis|cirrhosis)", ""),
    "vitiligo": (r"vitiligo", ""),
    "alopecia areata": (r"alopecia areata", ""),
    "immune TTP": (r"(?:immune|acquired)[- ](?:mediated )?(?:thrombotic thrombocytopenic|ttp)", r"\biTTP\b"),
    "acquired haemophilia": (r"acquired h(?:a?e)mophilia", ""),
    "uveitis": (r"uveitis", ""),
    "sarcoidosis": (r"sarcoidos", ""),
}

# Followed by some editors, not by all: a condition here counts only where the topics name it.
_OFF: dict[str, tuple[str, str]] = {
    "type 1 diabetes": (
        r"type[- ](?:1|i\b) diabetes|diabetes(?: mellitus)?,? type[- ](?:1|i\b)|autoimmune diabetes|typ-?[- ]1-diabetes",
        r"\bT1DM?\b",
    ),
    "graft-versus-host disease": (r"graft[- ](?:versus|vs\.?|v)[- ]host", r"\ba?c?GV?HD\b"),
    "HLH": (r"ha?emophagocytic (?:lympho|syndrom)", r"\bHLH\b"),
    "aplastic anaemia": (r"aplastic ana?emia|aplastische\w* anämie", ""),
}

_GENERIC = (
    r"auto-?immun|rheumati[cs]|rheumatisch|\brheuma\b|neuro-?(?:immun|inflammat)|immune[- ]mediated|auto-?reactiv|auto-?antibod|autoantikörper"
    r"|connective tissue disease|kollagenose|loss of (?:self-)?tolerance|(?:b[- ]cell|antibody)[- ](?:mediated|driven) (?:disease|disorder|nephro|kidney|neuro)"
    r"|demyelinating (?:disease|disorder)|inflammatory arthritis|interstitial lung disease associated with"
)
# A speciality's name is a weak sign: alone in a title, with no cancer beside it.
_SPECIALITIES = (
    r"\bin (?:nephrology|dermatology|rheumatology|neurology)\b|\bneuromuscular (?:disease|disorder)"
    r"|\bneurologic(?:al)? (?:disease|disorder)|\bglomerular (?:disease|disorder)|glomerulonephrit|non-oncolog|non-malignant|chronic inflammatory disease"
)
_CANCERS = (
    r"lymphom|lymphoproliferative|leuk(?:a?e|ä)mi|myelom|cancer|tumou?r|carcinom|sarcoma|gliom|blastoma|melanom|mesotheliom|malignan|metasta"
    r"|\b(?:onkolog|oncolog)|krebs|karzinom|neoplas|waldenstr|myelodysplas|\b(?:dlbcl|cll|nhl|aml|b-all|lbcl|nsclc|mds)\b"
)


@dataclass(frozen=True, slots=True)
class Found:
    """The conditions an entry names: ours (plain names, strongest place first), those that are off, and cancers.

    `first` are the words that named the first of ours; `place` of it tells title and fields from summary.
    """

    ours: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    first: Hit | None = None
    first_off: Hit | None = None
    cancer: Hit | None = None

    @property
    def central(self) -> bool:
        """Whether one of ours stands in the title or the registry's own fields."""
        return self.first is not None and self.first.place != "the summary"


def plain_conditions() -> tuple[str, ...]:
    """List the plain names a settings file may use, the generic one and those that are off by default included."""
    return (*_WRITTEN, GENERIC, *_OFF)


def off_by_default() -> frozenset[str]:
    """List the conditions that count only where the topics name them."""
    return frozenset(_OFF)


def conditions_in(words: Words) -> Found:
    """Find the conditions an entry is about; what the summary alone names counts when title and fields name none."""
    text = _Text.of(words)
    ours, off = _specific(text.head, _OURS), _specific(text.head, _OTHERS)
    general = _general(text.head)
    if not ours and (general or not off):
        ours = _specific(text.rest, _OURS)
    first = next((hit for name in ours if (hit := text.find(_OURS[name]))), None)
    cancer = text.find(_CANCER_SIGN)
    if not ours:
        first = text.find_general(head_only=bool(off))
        if first is None and cancer is None and not off and (found := _SPECIALITY.search(text.head.words)):
            first = Hit(found.group(), "the title")
        ours = (GENERIC,) if first else ()
    if not ours and not off:
        off = _specific(text.rest, _OTHERS)
    first_off = next((hit for name in off if (hit := text.find(_OTHERS[name]))), None)
    return Found(ours, off, first, first_off, cancer)


def counted_in(words: Words) -> tuple[int, int]:
    """Count how often a summary names autoimmune conditions, and cancers."""
    rest = _Part.of(words.rest)
    ours = sum(len(sign.words.findall(rest.lower)) for sign in (*_OURS.values(), _GENERAL))
    return ours, len(_CANCER_SIGN.words.findall(rest.lower))


@dataclass(frozen=True, slots=True)
class _Sign:
    """How a condition is written: `words` in lower-case text, `capitals` in the text as it stands."""

    words: re.Pattern[str]
    capitals: re.Pattern[str] | None

    def search(self, part: _Part) -> re.Match[str] | None:
        return self.words.search(part.lower) or (self.capitals.search(part.words) if self.capitals else None)


@dataclass(frozen=True, slots=True)
class _Part:
    words: str
    lower: str

    @classmethod
    def of(cls, text: str) -> _Part:
        clean = without_asides(text)
        return cls(clean, clean.lower())


@dataclass(frozen=True, slots=True)
class _Text:
    title: _Part
    named: _Part
    head: _Part
    rest: _Part

    @classmethod
    def of(cls, words: Words) -> _Text:
        title, named, rest = _Part.of(words.title), _Part.of(words.named), _Part.of(words.rest)
        head = _Part(f"{title.words}\n{named.words}", f"{title.lower}\n{named.lower}") if words.named else title
        return cls(title, named, head, rest)

    def find(self, sign: _Sign) -> Hit | None:
        for place, part in (
            ("the title", self.title),
            ("the conditions field", self.named),
            ("the summary", self.rest),
        ):
            if part.words and (found := sign.search(part)):
                return _hit(found, place, part)
        return None

    def find_general(self, *, head_only: bool) -> Hit | None:
        parts = (("the title", self.title), ("the conditions field", self.named), ("the summary", self.rest))
        for place, part in parts[:2] if head_only else parts:
            if part.words and (found := _general(part)):
                return _hit(found, place, part)
        return None


def _hit(found: re.Match[str], place: str, part: _Part) -> Hit:
    """Quote the words as they stand; lower-casing keeps places except in a few scripts."""
    same = len(part.lower) == len(part.words)
    return Hit((part.words[found.start() : found.end()] if same else found.group()).strip(), place, found.start())


def _general(part: _Part) -> re.Match[str] | None:
    """Find "autoimmune" and the like, but not as a part of a condition that is off ("autoimmune diabetes")."""
    lower = part.lower
    for sign in _OTHERS.values():
        lower = sign.words.sub(lambda m: " " * len(m.group()), lower)
    return _GENERAL.words.search(lower)


def _specific(part: _Part, table: dict[str, _Sign]) -> tuple[str, ...]:
    found = sorted((m.start(), name) for name, sign in table.items() if (m := sign.search(part)))
    names = [name for _, name in found]
    if "ANCA vasculitis" in names and "vasculitis" in names:
        names.remove("vasculitis")
    return tuple(names)


def _sign(words: str, capitals: str = "") -> _Sign:
    return _Sign(re.compile(rf"(?:{words})\w*"), re.compile(capitals) if capitals else None)


_OURS = {name: _sign(*written) for name, written in _WRITTEN.items()}
_OTHERS = {name: _sign(*written) for name, written in _OFF.items()}
_GENERAL = _sign(rf"(?:{_GENERIC})\w*(?:[ -](?:diseases?|disorders?|conditions?))?")
_CANCER_SIGN = _sign(_CANCERS)
_SPECIALITY = re.compile(rf"(?:{_SPECIALITIES})\w*", re.IGNORECASE)
