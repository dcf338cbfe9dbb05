"""Each rule argues its case, and keeps to it on the items it was made for."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest
from issues import templates
from samples import CONFIG, GLOSSARY, SAMPLES, STUDY, TODAY, checked, signed

from pipeline.checks import Bound, Context, Rule, RuleError, find, rules
from pipeline.checks.cases import Settings, Templates, cases_of
from pipeline.checks.engine import Choice, check
from pipeline.checks.load import admit
from pipeline.errors import UsageError
from pipeline.model.item import Item, Queue
from pipeline.model.names import PersonRole, Severity

RULES = rules()


def findings(item: Item, *ids: str):
    chosen = frozenset(ids) if ids else None
    texts = {item.id: tuple(text for each in ids for text in cases_of(find(each)).texts)}
    return checked(Queue(issue="2026-12", items=(item,)), rules=chosen, glossary=GLOSSARY, texts=texts)


def cases(kind: str):
    return [
        pytest.param(r, c, id=f"{r.id}-{kind}-{n}") for r in RULES for n, c in enumerate(getattr(cases_of(r), kind))
    ]


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


@pytest.mark.parametrize("share", ["Of those still followed, 57% got better.", "In 57 per cent it went away."])
def test_acceptance_01_a_percentage_of_fewer_than_a_hundred_people_stands_with_its_count(share: str):
    few = replace(STUDY, summary=f"Nine people were treated. {share}")
    assert {each.severity for each in findings(few, "E02")} == {Severity.BLOCK}
    counted = replace(STUDY, summary=f"Nine people were treated. {share.replace('57', '5 of 9 (56%) and no 57')}")
    assert findings(counted, "E02") == ()


def test_the_structural_rules_of_the_standard_are_all_there():
    assert [r.id for r in RULES if r.id[0] == "E"] == [f"E{n:02}" for n in range(19)]
    assert [r.id for r in RULES if r.id[0] == "P"] == [f"P{n:02}" for n in range(1, 7)]
    assert {"S01", "S02", "S03", "S04", "W01"} <= {r.id for r in RULES}


def test_the_rules_that_keep_a_promise_cannot_be_waived():
    assert {r.id for r in RULES if not r.waivable} == {"E00", "E09", "E12", "E17", "E18", "S01", "S03", "W01"}


def test_severities_are_those_of_the_standard():
    bound = {r.id: r.severity for r in RULES if r.id[0] in "EPSW"}
    assert {i for i, severity in bound.items() if severity is Severity.WARN} == {
        *("E03", "E05", "E06", "E07", "E14", "E15"),
        *("P01", "P02", "P05", "P06", "W01"),
    }
    assert {i for i, severity in bound.items() if severity is Severity.NOTE} == {"E13"}


ISSUES = [(r, kind, c) for r in RULES for kind in ("bad", "good") for c in getattr(cases_of(r), f"{kind}_issues")]


@pytest.mark.parametrize(
    ("rule", "kind", "templates_"), ISSUES, ids=lambda v: getattr(v, "id", v if isinstance(v, str) else "")
)
def test_a_rule_on_the_whole_issue_keeps_to_its_cases(rule: Rule, kind: str, templates_: Templates):
    queue = Queue(issue="2026-12", items=(STUDY,))
    found = checked(queue, rules=frozenset({rule.id}), templates=templates_)
    assert [(f.item, f.field) for f in found] == ([("2026-12", "issue")] * len(found) if kind == "bad" else [])
    assert bool(found) is (kind == "bad")


HEADS = [(r, kind, c) for r in RULES for kind in ("bad", "good") for c in getattr(cases_of(r), f"{kind}_settings")]


def of_settings(settings: Settings, rule: Rule):
    changes: dict[str, Any] = dict(settings)
    config = replace(CONFIG, newsletter=replace(CONFIG.newsletter, **changes))
    context, choice = Context(config=config, today=TODAY), Choice(rules=frozenset({rule.id}))
    return check(Queue(issue="2026-12", items=(STUDY,)), context, choice=choice)


@pytest.mark.parametrize(("rule", "kind", "settings"), HEADS, ids=lambda v: getattr(v, "id", str(v)))
def test_a_rule_on_the_settings_keeps_to_its_cases(rule: Rule, kind: str, settings: Settings):
    found = of_settings(settings, rule)
    assert [(f.item, f.field) for f in found] == ([("2026-12", "issue")] if kind == "bad" else [])
    for finding in found:
        assert "Write in sources.yml, below “newsletter:”" in finding.suggestion
        assert " unsubscribe: " in finding.suggestion


def test_an_open_way_to_leave_is_shown_its_secure_twin():
    (found,) = of_settings({"unsubscribe": "http://lists.example.net/out"}, find("E17"))
    assert found.severity is Severity.BLOCK
    assert found.suggestion.endswith("unsubscribe: https://lists.example.net/out")


def test_the_templates_that_come_with_the_program_carry_the_box_on_unproven_clinics():
    queue = Queue(issue="2026-12", items=(STUDY,))
    own = templates()
    assert checked(queue, rules=frozenset({"E14"}), templates=own) == ()
    bare = own | {"web/issue.html": own["web/issue.html"].replace("CLINIC", "QUESTIONS")}
    (found,) = checked(queue, rules=frozenset({"E14"}), templates=bare)
    assert "web/issue.html" in found.message


def test_the_opening_of_an_issue_is_held_to_the_rules_on_language_with_its_own_place():
    places: list[tuple[str, str, int]] = []
    intro = "Nine people were treated (p = 0.03)."

    def place(item: str, field: str, start: int) -> tuple[int, int]:
        places.append((item, field, start))
        return 3, 5

    found = checked(Queue(issue="2026-12", intro=intro, items=(STUDY,)), place, glossary=GLOSSARY)
    (told,) = [f for f in found if f.rule == "P04"]
    assert (told.item, told.field, told.line, told.column) == ("2026-12", "intro", 3, 5)
    assert ("", "intro", intro.index("p =")) in places


def module(name: str, doc: str | None, rule: object = None) -> ModuleType:
    made = ModuleType(f"pipeline.checks.{name}", doc)
    if rule is not None:
        vars(made)["RULE"] = rule
    return made


def made(**changes: Any) -> Rule:
    fields: dict[str, Any] = {
        "id": "E99",
        "name": "some-thing",
        "severity": Severity.WARN,
        "binds": (Bound.ITEM,),
        "check": lambda _item, _context: (),
    }
    return Rule(**fields | changes)


ARGUED = "Why.\n\nSource: a paper."


def test_a_rule_with_a_reason_loads_and_carries_its_reason():
    (rule,) = admit([module("e99_some_thing", ARGUED, made())])
    assert (rule.id, rule.reason) == ("E99", ARGUED)


@pytest.mark.parametrize(
    ("name", "doc", "rule", "says"),
    [
        ("e99_some_thing", ARGUED, None, "no rule here"),
        ("e99_some_thing", ARGUED, "E99", "no rule here"),
        ("e99_some_thing", None, made(), "no reason"),
        ("e99_some_thing", "Says what it does, not why.", made(), "no reason"),
        ("e98_some_thing", ARGUED, made(), "e99_some_thing.py"),
        ("e99_other", ARGUED, made(), "e99_some_thing.py"),
    ],
)
def test_a_rule_without_reason_or_its_own_name_does_not_load(name, doc, rule, says):
    with pytest.raises(RuleError, match=says) as error:
        admit([module(name, doc, rule)])
    assert f"{name}.py" in str(error.value)


def test_all_faults_of_all_rule_files_are_told_at_once():
    with pytest.raises(RuleError) as error:
        admit([module("e99_other", None, made()), module("e97_other", ARGUED)])
    assert len(str(error.value).splitlines()) == 3


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_each_rule_has_two_cases_on_either_side(rule: Rule):
    assert cases_of(rule)


def test_a_rule_without_two_cases_on_either_side_is_told_of():
    bare = made(package="pipeline.checks.hype", stem="h99_some_thing")
    with pytest.raises(RuleError, match=r"h99_some_thing\.yml: 0 bad cases"):
        cases_of(bare)


def test_two_rules_never_share_an_id():
    twin = module("e99_some_thing", ARGUED, made())
    with pytest.raises(RuleError, match="E99"):
        admit([twin, twin])


def test_a_rule_is_found_in_either_case_and_a_wrong_id_names_the_nearest():
    assert find("e04").name == "harms"
    with pytest.raises(UsageError, match="E04"):
        find("EO4")
