"""What countries are called in the language that our sentences are said in; registries name them in English."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from pipeline.language.catalog import SOURCE
from pipeline.language.terms import terms


@cache
def country_names(language: str) -> Callable[[str], str]:
    """Say how countries are named in a language, also behind a place; what is no country stays as it is."""
    if language == SOURCE:
        return str
    from babel import Locale  # noqa: PLC0415  English does without

    names = Locale.parse(language).territories
    codes = {name.casefold(): code for code, name in Locale.parse(SOURCE).territories.items() if len(code) == 2}
    for place in terms().places:
        code = next((codes[name] for each in place.listed_as if (name := each.casefold()) in codes), None)
        codes |= {each.casefold(): code for each in place.listed_as if code}
    codes |= _OTHER_NAMES

    def named(text: str) -> str:
        place, comma, country = text.rpartition(", ")
        return f"{place}{comma}{names.get(codes.get(country.strip().casefold(), ''), country)}"

    return named


_OTHER_NAMES = {
    "viet nam": "VN", "hong kong": "HK", "the netherlands": "NL", "iran, islamic republic of": "IR",
    "bosnia and herzegovina": "BA", "moldova, republic of": "MD", "macau": "MO",
}  # fmt: skip
"""English names that registries write and neither our places nor Unicode's list of countries has."""
