"""What PubMed is asked for unless a source says otherwise: wide on purpose, triage narrows it.

Each therapy is looked for as a heading and in title and abstract, because a new paper has no headings yet
(pubmed.ncbi.nlm.nih.gov/help, "Search field tags"). Cancers are not excluded: papers on both exist.
"""

from __future__ import annotations

from collections.abc import Iterable

_THERAPY_HEADINGS = ("Receptors, Chimeric Antigen", "Immunotherapy, Adoptive", "Antibodies, Bispecific")
_THERAPY_WORDS = (
    "chimeric antigen receptor", "chimeric antigen receptors", "chimeric autoantibody receptor", "CAR T", "CART cell",
    "CAR T cells", "CAR T cell", "CART cells", "CAR NK", "CAAR T", "CAR Treg", "CAR Tregs", "in vivo CAR",
    "T cell engager", "T cell engagers", "T cell engaging", "T cell redirecting", "bispecific antibod*",
    "bispecific T cell", "trispecific*", "B cell depletion", "blinatumomab", "teclistamab", "mosunetuzumab",
    "elranatamab", "glofitamab", "epcoritamab", "odronextamab", "talquetamab", "cizutamig", "autoleucel",
    "rapcabtagene", "resecabtagene", "mivocabtagene", "equecabtagene", "relmacabtagene", "Descartes 08",
)  # fmt: skip
_DISEASE_HEADINGS = ("Autoimmune Diseases", "Rheumatic Diseases", "Vasculitis")
_DISEASE_WORDS = (
    "autoimmun*", "auto immune", "lupus", "myasthenia", "systemic sclerosis", "scleroderma", "myositis",
    "dermatomyositis", "inflammatory myopath*", "antisynthetase", "multiple sclerosis", "rheumatoid arthritis",
    "neuromyelitis", "NMOSD", "MOGAD", "demyelinating polyneuropathy", "CIDP", "stiff person", "sjogren*", "sjögren*",
    "vasculitis", "ANCA", "pemphig*", "immune thrombocytopeni*", "hemolytic anemia", "haemolytic anaemia",
    "Evans syndrome", "antiphospholipid", "behcet*", "IgG4 related", "membranous nephropathy", "IgA nephropathy",
    "anti GBM", "type 1 diabetes", "Graves disease", "crohn*", "ulcerative colitis", "inflammatory bowel", "rheumatic disease*",
    "guillain barre", "lambert eaton", "pemphigoid", "nephrotic syndrome", "psoria*", "spondyloarthr*", "uveitis",
    "juvenile arthritis", "thyroid eye disease", "hashimoto*", "sarcoidosis", "vitiligo", "alopecia areata",
)  # fmt: skip


def _any(headings: Iterable[str], words: Iterable[str]) -> str:
    """Join headings and words of title and abstract into one bracket."""
    terms = [*(f'"{name}"[mh]' for name in headings), *(f'"{name}"[tiab]' for name in words)]
    return f"({' OR '.join(terms)})"


QUESTION = f"{_any(_THERAPY_HEADINGS, _THERAPY_WORDS)} AND {_any(_DISEASE_HEADINGS, _DISEASE_WORDS)}"
"""A therapy and a disease of ours, in PubMed's own search language."""
