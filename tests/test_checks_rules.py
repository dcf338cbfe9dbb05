"""Each rule argues its case, and keeps to it on the items it was made for."""

from __future__ import annotations

from types import ModuleType

import pytest

from pipeline.checks import Rule, RuleError, check, find, rules
from pipeline.checks._cases import CONFIG, SAMPLES, STUDY, TODAY, signed
from pipeline.checks._load import admit
from pipeline.errors import UsageError
from pipeline.model.item import Item, Queue
from pipeline.model.names import PersonRole, Severity

RULES = rules()


def findings(item: Item, *ids: str):
    chosen = frozenset(ids) if ids else None
    return check(Queue(issue="2026-12", items=(item,)), CONFIG, TODAY, lambda *_: (1, 1), rules=chosen)


def cases(kind: str):
    return [pytest.param(r, c, id=f"{r.id}-{kind}-{n}") for r in RULES for n, c in enumerate(getattr(r, kind))]


@pytest.mark.parametrize(("rule", "item"), cases("bad"))
def test_a_rule_speaks_up_at_its_bad_cases_and_says_what_to_try(rule: Rule, item: Item):
    found = findings(item, rule.id)
    assert found
    for finding in found:
        assert finding.rule == rule.id
        assert finding.message.endswith((".", "”", "?"))
        assert finding.suggestion
        value = getattr(item, finding.field, None)
        assert 0 <= finding.start <= finding.end <= (len(value) if isinstance(value, str) else 0)


@pytest.mark.parametrize(("rule", "item"), cases("good"))
def test_a_rule_stays_silent_at_its_good_cases(rule: Rule, item: Item):
    assert findings(item, rule.id) == ()


@pytest.mark.parametrize("item", SAMPLES, ids=lambda i: i.id)
def test_a_whole_and_signed_item_of_each_sort_has_no_findings_at_all(item: Item):
    assert findings(signed(item, ("anna", PersonRole.EDITOR), ("dr-m", PersonRole.MEDICAL))) == ()


def test_the_structural_rules_of_the_standard_are_all_there():
    assert [r.id for r in RULES if r.id[0] == "E"] == [f"E{n:02}" for n in range(13)]
    assert {"S01", "W01"} <= {r.id for r in RULES}


def test_the_rules_that_keep_a_promise_cannot_be_waived():
    assert {r.id for r in RULES if not r.waivable} == {"E00", "E09", "E12", "S01", "W01"}


def test_severities_are_those_of_the_standard():
    warn = {r.id for r in RULES if r.severity is Severity.WARN}
    assert warn == {"E03", "E05", "E06", "E07", "W01"}


def module(name: str, doc: str | None, rule: object = None) -> ModuleType:
    made = ModuleType(f"pipeline.checks.{name}", doc)
    if rule is not None:
        made.RULE = rule
    return made


def made(**changes: object) -> Rule:
    fields = {
        "id": "E99",
        "name": "some-thing",
        "severity": Severity.WARN,
        "check": lambda _item, _context: (),
        "bad": (STUDY, STUDY),
        "good": (STUDY, STUDY),
    }
    return Rule(**fields | changes)


ARGUED = "Why.\n\nSource: a paper."


def test_a_rule_with_reason_and_cases_loads_and_carries_its_reason():
    (rule,) = admit([module("e99_some_thing", ARGUED, made())])
    assert (rule.id, rule.reason) == ("E99", ARGUED)


@pytest.mark.parametrize(
    ("name", "doc", "rule", "says"),
    [
        ("e99_some_thing", ARGUED, None, "no rule here"),
        ("e99_some_thing", ARGUED, "E99", "no rule here"),
        ("e99_some_thing", None, made(), "no reason"),
        ("e99_some_thing", "Says what it does, not why.", made(), "no reason"),
        ("e99_some_thing", ARGUED, made(bad=(STUDY,)), "1 bad cases"),
        ("e99_some_thing", ARGUED, made(good=()), "0 good cases"),
        ("e98_some_thing", ARGUED, made(), "e99_some_thing.py"),
        ("e99_other", ARGUED, made(), "e99_some_thing.py"),
    ],
)
def test_a_rule_without_reason_cases_or_its_own_name_does_not_load(name, doc, rule, says):
    with pytest.raises(RuleError, match=says) as error:
        admit([module(name, doc, rule)])
    assert f"{name}.py" in str(error.value)


def test_all_faults_of_all_rule_files_are_told_at_once():
    with pytest.raises(RuleError) as error:
        admit([module("e99_some_thing", None, made(bad=())), module("e97_other", ARGUED)])
    assert len(str(error.value).splitlines()) == 3


def test_two_rules_never_share_an_id():
    twin = module("e99_some_thing", ARGUED, made())
    with pytest.raises(RuleError, match="E99"):
        admit([twin, twin])


def test_a_rule_is_found_in_either_case_and_a_wrong_id_names_the_nearest():
    assert find("e04").name == "harms"
    with pytest.raises(UsageError, match="E04"):
        find("EO4")
