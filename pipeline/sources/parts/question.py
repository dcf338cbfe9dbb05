"""What PubMed is asked for unless a source says otherwise: wide on purpose, triage narrows it.

Each therapy is looked for as a heading and in title and abstract, because a new paper has no headings yet
(pubmed.ncbi.nlm.nih.gov/help, "Search field tags"). Cancers are not excluded: papers on both exist.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.language.terms import Terms

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


def _any(headings: Iterable[str], words: Iterable[str]) -> str:
    """Join headings and words of title and abstract into one bracket."""
    terms = [*(f'"{name}"[mh]' for name in headings), *(f'"{name}"[tiab]' for name in words)]
    return f"({' OR '.join(terms)})"


def question(terms: Terms) -> str:
    """Ask for a therapy and a disease of ours, in PubMed's own search language."""
    return f"{_any(_THERAPY_HEADINGS, _THERAPY_WORDS)} AND {_any(_DISEASE_HEADINGS, terms.asking('pubmed'))}"
