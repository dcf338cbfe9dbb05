"""Where studies are: countries, as registries write them, to the few parts of the world a reader thinks in."""

from __future__ import annotations

from collections.abc import Iterable

SEVERAL = "several"

ORDER = ("europe", "north-america", "asia", "middle-east", "oceania", "south-america", "africa", SEVERAL, "")
"""The regions in the order they are printed; several at once, and none known, come last."""

_COUNTRIES = {
    "europe": "Austria, Belarus, Belgium, Bosnia and Herzegovina, Bulgaria, Croatia, Cyprus, Czech Republic, Czechia, Denmark, "
    "Estonia, Finland, France, Germany, Greece, Hungary, Iceland, Ireland, Italy, Latvia, Lithuania, Luxembourg, Malta, "
    "Moldova, Monaco, Montenegro, Netherlands, North Macedonia, Norway, Poland, Portugal, Romania, Russia, "
    "Russian Federation, Serbia, Slovakia, Slovenia, Spain, Sweden, Switzerland, Ukraine, United Kingdom",
    "north-america": "Canada, Puerto Rico, United States",
    "asia": "Bangladesh, China, Hong Kong, India, Indonesia, Japan, Kazakhstan, Korea, Republic of Korea, Malaysia, Nepal, "
    "Pakistan, Philippines, Singapore, South Korea, Sri Lanka, Taiwan, Thailand, Uzbekistan, Vietnam",
    "middle-east": "Bahrain, Iran, Iraq, Israel, Jordan, Kuwait, Lebanon, Oman, Qatar, Saudi Arabia, Turkey, Türkiye, "
    "Turkey (Türkiye), United Arab Emirates",
    "oceania": "Australia, New Zealand",
    "south-america": "Argentina, Bolivia, Brazil, Chile, Colombia, Costa Rica, Cuba, Dominican Republic, Ecuador, Guatemala, "
    "Mexico, Panama, Paraguay, Peru, Uruguay, Venezuela",
    "africa": "Algeria, Egypt, Ethiopia, Ghana, Kenya, Morocco, Nigeria, Senegal, South Africa, Tanzania, Tunisia, Uganda",
}
_OF = {country.casefold(): region for region, some in _COUNTRIES.items() for country in some.split(", ")}


def region_of(countries: Iterable[str]) -> str:
    """Name the region that countries lie in: one of ORDER, empty where none of them is known."""
    found = {region for country in countries if (region := _OF.get(country.strip().casefold()))}
    if len(found) > 1:
        return SEVERAL
    return next(iter(found), "")
