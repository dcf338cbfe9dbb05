"""Where studies are: countries, as registries write them, to the few parts of the world a reader thinks in."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from pipeline.language.terms import terms

SEVERAL = "several"


def order() -> tuple[str, ...]:
    """The regions in the order they are printed; several at once, and none known, come last."""
    return (*terms().regions, SEVERAL, "")


def region_of(countries: Iterable[str]) -> str:
    """Name the region that countries lie in: one of `order`, empty where none of them is known."""
    found = {region for country in countries if (region := _regions().get(country.strip().casefold()))}
    if len(found) > 1:
        return SEVERAL
    return next(iter(found), "")


@cache
def _regions() -> dict[str, str]:
    return {name.casefold(): place.region for place in terms().places for name in place.listed_as if place.region}
