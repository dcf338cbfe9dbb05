"""Rules and what they remark: a remark is about a field; a finding knows where that stands in the file."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model.names import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What a rule has to say of a span of one field of one item.

    `start` and `end` count characters of the field's value; both 0 mean the field as a whole.
    `why` is what is wrong, `suggestion` what to try. `severity` None means the rule's own. `setting` names the
    newsletter's setting that it is about, which stands in `sources.yml`.
    """

    field: str
    why: str
    suggestion: str = ""
    start: int = 0
    end: int = 0
    severity: Severity | None = None
    setting: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A remark with its rule, its item and its place in `queue.yml` (line and column from 1), or in another `file`.

    A waived one says why in `waiver`; `waiver_at` is that waiver's place in the item's list, from 0.
    """

    rule: str
    name: str
    severity: Severity
    item: str
    field: str
    start: int
    end: int
    line: int
    column: int
    message: str
    suggestion: str = ""
    waived: bool = False
    waiver: str = ""
    waiver_at: int | None = None
    file: str = ""
