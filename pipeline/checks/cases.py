"""The cases a rule is tried on: fictional items it must and must not remark on, read from the rule's pack.

They stand under `cases:` at its end. A case names the sample it is made from (`of`, the study unless said) and the
fields that differ; of the evidence, only the parts that do. `signed: [anna as editor]` signs the study's words, and
whoever signed those has not signed what a case changes.
Tests, `hope explain` and the page of rules read them; no check does.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from pipeline.checks.load import RuleError
from pipeline.checks.rule import Rule
from pipeline.model.item import Item, SourceText
from pipeline.yamltext import adapter

_FEWEST = 2
_SIGNED_ON = "2026-11-22"
_FIRST = "study"

Templates = Mapping[str, str]
"""The templates of an issue, by path."""

Settings = Mapping[str, str]
"""Settings of the newsletter that a case changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """What a rule was tried on: items, issues by their templates, newsletters by their settings.

    `texts` are what each item's sources said.
    """

    bad: tuple[Item, ...] = ()
    good: tuple[Item, ...] = ()
    bad_issues: tuple[Templates, ...] = ()
    good_issues: tuple[Templates, ...] = ()
    bad_settings: tuple[Settings, ...] = ()
    good_settings: tuple[Settings, ...] = ()
    texts: tuple[SourceText, ...] = ()


@cache
def samples() -> Mapping[str, Item]:
    """Read the items that no rule has anything to say about, sign-off aside, by the name that cases call them by."""
    return {name: _item(values) for name, values in _samples().items()}


@cache
def cases_of(rule: Rule) -> Cases:
    """Read the cases of a rule's pack. Raises RuleError when there are fewer than two on a side."""
    read = _yaml(rule.package, f"{rule.stem}.yml").get("cases", {})
    usual = read.get("templates", {})
    found = Cases(
        bad=tuple(map(_case, read.get("bad", ()))),
        good=tuple(map(_case, read.get("good", ()))),
        bad_issues=tuple(_templates(usual, changed) for changed in read.get("bad-templates", ())),
        good_issues=tuple(_templates(usual, changed) for changed in read.get("good-templates", ())),
        bad_settings=tuple(read.get("bad-settings", ())),
        good_settings=tuple(read.get("good-settings", ())),
        texts=adapter(tuple[SourceText, ...]).validate_json(json.dumps(read.get("texts", []))),
    )
    for side, of_items, of_issues, of_settings in (
        ("bad", found.bad, found.bad_issues, found.bad_settings),
        ("good", found.good, found.good_issues, found.good_settings),
    ):
        if (number := len(of_items) + len(of_issues) + len(of_settings)) < _FEWEST:
            raise RuleError(
                f"{rule.stem}.yml: {number} {side} cases; at least two are needed, so that the rule is "
                "tested on both sides."
            )
    return found


@cache
def _samples() -> Mapping[str, dict[str, Any]]:
    """Read the samples as plain values: each is the first one with some fields changed."""
    read = _yaml("pipeline.checks", "samples.yml")
    return {name: read[_FIRST] | values for name, values in read.items()}


def _case(changes: dict[str, Any]) -> Item:
    sample = _samples()[changes.get("of", _FIRST)]
    values = sample | {field: value for field, value in changes.items() if field != "of"}
    return _item(values | {"evidence": sample["evidence"] | changes.get("evidence", {})})


@cache
def _hash() -> str:
    return _valid(_samples()[_FIRST] | {"signed": []}).text_hash


def _item(values: dict[str, Any]) -> Item:
    """Make an item; "anna as editor" becomes her signature under the study."""
    pairs = (said.split(" as ") for said in values["signed"])
    return _valid(
        values | {"signed": [{"by": by, "role": role, "on": _SIGNED_ON, "text": _hash()} for by, role in pairs]}
    )


def _valid(values: dict[str, Any]) -> Item:
    return adapter(Item).validate_json(json.dumps(values))


def _templates(usual: Templates, changed: Templates | None) -> Templates:
    """Give the usual templates with some changed; none at all for an issue whose templates nobody has checked."""
    return {} if changed is None else {**usual, **changed}


def _yaml(package: str, name: str) -> Mapping[str, Any]:
    file = files(package) / name
    return YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8")) or {} if file.is_file() else {}
