"""What numbers count: words for time, dose and things, English and German, each under one name."""

from __future__ import annotations

from decimal import Decimal


def _table(**words: str) -> dict[str, str]:
    return {word: name for name, each in words.items() for word in each.split()}


_TIME_ADJECTIVES = {"stündig": "hour", "tägig": "day", "wöchig": "week", "monatig": "month", "jährig": "year"}

TIME = {
    f"{stem}{end}": unit for stem, unit in _TIME_ADJECTIVES.items() for end in ("", *"e en er es em".split())
} | _table(
    minute="minute minutes min mins minuten",
    hour="hour hours hr hrs h stunde stunden",
    day="day days d tag tage tagen tages",
    week="week weeks wk wks wochen woche",
    month="month months mo mos monat monate monaten monats",
    year="year years yr yrs y jahr jahre jahren jahres",
    decade="decade decades jahrzehnt jahrzehnte jahrzehnten",
)
"""Units of time."""

DAYS = {
    "minute": Decimal(1) / 1440,
    "hour": Decimal(1) / 24,
    "day": Decimal(1),
    "week": Decimal(7),
    "month": Decimal("30.4375"),
    "year": Decimal("365.25"),
    "decade": Decimal("3652.5"),
}
"""How many days a unit of time has; a month is a twelfth of a year."""

FAMILIES = ({"minute", "hour", "day", "week"}, {"month", "year", "decade"})
"""Units that turn into each other without rounding."""

DOSE = _table(
    mg="mg milligram milligrams milligramm",
    g="g gram grams gramm",
    kg="kg kilogram kilograms kilo kilos kilogramm",
    mcg="mcg µg μg ug microgram micrograms mikrogramm",
    ng="ng nanogram nanograms",
    ml="ml millilitre millilitres milliliter milliliters",
    l="l litre litres liter liters",
    dl="dl",
    mmol="mmol",
    mmhg="mmhg",
    cm="cm centimetre centimetres centimeter centimeters zentimeter",
    mm="mm millimetre millimetres millimeter millimeters",
    m="m metre metres meter meters",
    km="km kilometre kilometres kilometer kilometers",
    kcal="kcal",
    iu="iu u unit units einheiten",
    mu="mu",
    cells="cells zellen",
)
"""Units of dose and measure."""

LASTING = frozenset(
    "studie untersuchung beobachtung nachbeobachtung behandlung therapie phase pause laufzeit dauer verlauf".split()
)
"""German nouns that make "zweijährige" a length of time and no age."""

PERCENT = frozenset("% percent pct prozent percentage prozentpunkt prozentpunkte prozentpunkten".split())

THINGS = _table(
    people="people person persons patient patients participant participants adult adults child children woman "
    "women man men infant infants baby babies newborn newborns volunteer volunteers individual individuals "
    "recipient recipients girl girls boy boys mother mothers father fathers students teenager teenagers "
    "adolescent adolescents respondent respondents menschen person personen patienten patientin "
    "patientinnen erwachsene erwachsenen kinder kind frau frauen mann männer betroffene betroffenen "
    "teilnehmende teilnehmenden teilnehmer teilnehmerinnen",
    study="study studies trial trials rct rcts paper papers publication publications studie studien",
    place="hospital hospitals centre centres center centers site sites country countries clinic clinics "
    "klinik kliniken zentren länder",
    animal="mouse mice rat rats animal animals monkey monkeys mäuse tiere",
    dose="dose doses infusion infusions injection injections tablet tablets dosen infusionen",
    point="point points punkt punkte punkten",
    death="death deaths died tod todesfälle gestorben",
)
"""Things that are counted, by their class: a number of studies is no number of people."""

BODY = frozenset("people death".split())
"""Classes that count people, living or dead."""

STATISTICS = frozenset("CI CIs RR OR HR MD SMD WMD RD NNT NNTB NNTH RRR ARR P p n I² I2 SD SE IRR PRR KI".split()) - {
    "n"
}
"""Abbreviations, as written, whose numbers are statistics and count nothing."""

STATED = frozenset("confidence interval intervals ratio difference konfidenzintervall".split())

MONTHS = {
    name: n
    for n, names in enumerate(
        "january jan januar jänner;february feb februar;march mar märz;april apr;may mai;june jun juni;july jul juli;"
        "august aug;september sep sept;october oct oktober okt;november nov;december dec dezember dez".split(";"),
        1,
    )
    for name in names.split()
}
