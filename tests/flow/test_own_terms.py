"""A newsroom's own `terms.yml`: its diseases are followed, asked for and judged by there, and nowhere else."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.errors import InputError
from pipeline.files import Folder
from pipeline.language.scope import diseases
from pipeline.language.terms import terms
from pipeline.model.names import Role, Tier
from pipeline.model.source import Source, Window
from pipeline.sources import kinds
from pipeline.store import Newsroom

SETTINGS = """newsletter:
  name: A letter
  base_url: https://news.example.org/
  sender: Letter <letter@news.example.org>
  topics: {conditions: [xylophone disease]}
  people:
  - {key: anna, name: Anna, roles: [editor]}
  - {key: mia, name: Mia, roles: [medical]}
sources: []
"""
OWN = "diseases:\n- key: xylophone disease\n  en: [xylophone diseas]\n  capitals: [XyD]\n"


def opened(root) -> Newsroom:
    (root / "sources.yml").write_text(SETTINGS, encoding="utf-8")
    (root / "terms.yml").write_text(OWN, encoding="utf-8")
    options = {name: kind.options for name, kind in kinds().items()}
    return Newsroom(Folder(root, root / ".cache"), options)


def test_its_topics_may_name_its_own_disease_while_the_entry_is_there(tmp_path):
    newsroom = opened(tmp_path)
    assert newsroom.config.newsletter.topics.conditions == ("xylophone disease",)
    (tmp_path / "terms.yml").unlink()
    with pytest.raises(InputError, match="xylophone disease"):
        assert newsroom.config


def test_a_fault_in_it_is_told_with_its_line(tmp_path):
    newsroom = opened(tmp_path)
    (tmp_path / "terms.yml").write_text(f"{OWN}- key: lupus\n  colour: green\n", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        assert newsroom.terms
    assert [fault.line for fault in raised.value.faults] == [5, 6]


@pytest.mark.parametrize("kind", ["pubmed", "ctis", "clinicaltrials"])
def test_every_register_is_asked_for_it(kind, tmp_path):
    own = opened(tmp_path).terms.beyond(terms())
    source = Source(key="s", kind=kind, name="s", url="https://s.example/api", tier=Tier.INDEXER, role=Role.EVIDENCE)
    day = date(2026, 11, 30)
    with_it, without = (kinds()[kind].first(source, Window(day, day, own=each)) for each in (own, {}))
    assert "xylophone" in " ".join(request.url for request in with_it)
    assert "xylophone" not in " ".join(request.url for request in without)


def test_the_rule_on_approvals_reads_it(tmp_path):
    own = opened(tmp_path).terms
    assert [each.key for each in diseases("approved for XyD", own)] == ["xylophone disease"]
    assert diseases("approved for XyD") == ()
