"""Words of the clinic and the plain ones beside them: our own table, for suggestions, never for swapping by machine."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks.prose.fold import Folded
from pipeline.checks.prose.heads import heads
from pipeline.checks.prose.hit import Lexicon

PLAIN: dict[str, str] = {
    r"physicians?|clinicians?": "doctor",
    r"practitioners?": "doctor or nurse",
    r"patient cohorts?|cohorts?": "group of people",
    r"(?:study |human )?subjects?(?= (?:were|was|who|had|received|with|in the (?:study|trial)))": "people",
    r"paediatric|pediatric": "in children",
    r"administer(?:ed|ing|s)?|administration of": "give, given",
    r"hypertension": "high blood pressure",
    r"hypotension": "low blood pressure",
    r"hyperglyca?emia": "high blood sugar",
    r"hypoxia|hypoxa?emia": "too little oxygen",
    r"pyrexia|febrile": "fever, with fever",
    r"dyspno?ea": "trouble breathing",
    r"o?edema": "swelling",
    r"arthralgias?": "joint pain",
    r"myalgias?": "muscle pain",
    r"pruritus": "itching",
    r"erythema": "redness of the skin",
    r"emesis": "vomiting",
    r"alopecia": "hair loss",
    r"anorexia(?! nervosa)": "loss of appetite",
    r"asthenia": "weakness",
    r"leu[ck]openi[ac]": "low white blood cells",
    r"neutropeni[ac]": "low white blood cells of the kind that fight bacteria",
    r"thrombocytopeni[ac]": "low platelets, the cells that stop bleeding",
    r"lymphopeni[ac]": "few lymphocytes, a kind of white blood cell",
    r"ana?emia": "too few red blood cells",
    r"proteinuria": "protein in the urine",
    r"renal": "kidney",
    r"hepatic": "liver",
    r"pulmonary": "lung",
    r"cardiac": "heart",
    r"cerebral": "brain",
    r"ocular": "eye",
    r"dermal|cutaneous": "skin",
    r"gastrointestinal": "stomach and gut",
    r"vascular": "blood vessel",
    r"intravenous(?:ly)?": "into a vein",
    r"subcutaneous(?:ly)?": "under the skin",
    r"intramuscular(?:ly)?": "into a muscle",
    r"oral(?:ly)?(?= (?:dose|medicine|drug|treatment|therapy|steroid)\w*|$|[.,;])": "by mouth",
    r"prophyla(?:xis|ctic(?:ally)?)": "to prevent it",
    r"concomitant(?:ly)?|concurrent(?:ly)?": "at the same time",
    r"comorbidit(?:y|ies)": "other illness",
    r"(?:disease )?manifestations?": "sign of the disease",
    r"a?etiolog(?:y|ies)": "cause",
    r"pathogenesis|pathophysiolog\w+": "how the disease comes about",
    r"prognos(?:is|tic)": "outlook",
    r"idiopathic": "of unknown cause",
    r"ameliorat\w+": "improve",
    r"exacerbations?": "flare, a time when it gets worse",
    r"efficacy|efficacious": "how well it works",
    r"tolerabilit(?:y|ies)": "how well people can bear it",
    r"morbidity": "illness",
    r"mortality(?: rates?)?": "deaths",
    r"incidence|prevalence": "how common it is",
    r"baseline": "the start of the study",
    r"post-?infusion|post-?treatment": "after the infusion, after treatment",
    r"treatment-na(?:i|ï)ve": "never treated",
    r"treatment-emergent": "seen during treatment",
    r"(?:dose|dosing) regimens?|regimens?": "plan of treatment",
    r"monotherapy": "one medicine alone",
    r"combination therapy": "two or more medicines together",
    r"standard[- ]of[- ]care": "usual care",
    r"haematolog\w+|hematolog(?:ical|ic)": "blood",
    r"malignan(?:cy|cies|t)": "cancer",
    r"neoplasms?|neoplastic": "growth, tumour",
    r"metasta\w+": "spread of a cancer",
    r"sepsis|septic": "blood poisoning, a body-wide reaction to infection",
    r"hospitali[sz]ations?": "stay in hospital",
    r"fatalit(?:y|ies)": "death",
    r"sequelae": "lasting effects",
    r"lesions?": "damaged spot",
    r"biopsy|biopsies": "small sample of tissue",
    r"serum|sera(?= )": "blood",
    r"titers?|titres?": "level in the blood",
    r"seroconver\w+|seronegativ\w+|seropositiv\w+": "antibodies gone, antibodies found",
    r"in vitro|ex vivo": "in the lab",
    r"in vivo(?! CAR)": "in the body",
    r"murine": "in mice",
    r"upregulat\w+": "raise",
    r"downregulat\w+": "lower",
    r"modulat(?:e|es|ed|ion|ing)": "change",
    r"sub-?optimal": "not good enough",
    r"adjudicated": "checked by a panel",
    r"discontinu(?:e|es|ed|ation|ing)": "stop",
    r"attenuat\w+": "weaken",
    r"heterogen(?:eous|eity)": "mixed",
    r"endogenous": "the body's own",
    r"exogenous": "from outside",
    r"asymptomatic": "without signs of illness",
    r"immunocompromised": "with weak defences",
    r"contraindicat\w+": "not to be given",
    r"aforementioned": "this",
    r"utili[sz](?:e|es|ed|ing|ation)": "use",
    r"notwithstanding": "despite",
}
"""Patterns of words, and what to say instead."""

_PATTERN = r"(?<![\w-])(?:" + "|".join(f"(?P<w{n}>{pattern})" for n, pattern in enumerate(PLAIN)) + r")(?![\w-])"
_ANY = Lexicon(re.compile(_PATTERN), heads(_PATTERN))
_SAYINGS = tuple(PLAIN.values())


def clinic_words(folded: Folded) -> Iterator[tuple[int, int, str]]:
    """Find words of the clinic in a folded text: start, end, and the plain words to try."""
    for found in _ANY.finditer(folded):
        yield found.start(), found.end(), _SAYINGS[int((found.lastgroup or "w0")[1:])]
