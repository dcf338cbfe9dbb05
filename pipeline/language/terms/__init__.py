"""What the house knows of its field, each fact once, in every language: diseases, therapies, places, harms, numbers.

The YAML files beside this one are the home; they are read when first asked for. A newsroom's own `terms.yml` adds to
them, and is handed on as a value: whoever reads terms takes them as an argument, and falls back on the shipped ones.
"""

from pipeline.language.terms.kinds import GENERIC, Country, Disease, NumberWord, Product, Spellings, Terms
from pipeline.language.terms.read import parse_terms, terms
from pipeline.language.terms.spelling import abbreviations, either, in_prose, named_in_prose

__all__ = [
    "GENERIC",
    "Country",
    "Disease",
    "NumberWord",
    "Product",
    "Spellings",
    "Terms",
    "abbreviations",
    "either",
    "in_prose",
    "named_in_prose",
    "parse_terms",
    "terms",
]
