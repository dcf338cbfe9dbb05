"""Findings for other tools: SARIF 2.1.0 for code hosts and editors, and reviewdog's lines of JSON."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from pipeline.checks.load import all_rules
from pipeline.checks.rule import Place, Rule
from pipeline.model.finding import Finding
from pipeline.model.item import OPENING
from pipeline.model.names import Severity

_Json: TypeAlias = "dict[str, object]"
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.BLOCK: "error", Severity.WARN: "warning", Severity.NOTE: "note"}
_SEVERITIES = {Severity.BLOCK: "ERROR", Severity.WARN: "WARNING", Severity.NOTE: "INFO"}


def as_sarif(findings: Iterable[Finding], file: str, place: Place) -> str:
    """Give findings as one SARIF 2.1.0 log; what is waived is there, suppressed, with its reason.

    `file` is the queue's path below the newsroom, `place` finds where a span ends. Columns count characters.
    """
    rules = all_rules()
    driver: _Json = {"name": "hope", "rules": [_described(rule) for rule in rules]}
    order = {rule.id: at for at, rule in enumerate(rules)}
    run: _Json = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(f, order[f.rule], file, place, n) for f, n in _numbered(findings)],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def as_rdjsonl(findings: Iterable[Finding], file: str, place: Place, lines: Sequence[str] = ()) -> str:
    """Give open findings as Reviewdog Diagnostic Format, a line each; it has no word for waived ones.

    Its columns count the bytes of UTF-8, so they are reckoned from `lines`, those of the file.
    """
    return "\n".join(
        json.dumps(_diagnostic(f, file, place, lines), ensure_ascii=False) for f in findings if not f.waived
    )


def _described(rule: Rule) -> _Json:
    first, _, rest = rule.reason.partition("\n\n")
    return {
        "id": rule.id,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": " ".join(first.split())},
        "fullDescription": {"text": " ".join(rest.split())},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(finding: Finding, index: int, file: str, place: Place, nth: int) -> _Json:
    result: _Json = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(finding)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": finding.file or file, "uriBaseId": "%SRCROOT%"},
                    "region": _region(finding, place),
                },
                "logicalLocations": [{"fullyQualifiedName": f"{finding.item}#{finding.field}"}],
            }
        ],
        "partialFingerprints": {"finding/v1": _fingerprint(finding, nth)},
    }
    if finding.waived:
        result["suppressions"] = [{"kind": "inSource", "status": "accepted", "justification": finding.waiver}]
    return result


def _region(finding: Finding, place: Place) -> dict[str, int]:
    region = {"startLine": finding.line, "startColumn": finding.column}
    end = _end(finding, place)
    return region | {"endLine": end[0], "endColumn": end[1]} if end else region


def _diagnostic(finding: Finding, file: str, place: Place, lines: Sequence[str]) -> _Json:
    span: _Json = {"start": _in_bytes(finding.line, finding.column, lines)}
    if end := _end(finding, place):
        span["end"] = _in_bytes(*end, lines)
    return {
        "message": _message(finding),
        "location": {"path": finding.file or file, "range": span},
        "severity": _SEVERITIES[finding.severity],
        "source": {"name": "hope"},
        "code": {"value": finding.rule},
    }


def _in_bytes(line: int, column: int, lines: Sequence[str]) -> dict[str, int]:
    before = lines[line - 1][: column - 1] if 0 < line <= len(lines) else ""
    return {"line": line, "column": column - len(before) + len(before.encode("utf-8", "surrogatepass"))}


def _end(finding: Finding, place: Place) -> tuple[int, int] | None:
    """Where the span ends, one past its last character; None for what points at a whole field, or can't be found."""
    if finding.end <= finding.start or finding.file:
        return None
    item = "" if finding.field in {*OPENING, "issue", "signed"} else finding.item
    line, column = place(item, finding.field, finding.end - 1)
    return (line, column + 1) if (line, column) >= (finding.line, finding.column) else None


def _message(finding: Finding) -> str:
    return f"{finding.message} Try: {finding.suggestion}" if finding.suggestion else finding.message


def _numbered(findings: Iterable[Finding]) -> Iterable[tuple[Finding, int]]:
    """Number those that are alike in all but their place: "cures" twice in a field is two findings."""
    met: Counter[tuple[str, ...]] = Counter()
    for finding in findings:
        alike = (finding.rule, finding.item, finding.field, finding.message)
        yield finding, met[alike]
        met[alike] += 1


def _fingerprint(finding: Finding, nth: int) -> str:
    """Know a finding again when lines above it have moved."""
    identity = "\x1f".join([finding.rule, finding.item, finding.field, finding.message, *([str(nth)] if nth else [])])
    return hashlib.sha256(identity.encode()).hexdigest()[:32]
