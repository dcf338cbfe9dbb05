"""Every item as data: by its schema, whole, and a withdrawn one says so before anything else."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import jsonschema
import pytest
from issues import HOSTILE, MASTHEAD, earlier_issue, hostile_issue, item, quiet_issue, sample_issue, templates
from newsrooms import JUNE, REPO

from pipeline.model.correction import Correction, Reworded
from pipeline.model.issue import Issue
from pipeline.model.item import Fact
from pipeline.model.names import CorrectionKind, Section
from pipeline.render import Current, render

SCHEMA = json.loads((REPO / "docs" / "items.schema.json").read_text(encoding="utf-8"))


def held(content: bytes) -> dict[str, Any]:
    """Read the file and hold it to its schema."""
    found: dict[str, Any] = json.loads(content)
    checker = jsonschema.Draft202012Validator
    checker.check_schema(SCHEMA)
    faults = [f"{list(e.absolute_path)}: {e.message}" for e in checker(SCHEMA).iter_errors(found)]
    assert faults == []
    return found


def items_of(*issues: Issue) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = held(render(issues[-1], issues, templates()).site["items.json"])["items"]
    return found


def one(**written: Any) -> dict[str, Any]:
    (found,) = items_of(sample_issue(stories=(replace(item("x", Section.RESEARCH), **written),)))
    return found


def test_every_printed_item_is_there_with_the_address_of_its_page() -> None:
    site = render(quiet_issue(), (sample_issue(), earlier_issue()), templates()).site
    addresses = [each["address"] for each in held(site["items.json"])["items"]]
    pages = {
        f"https://news.example.org/{p.removesuffix('index.html')}"
        for p in site
        if p.startswith("20") and p.count("/") == 2
    }
    assert len(addresses) == len(set(addresses))
    assert set(addresses) == pages
    assert [a[25:32] for a in addresses] == sorted((a[25:32] for a in addresses), reverse=True)


def test_a_withdrawn_item_says_so_before_anything_else() -> None:
    items = items_of(earlier_issue(), sample_issue())
    assert {next(iter(each)) for each in items} == {"status"}
    (gone,) = [each for each in items if each["status"] != "printed"]
    assert list(gone)[:2] == ["status", "corrected"]
    assert gone["status"] == "withdrawn"
    assert gone["corrected"] == [
        {
            "kind": "retraction",
            "on": "2026-12-01",
            "note": "The paper on a pair of antibodies in rheumatoid arthritis was withdrawn",
            "address": "https://news.example.org/2026-12/antibody-pair-withdrawn/",
        }
    ]
    assert [each["corrects"] for each in items if "corrects" in each] == [[gone["address"]]]


def test_a_correction_of_the_editors_own_is_told_with_the_words_it_changed() -> None:
    words = (Reworded(field="harms", was="The paper does not report harms in the mice.", now="2 of 24 rats died."),)
    slip = Correction(
        id="c",
        of="2026-11/mouse-nephritis",
        kind=CorrectionKind.CORRECTION,
        on=date(2026, 12, 18),
        note="Rats.",
        words=words,
    )
    current = Current(corrections=(slip,))
    items = held(render(sample_issue(), (earlier_issue(),), templates(), current=current).site["items.json"])["items"]
    (found,) = [each for each in items if each["status"] == "corrected"]
    assert found["headline"].startswith("Corrected: ")
    assert found["harms"] == "2 of 24 rats died."
    assert found["corrected"][0]["words"] == [{"field": "harms", "was": words[0].was, "now": words[0].now}]


def test_facts_come_with_quote_and_formula() -> None:
    facts = (
        Fact(value="62.5%", derived="5/8"),
        Fact(value="5 of 8", quote="seen in 5 of 8"),
        Fact(value="9", reason="r"),
    )
    assert one(facts=facts)["facts"] == [
        {"value": "62.5%", "formula": "5/8"},
        {"value": "5 of 8", "quote": "seen in 5 of 8"},
        {"value": "9", "reason": "r"},
    ]


def test_where_harms_are_not_reported_it_says_so_and_what_is_not_known_is_left_out() -> None:
    bare = one(harms=None, who=None, not_known=None, funding=None, facts=())
    assert bare["harms"].startswith("We have no report of harms")
    assert {"who", "not_known", "paid_by", "facts"}.isdisjoint(bare)


@pytest.mark.parametrize("words", [HOSTILE, "</script>]]>", "\u202eevil\n\x00 & \"'\u2028"])
def test_hostile_words_stay_words(words: str) -> None:
    found = one(headline=words, title=words, harms=words)
    assert found["headline"] == " ".join(words.replace("\u202e", " ").replace("\x00", " ").split())
    assert items_of(hostile_issue())


def test_the_file_says_whose_words_they_are_and_whether_all_is_invented() -> None:
    head = held(render(sample_issue(), (), templates()).site["items.json"])
    assert head["fictional"] == MASTHEAD.fictional
    assert "© The Example Charity" in head["rights"]
    assert head["advice"].startswith("This is news about research, not medical advice.")
    real = sample_issue(masthead=replace(MASTHEAD, fictional="", base_url="https://bücher.example/de"))
    head = held(render(real, (), templates()).site["items.json"])
    assert "fictional" not in head
    assert head["items"][0]["address"].startswith("https://xn--bcher-kva.example/de/2026-12/")


def test_an_archive_without_items_has_an_empty_list() -> None:
    assert items_of(quiet_issue()) == []


def test_the_demos_two_months_keep_to_the_schema(at) -> None:
    room = at("both")
    found = held((room.outbox / "site" / "items.json").read_bytes())["items"]
    assert {each["issue"] for each in found} >= {JUNE}
    assert any(each["status"] == "withdrawn" for each in found)
