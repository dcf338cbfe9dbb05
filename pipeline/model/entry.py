"""What a source yielded, exactly as it was: entries, their identities, dates, and trials' plain facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from pipeline.model.strict import strict, written_as


@strict
@written_as(number="nct")
@dataclass(frozen=True, slots=True)
class Ids:
    """What identifies an entry, strongest first.

    `doi` in lower case without resolver, `pmid` digits, `number` a study's in its registry, `guid` raw as the source
    gave it, `link` canonical (tracking keys stripped; a key, not an address), `digest` a hash of title and text for
    what has nothing else.
    """

    doi: str | None = None
    pmid: str | None = None
    number: str | None = None
    guid: str | None = None
    link: str | None = None
    digest: str | None = None

    def keys(self) -> tuple[str, ...]:
        """All identities as `scheme:value`, strongest first."""
        pairs = (
            ("doi", self.doi),
            ("pmid", self.pmid),
            ("nct", self.number),
            ("guid", self.guid),
            ("link", self.link),
            ("hash", self.digest),
        )
        return tuple(f"{scheme}:{value}" for scheme, value in pairs if value)

    def paper_keys(self) -> tuple[str, ...]:
        """The identities of a paper among them, as `Entry.targets` names papers."""
        return tuple(key for key in self.keys() if key.startswith(("doi:", "pmid:")))


def title_key(source: str, ids: Ids, title: str, day: str | None) -> str | None:
    """Make a key of one source's title on one day: what is left when a publisher moves, and address and guid change.

    None for what has a DOI or a number, for what is not dated to the day, and for titles that name nothing
    ("Editorial").
    """
    words = "".join(c if c.isalnum() else " " for c in title.casefold()).split()
    if ids.doi or ids.pmid or ids.number or len(day or "") != len("2026-05-11") or len(words) < LONG_ENOUGH:
        return None
    return f"title:{source} {day} {' '.join(words)}"


LONG_ENOUGH = 5
"""Words that a title needs to name one thing."""


class Precision(StrEnum):
    """How exactly a source gave a date."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class When:
    """A date as far as the source gave it, never invented.

    `day` is ISO 8601 cut to the precision: "2026", "2026-05", "2026-05-11"; the day is the one in the
    source's own time zone. `raw` is the text as it stood. `doubt` says in a clause why it is not to be trusted
    (in the future, before 1990); a doubted date is shown, not sorted or filtered by.
    """

    day: str
    precision: Precision
    raw: str
    field: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmEvents:
    """How many people of one group had a serious adverse event, and how many died of any cause; None: not said."""

    group: str
    serious: int | None = None
    serious_at_risk: int | None = None
    deaths: int | None = None
    deaths_at_risk: int | None = None

    def __str__(self) -> str:
        serious, deaths = (
            "not reported" if n is None else f"{n} of {total}" if total is not None else f"{n}"
            for n, total in ((self.serious, self.serious_at_risk), (self.deaths, self.deaths_at_risk))
        )
        return f"{self.group}: serious {serious}, deaths {deaths}"


@written_as(number="nct")
@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a registry says of one study; the registry's own words, None where it did not say.

    `number` is the one in its own `registry`: an NCT number, an EU CT number, an ISRCTN number; `other_ids` are those
    it has elsewhere, `former_ids` those it had there before. `status` is in the words of ClinicalTrials.gov where a
    registry's own word (`status_said`) means just that, else the registry's own in capitals. Dates are ISO, cut to what
    the registry gave. `enrollment_type` and the date types are ACTUAL or ESTIMATED. `sites` are "facility, city,
    country"; `site_statuses` those whose own status is another than the study's, with ": STATUS" behind. `criteria` is
    a hash of who may join; `retracted` are the PubMed numbers of linked papers that were retracted; `expanded_access`
    is the number of such a programme, or "listed"; `violations` are notices of noncompliance, as their type and date;
    `results_delayed` is the day a certificate for later results was posted. `read_from` is the source, and the day of
    the registry's data where that is known; `checked` the ISO day it was last read.
    """

    number: str
    title: str
    registry: str = "clinicaltrials"
    official_title: str | None = None
    status: str | None = None
    status_said: str | None = None
    last_known_status: str | None = None
    why_stopped: str | None = None
    study_type: str | None = None
    phases: tuple[str, ...] = ()
    allocation: str | None = None
    intervention_model: str | None = None
    masking: str | None = None
    arms: int | None = None
    enrollment: int | None = None
    enrollment_type: str | None = None
    conditions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    interventions: tuple[str, ...] = ()
    intervention_text: str | None = None
    primary_outcomes: tuple[str, ...] = ()
    summary: str | None = None
    sponsor: str | None = None
    sponsor_class: str | None = None
    countries: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    site_statuses: tuple[str, ...] = ()
    removed_countries: tuple[str, ...] = ()
    minimum_age: str | None = None
    maximum_age: str | None = None
    sex: str | None = None
    criteria: str | None = None
    start: str | None = None
    start_type: str | None = None
    primary_completion: str | None = None
    primary_completion_type: str | None = None
    completion: str | None = None
    completion_type: str | None = None
    first_posted: str | None = None
    updated: str | None = None
    has_results: bool = False
    results_posted: str | None = None
    results_delayed: str | None = None
    serious_affected: int | None = None
    serious_at_risk: int | None = None
    arms_events: tuple[ArmEvents, ...] = ()
    events_time_frame: str | None = None
    expanded_access: str | None = None
    violations: tuple[str, ...] = ()
    retracted: tuple[str, ...] = ()
    other_ids: tuple[str, ...] = ()
    former_ids: tuple[str, ...] = ()
    link: str = ""
    read_from: str = ""
    checked: str | None = None


UNREAD = "date not understood: "
"""How the doubt about a date begins that stands in a source and can't be read; its raw text follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing a source yielded. Every text is plain: no markup, no control characters, capped.

    `excerpt_html` is the small safe subset (p, em, strong, sub, sup, ul, ol, li, br, a[https]) for showing;
    never used for judging. `types` are publication types where an index gives them. `retracts` is the DOI of
    the paper this entry takes back; `targets` are the identities (`doi:…`, `pmid:…`) of all papers it is a notice
    about.
    """

    source: str
    title: str
    ids: Ids
    link: str | None = None
    published: When | None = None
    updated: When | None = None
    summary: str = ""
    excerpt_html: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    language: str = "en"
    nct_numbers: tuple[str, ...] = ()
    retracts: str | None = None
    targets: tuple[str, ...] = ()
    trial: Trial | None = None
    doubts: tuple[str, ...] = field(default=())

    @property
    def title_on_day(self) -> str | None:
        """What it is known by when its publisher gives it another address; None where it has a better name."""
        return title_key(self.source, self.ids, self.title, self.day)

    @property
    def day(self) -> str | None:
        """The day to sort and filter by: published, else updated; None where neither can be trusted."""
        for when in (self.published, self.updated):
            if when is not None and not when.doubt:
                return when.day
        return None
