"""The signs by which a therapy is known in a text: patterns for folded text, where capitals tell CAR from car."""

from __future__ import annotations

import re

_TARGET = r"(?:CD\d{1,3}|BCMA|BAFF(?:-?R)?|FcRL5|GPRC5D|DSG3|MuSK|TACI|APRIL)"
_TARGETS = rf"{_TARGET}(?:(?:[/,x+&-]| ?and ?)(?:anti-)?{_TARGET}){{0,3}}"
# What may stand glued before CAR: universal, fourth-generation, a target.
_CAR = rf"(?<![A-Za-z])(?:4S|U ?|c|h|mRNA[- ]?|[Nn]ano|{_TARGETS})?CAR"
_LONG = r"(?i:chimeric[- ]antigen(?:ic)?[- ]receptors?|chimäre\w*[- ]antigen-?rezeptor\w*)(?:[- ]?\(CARs?\)| CARs?)?"
_MADE = r"(?:[- +]|(?i:engineered|modified|expressing|based|transduced|armou?red)){0,4}"

TREG = re.compile(
    rf"{_CAR}{_MADE}(?i:T[- ]?regs?\b|regulatory T|regulatorische)|{_LONG}{_MADE}(?i:regulatory T|Tregs?\b)|\bCAR ?\+? ?F[Oo][Xx][Pp]3|F[Oo][Xx][Pp]3 ?\+? ?CAR\b|\bCAR\b\+? ?Foxp3"
    r"|(?i:regulatory T[- ]cells?|Tregs?) (?i:expressing|engineered|transduced|modified|armed)[^.]{0,40}(?:CAR\b|(?i:chimeric))"
)
NK = re.compile(
    rf"{_CAR}{_MADE}i?NK\b|{_CAR}{_MADE}(?i:natural[- ]killer(?! T))|\bNK-?CARs?\b|{_LONG}{_MADE}(?:NK\b|(?i:natural[- ]killer(?! T)))"
    r"|(?:NK|(?i:natural[- ]killer)) (?i:cells? (?:expressing|engineered|bearing|armed))[^.]{0,40}(?:CAR\b|(?i:chimeric))"
)
CAAR = re.compile(
    r"(?<![A-Za-z])CAARs?(?:[- ]?Ts?)?\b|(?i:chimeric auto-?antibod(?:y|ies)[- ]receptors?|chimäre\w* auto-?antikörper\w*)"
)
# Relatives that are not among our therapies; blanked so that they don't pass for CAR-T.
RELATIVES = re.compile(
    rf"{_CAR}[- ]?(?:Ms?\b|(?i:macrophages?|MSCs?\b|mesenchymal))|{_LONG}[- ]?(?:{_MADE})(?i:macrophages?|mesenchymal|monocytes?)"
)
IN_VIVO = re.compile(
    rf"(?i:in[- ](?:vivo|body|situ)(?:[- ](?:generat\w+|engineer\w*|produc\w+|program\w*|reprogram\w*|made|mRNA|LNP|based|non-viral|immune|cell|the|of|and|anti|{_TARGETS})){{0,6}})[- ]"
    rf"(?:{_CAR}\b|(?i:chimeric)|CARs\b)(?![^.]{{0,12}} ?(?i:expansion|persist|kinetic|efficacy|activity|function|prolif|tracking|potency))"
    rf"|(?i:generat|engineer|produc|program|reprogram|deliver|creat)\w*[^.]{{0,60}}(?:\bCARs?\b|(?i:chimeric))[^.]{{0,25}}\b(?i:in[- ](?:vivo|situ))\b(?! (?i:efficacy|activity|function|persist|expan))"
    r"|CAR\b[^.]{0,40}(?i:im körper|in the body)|(?i:im körper|inside the body|within the body) [^.]{0,30}CAR\b"
    r"|CAR\b[^.]{0,60}(?:mRNA|circRNA|RNA)[- /]?LNPs?\b|mRNA[- /]LNP[^.]{0,60}CAR\b|(?i:in[- ]vivo)[^.]{0,30}(?i:T[- ]cell (?:engineering|reprogramming))"
)
CAR_T = re.compile(
    rf"{_CAR}[- ]?\+?[- ]?T(?:s|fh|\d+)?(?![A-Za-z])(?:[- ](?i:cells?)\b)?|{_CAR}(?:[- ]?(?:\+|γδ|i?NKT|gamma)|[- ](?i:cells?|therap\w+|engineered|modified|expressing|transduced|immunotherap\w+|based|immune|construct\w*|zell\w*|product\w*|gene|mediated)\b)"
    rf"|{_LONG}|\b{_TARGETS}[- ]?(?i:targeted |targeting |targeting-|directed |specific |redirected )?CARs?\b(?:[- ]T\b(?:[- ]?cells?)?)?|\bCARs\b|\bCART[- ]?\d+\b"
    r"|(?i:\bcar[- ]?t[- ](?:cells?|zell\w*|therap\w*|treatment|infusion)\b)|\bSTAR-T\b"
    r"|(?i:\b\w{3,}(?:cabtagene|leucel)\b)|\b[a-z]{3,6}-cel\b"
    rf"|(?i:\b{_TARGETS}[- ](?:redirected|targeted|directed)?[- ]?(?:autologous |allogeneic )?(?:cell therap\w+|T[- ]cells?))"
    r"|(?i:\b(?:redirected|engineered|gene-edited|genetically modified|re-?programmed|umprogrammierte|genetisch veränderte) (?:autologous |allogeneic |immune |human |own )*(?:T[- ]?cells?|immune cells?|cells|T-Zellen|immunzellen))"
    r"|(?i:\bliving drugs?\b|\bsynthetic (?:immune |antigen )?receptor|\bengineering (?:human )?T[- ]cells\b)|(?i:\bT[- ]cells? (?:engineered|genetically modified|equipped|armed) )"
)
ENGAGER = re.compile(
    rf"(?i:\b(?:bi|tri)-?specific T[- ]?(?:cell|lymphocyte)|\bT[- ]?cell[- ](?:engag\w+|redirect\w+)|\bT-Zell-Engager\w*)|\bBiTEs?\b|\bTCEs\b|(?<![A-Za-z])(?:anti-)?{_TARGET} ?[x/:*·-] ?(?:anti-)?CD3\b"
    rf"|\bCD3(?:ε)? ?[x/:*·-] ?(?:anti-)?{_TARGET}|\bCD3[- ](?i:bispecific|engag\w+)|(?i:\b(?:tri-?specific antibod\w+))|(?i:bispezifische\w* T-Zell)"
)
BISPECIFIC = re.compile(
    r"\bbi-?specifics?\b(?: (?:monoclonal )?antibod\w+)?|\bbispezifische\w* antikörper\w*|\bantibody pair\b",
    re.IGNORECASE,
)
BISPECIFIC_CAR = re.compile(r"\b(?:bi|tri)-?specific,? (?:[\w/-]+,? ){0,3}?(?=CAR\b|CAR-|chimeric)", re.IGNORECASE)
# Pairs that block or bridge something else than T cells.
NOT_ENGAGER = re.compile(
    r"VEGF|\bPD-?L?1\b|\bBAFF\b|\bAPRIL\b|Fc[- ]?(?:gamma |γ)R|\bIL-?\d+|\bTNF|\bTSLP\b|\bHER2\b|\bfactor (?:VIII|IX|X)\b|amyloid|\bFcRn\b|\bOX40|ICOS|nanobod",
    re.IGNORECASE,
)
DEPLETION = re.compile(
    r"\b(?:B[- ]?(?:cells?|lymphocytes?)[- ]deplet\w+|deplet\w+ (?:of )?(?:[\w-]+ ){0,2}B[- ]cells?|CD(?:19|20)\+? ?(?:B[- ])?cell[- ]deplet\w+|B-Zell-Deplet\w+"
    r"|plasma[- ]?cells?[- ](?:deplet|target)\w+|target\w+ (?:of )?B[- ]cells? and plasma|target\w+ (?:CD19|BCMA)\b|B[- ]cell[- ]target\w+ therap\w+|(?:anti-)?BCMA[- ](?:target|direct)\w+)",
    re.IGNORECASE,
)
OTHER_TOPIC = re.compile(r"vaccin|impf|COVID|SARS-CoV|hepatitis B\b|gammaglobulin|biosimilar", re.IGNORECASE)
# A registry that names a code, conditioning chemotherapy and no transplant describes engineered cells.
CONDITIONING = re.compile(
    r"fludarabin\w*|lymphodepleti\w+|\b[A-Z][\w-]*\d[\w-]* cells? (?:injection|infusion)", re.IGNORECASE
)
NO_ENGINEERING = re.compile(r"transplant|stem cell|HSCT|mesenchym|\bMSCs?\b|treosulfan|thymoglobulin", re.IGNORECASE)
DONOR = re.compile(
    r"\ballo(?:geneic|genic|gene)?\b|off-the-shelf|donor-derived|healthy donors?|\buniversal\b|\bU ?CAR|\biPSC|hypoimmune|allogen\w*",
    re.IGNORECASE,
)
MODALITY = re.compile(
    r"\bCAR\b|CAR-|chimeric|cell therap|cell injection|engineered|bispecific|engager|precondition|lymphodeplet|fludarab|zelltherap",
    re.IGNORECASE,
)

# What a text without any of our therapies rarely holds; lower case, for a quick first look. CAR in capitals is looked for beside it.
CHIMERIC: tuple[str, ...] = ("chimeric", "chimär", "car-t ", "car t cell", "car t-cell", "car-t-", "car t")
ENGAGING: tuple[str, ...] = (
    "bispecific",
    "bi-specific",
    "bispezif",
    "trispecific",
    "tri-specific",
    "cd3",
    "engager",
    "engaging",
    "redirect",
    "bites",
    "bite ",
    "tces",
    "antibody pair",
)
LAY: tuple[str, ...] = tuple(
    "cabtagene|leucel|-cel |-cel,|-cel.|-cel:|-cel)|living drug|synthetic rec|synthetic imm|synthetic ant|engineering t|engineering human t|reprogram|umprogram|re-program|engineered|redirected|gene-edited|genetically mod|veränderte|star-t|t cells equip|cd19|cd20|bcma".split(
        "|"
    )
)
DEPLETING: tuple[str, ...] = ("deplet", "plasma cell", "plasma-cell", "b-cell target", "b cell target")
