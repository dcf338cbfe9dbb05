"""Words that tell of harms and of deaths, English and German, as sources write them."""

from __future__ import annotations

import re

_HARM = re.compile(
    r"\b(?:adverse|side effects?|toxicit\w+|neurotoxic\w*|cytokine release|crs|icans|fevers?|infections?|infected|"
    r"sepsis|pneumonias?|"
    r"died|deaths?|fatal\w*|cytopeni\w+|neutropeni\w+|lymphopeni\w+|thrombocytopeni\w+|an(?:a)?emia|malignanc\w+|"
    r"low (?:blood counts?|igg|antibod\w+|immunoglobulin\w*)|antibod\w+ (?:levels? )?(?:stayed|remained|were) low|"
    r"(?:second(?:ary)?|new|later|other|skin|blood) (?:cancers?|tumou?rs?)|(?:t[- ]?cell|second(?:ary)?|"
    r"new) (?:lymphom\w+|leuk\w+)|"
    r"(?:develop\w*|diagnosed with|cases? of|got) (?:an? )?(?:[\w-]+ ){0,3}?(?:cancers?|tumou?rs?|lymphom\w+|leuk\w+|"
    r"myelodys\w+)|"
    r"(?:cancers?|tumou?rs?|lymphom\w+|leuka?emi\w+)(?= ?[:,] ?\d)|seizures?|bleeding|h(?:a)?emorrhag\w+|strokes?|"
    r"clots?|thrombos\w+|"
    r"(?:re-?)?hospitali[sz]\w+|(?:re-?)?admi(?:tted|ssions?) (?:to|in)|readmi\w+|in hospital|intensive care|"
    r"ventilat\w+|relapsed?|relapses|"
    r"flares?|hypogammaglobulin\w+|immunoglobulin|serious events?|discontinued|withdrew|"
    r"nebenwirkung\w*|infektion\w*|fieber|gestorben|starb\w*|todesf\w+|rückf\w+|zytokin\w*)\b",
)


def tells_harm(text: str) -> bool:
    """Whether a text tells of a harm; of a disease that may be treated, as lymphoma, only where it came up anew."""
    return _HARM.search(text.lower()) is not None  # small letters are matched three times faster


DIED = re.compile(r"\b(?:died|deaths?|fatal\w*|killed|gestorben|starb\w*|Todesf\w+)\b", re.IGNORECASE)
"""A death that was seen."""
