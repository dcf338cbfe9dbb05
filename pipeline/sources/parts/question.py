"""What PubMed is asked for unless a source says otherwise: wide on purpose, triage narrows it.

Each therapy is looked for as a heading and in title and abstract, because a new paper has no headings yet
(pubmed.ncbi.nlm.nih.gov/help, "Search field tags"). Cancers are not excluded: papers on both exist.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.language.terms import Terms

_THERAPY_HEADINGS = ("Receptors, Chimeric Antigen", "Immunotherapy, Adoptive", "Antibodies, Bispecific")
_DISEASE_HEADINGS = ("Autoimmune Diseases", "Rheumatic Diseases", "Vasculitis")


def _any(headings: Iterable[str], words: Iterable[str]) -> str:
    """Join headings and words of title and abstract into one bracket."""
    terms = [*(f'"{name}"[mh]' for name in headings), *(f'"{name}"[tiab]' for name in words)]
    return f"({' OR '.join(terms)})"


def question(terms: Terms, own: tuple[str, ...] = ()) -> str:
    """Ask for a therapy and a disease of ours, or one of the newsroom's `own`, in PubMed's own search language."""
    diseases = (*terms.search_words("pubmed"), *own)
    return f"{_any(_THERAPY_HEADINGS, terms.means('pubmed'))} AND {_any(_DISEASE_HEADINGS, diseases)}"
