"""The evidence ladder: what kind of study stands behind an item, and the sentence that goes with it.

Steps and order follow the GRADE idea that certainty comes from design; the fixed reader
sentences are the house's own. A step off the ladder (`rank` None) says that something
happened, not how strong a study is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.strict import strict


class Stage(StrEnum):
    """One step of the ladder, lowest first, then the events that are no study."""

    PRECLINICAL = "preclinical"
    CASE_REPORT = "case-report"
    CASE_SERIES = "case-series"
    OBSERVATIONAL = "observational"
    PHASE_1 = "phase-1"
    PHASE_1_2 = "phase-1-2"
    PHASE_2 = "phase-2"
    PHASE_2_RCT = "phase-2-rct"
    PHASE_3 = "phase-3"
    PHASE_3_RCT = "phase-3-rct"
    SYSTEMATIC_REVIEW = "systematic-review"
    REGULATORY_DECISION = "regulatory-decision"
    REGISTRATION = "registration"
    STOPPED = "stopped"
    SAFETY_NOTICE = "safety-notice"
    RETRACTION = "retraction"
    COMMENTARY = "commentary"
    UNCLEAR = "unclear"

    @property
    def rank(self) -> int | None:
        """Height on the ladder, 0 for animals and cells; None for what is no study."""
        return _LADDER.index(self) if self in _LADDER else None

    @property
    def treats_people(self) -> bool:
        """Whether the step reports on people who were treated, so that a number of people is due."""
        return self in _TREATS_PEOPLE


class Flag(StrEnum):
    """What else a reader must know of the report, whatever its step."""

    PREPRINT = "preprint"
    CONFERENCE = "conference"
    COMPANY = "company"
    PRESS_RELEASE = "press-release"
    INTERIM = "interim"
    RETRACTED = "retracted"
    CONCERN = "expression-of-concern"
    CORRECTED = "corrected"


class Comparison(StrEnum):
    """Against what the treatment was measured."""

    NONE = "none"
    RANDOMISED = "randomised"
    CONTROLLED = "controlled"


@strict
@dataclass(frozen=True, slots=True)
class Evidence:
    """How strong the evidence is, and because of which words.

    `participants` counts people (or animals, for preclinical work); None where the source did not say.
    """

    stage: Stage = Stage.UNCLEAR
    participants: int | None = None
    comparison: Comparison | None = None
    follow_up: str | None = None
    flags: tuple[Flag, ...] = ()
    because: str | None = None


_LADDER = tuple(Stage)[: tuple(Stage).index(Stage.REGISTRATION)]
_TREATS_PEOPLE = frozenset(_LADDER[1 : _LADDER.index(Stage.REGULATORY_DECISION)])

LABELS: dict[Stage, str] = {
    Stage.PRECLINICAL: "Animals or cells",
    Stage.CASE_REPORT: "One person's story",
    Stage.CASE_SERIES: "A group of treated people",
    Stage.OBSERVATIONAL: "People followed over time",
    Stage.PHASE_1: "First small study in people",
    Stage.PHASE_1_2: "Early study in people",
    Stage.PHASE_2: "Mid-size study, no comparison group",
    Stage.PHASE_2_RCT: "Mid-size study with a comparison group",
    Stage.PHASE_3: "Large study, no comparison group",
    Stage.PHASE_3_RCT: "Large study with a comparison group",
    Stage.SYSTEMATIC_REVIEW: "Many studies added up",
    Stage.REGULATORY_DECISION: "A regulator's decision",
    Stage.REGISTRATION: "A study that is planned or running",
    Stage.STOPPED: "A study that stopped or did not reach its goal",
    Stage.SAFETY_NOTICE: "A safety question under review",
    Stage.RETRACTION: "A paper that was withdrawn",
    Stage.COMMENTARY: "Views, not new results",
    Stage.UNCLEAR: "Strength of evidence not settled",
}

SENTENCES: dict[Stage, str] = {
    Stage.PRECLINICAL: "This was done in animals or cells. It cannot tell us whether it works in people.",
    Stage.CASE_REPORT: "This is one person. It cannot tell us how often this works.",
    Stage.CASE_SERIES: "There was no comparison group, so we cannot tell what would have happened anyway.",
    Stage.OBSERVATIONAL: "People were followed, not put in groups by chance. A link is not proof of cause.",
    Stage.PHASE_1: "A first, small study. Its main aim was safety.",
    Stage.PHASE_1_2: "An early study: safety first, with a first look at effect.",
    Stage.PHASE_2: "Everyone got the treatment, so we cannot tell what would have happened without it.",
    Stage.PHASE_2_RCT: "Chance decided who got which treatment. The study was of middle size.",
    Stage.PHASE_3: "A larger study, but everyone got the treatment, so there is nothing to compare with.",
    Stage.PHASE_3_RCT: "Chance decided who got which treatment, in a large study.",
    Stage.SYSTEMATIC_REVIEW: "This adds up several studies. It is only as strong as the studies in it.",
    Stage.REGULATORY_DECISION: "This holds for the named country and disease only.",
    Stage.REGISTRATION: (
        "This is a plan or a running study. It has no results yet, and a listing is not a recommendation."
    ),
    Stage.STOPPED: (
        "Stopping early is not proof of harm or failure. We give the reason that was stated, and do not guess."
    ),
    Stage.SAFETY_NOTICE: (
        "It is not yet known whether the treatment caused it. Contact your team; do not stop medicines on your own."
    ),
    Stage.RETRACTION: "This paper was withdrawn. What it said can no longer be relied on.",
    Stage.COMMENTARY: "This gives views or background. It reports no new results.",
    Stage.UNCLEAR: "We could not settle how strong the evidence is.",
}

SHORT: dict[Stage, str] = {
    Stage.PRECLINICAL: "Not tested in people.",
    Stage.CASE_REPORT: "One case proves little.",
    Stage.CASE_SERIES: "There was no comparison group.",
    Stage.OBSERVATIONAL: "A link proves no cause.",
    Stage.PHASE_1: "It mainly looked at safety.",
    Stage.PHASE_1_2: "It looked at safety first.",
    Stage.PHASE_2: "Everyone got the treatment.",
    Stage.PHASE_2_RCT: "Chance decided the groups.",
    Stage.PHASE_3: "Everyone got the treatment.",
    Stage.PHASE_3_RCT: "Chance decided the groups.",
    Stage.SYSTEMATIC_REVIEW: "Only as strong as those.",
    Stage.REGULATORY_DECISION: "For that country and disease.",
    Stage.REGISTRATION: "It has no results yet.",
    Stage.STOPPED: "It proves nothing by itself.",
    Stage.SAFETY_NOTICE: "The cause is not known. Don't stop medicines by yourself.",
    Stage.RETRACTION: "Don't rely on that paper.",
    Stage.COMMENTARY: "It has no new results.",
    Stage.UNCLEAR: "",
}
"""What rows of the e-mail say, and its cards from the second of a step on: no sentence has more than five words."""

FLAG_SENTENCES: dict[Flag, str] = {
    Flag.PREPRINT: "Other experts have not checked this report yet.",
    Flag.CONFERENCE: "Shown at a meeting; the full report is not out.",
    Flag.COMPANY: "The company that makes it reported this. We have not seen the full data.",
    Flag.PRESS_RELEASE: "This comes from a press release, not from a full report.",
    Flag.INTERIM: "These are early numbers from a study that goes on; they can change.",
    Flag.RETRACTED: "This paper has been withdrawn.",
    Flag.CONCERN: "The journal has said it has concerns about this paper.",
    Flag.CORRECTED: "The paper was corrected after it came out.",
}

SHORT_FLAGS: dict[Flag, str] = {
    Flag.PREPRINT: "Not checked by experts yet.",
    Flag.CONFERENCE: "Shown at a meeting only.",
    Flag.COMPANY: "Only its maker reports this.",
    Flag.PRESS_RELEASE: "From a press release only.",
    Flag.INTERIM: "Early numbers, which can change.",
    Flag.RETRACTED: "The paper has been withdrawn.",
    Flag.CONCERN: "The journal has raised concerns.",
    Flag.CORRECTED: "The paper was corrected since.",
}
