"""The closed vocabularies of the house, as the words that stand in `sources.yml` and `queue.yml`."""

from __future__ import annotations

from enum import StrEnum


class Tier(StrEnum):
    """Who speaks, from most to least answerable; the order decides which entry leads a story."""

    REGISTRY = "registry"
    REGULATOR = "regulator"
    JOURNAL = "journal"
    INDEXER = "indexer"
    PREPRINT = "preprint"
    SOCIETY = "society"
    ACADEMIC = "academic"
    PATIENT_ORG = "patient-org"
    NEWS = "news"
    AGGREGATOR = "aggregator"
    COMPANY = "company"

    @property
    def rank(self) -> int:
        """Place in the order of trust; 0 is the most trustworthy."""
        return list(Tier).index(self)


class Role(StrEnum):
    """What a source may be used for."""

    EVIDENCE = "evidence"
    LEAD = "lead"
    CONTEXT = "context"
    INTEGRITY = "integrity"


class Excerpt(StrEnum):
    """How much of a source's text may be quoted."""

    TITLE = "title"
    ABSTRACT = "abstract"
    FULL = "full"


class State(StrEnum):
    """How a source ended a run."""

    FRESH = "fresh"
    UNCHANGED = "unchanged"
    EMPTY = "empty"
    STALLED = "stalled"
    FROZEN = "frozen"
    PAGE = "page-instead-of-feed"
    WRONG = "wrong-content"
    MOVED = "moved"
    GONE = "gone"
    BLOCKED = "blocked"
    RESERVED = "rights-reserved"
    DEGRADED = "degraded"
    FAILED = "failed"


class Status(StrEnum):
    """What the editors decided about an item."""

    PENDING = "pending"
    APPROVED = "approved"
    HOLD = "hold"
    REJECTED = "rejected"


class Section(StrEnum):
    """Where in the issue an item stands."""

    RESEARCH = "research"
    EMERGING = "emerging"
    TRIALS = "trials"
    STOPPED = "stopped"
    SAFETY = "safety"
    REGULATION = "regulation"


class Therapy(StrEnum):
    """The therapies the newsletter follows."""

    CAR_T = "car-t"
    CAR_NK = "car-nk"
    BISPECIFIC = "bispecific"
    IN_VIVO_CAR = "in-vivo-car"
    CAAR_T = "caar-t"
    CAR_TREG = "car-treg"
    B_CELL_DEPLETION = "b-cell-depletion"


class Shows(StrEnum):
    """What the count of a fact tells of people: that something helped them, or harmed them."""

    BENEFIT = "benefit"
    HARM = "harm"


class Population(StrEnum):
    """Who, or what, was studied."""

    HUMAN = "human"
    ANIMAL = "animal"
    LAB = "lab"


class PersonRole(StrEnum):
    """In which capacity a person signs."""

    EDITOR = "editor"
    WRITER = "writer"
    MEDICAL = "medical"
    PATIENT = "patient"
    PUBLISHER = "publisher"


class Severity(StrEnum):
    """What a finding does: block stops the build, warn asks for a look, note only tells."""

    BLOCK = "block"
    WARN = "warn"
    NOTE = "note"


class Heads(StrEnum):
    """The letters of headings: with serifs or without."""

    SERIF = "serif"
    SANS = "sans"


class Pictures(StrEnum):
    """Which of its pictures an e-mail has."""

    ALL = "all"
    NONE = "none"


class CorrectionKind(StrEnum):
    """What an editor says of something that was printed: it was wrong, unclear, is out of date, or is taken back."""

    RETRACTION = "retraction"
    CORRECTION = "correction"
    CLARIFICATION = "clarification"
    UPDATE = "update"


class Extent(StrEnum):
    """How much of an item is in the mail; all of it is on the web."""

    STORY = "story"
    CARD = "card"
    ROW = "row"
    ONLINE = "online"


class Group(StrEnum):
    """What kind of news of a trial it is, in the order readers meet it."""

    CORRECTED = "corrected"
    RESULTS = "results"
    OPENED = "opened"
    NEW = "new"
    CLOSED = "closed"
    STOPPED = "stopped"
    REDESIGNED = "redesigned"
    OTHER = "other"


class Format(StrEnum):
    """How a command writes its results."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"
    SARIF = "sarif"
    RDJSONL = "rdjsonl"
