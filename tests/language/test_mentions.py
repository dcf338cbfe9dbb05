"""What an entry names is found once, with its place, and by the newsroom's own terms too."""

from __future__ import annotations

from pipeline.language.entry_words import Words
from pipeline.language.mentions import Mentions
from pipeline.language.terms import parse_terms, terms
from pipeline.model.entry import Entry, Ids
from pipeline.model.names import Role, Therapy, Tier
from pipeline.model.settings import Topics
from pipeline.model.source import Source
from pipeline.model.story import Judged
from pipeline.stories.facts import facts
from pipeline.triage.verdict import judge

WORDS = Words(
    title="KYV-101, a CD19 CAR-T, in lupus nephritis",
    rest="In Germany and Japan, 3 of 9 adults had a fever; CABA-201 was not tested. One person died.",
)
SOURCE = Source(key="s", kind="feed", name="s", url="https://s.example/", tier=Tier.JOURNAL, role=Role.EVIDENCE)


def test_each_thing_is_found_with_the_words_at_its_place():
    m = Mentions(WORDS)
    for found in (*m.products, *m.places, *m.harms):
        assert m.text[found.start : found.end] == found.words
    assert [found.key for found in m.products] == ["kyv-101", "caba-201"]
    assert {found.key for found in m.places} == {"Germany", "Japan"}
    assert [found.words for found in m.harms] == ["fever", "died"]
    assert m.diseases.ours == ("lupus",)
    assert m.therapies.therapies == (Therapy.CAR_T,)


def test_each_sort_is_looked_for_once():
    m = Mentions(WORDS)
    assert m.diseases is m.diseases
    assert m.therapies is m.therapies
    assert m.products is m.products


OWN = """diseases:
- key: xylophone disease
  en: [xylophone diseas]
products:
- key: xyl-0815
  names: [xylo-cel]
  therapy: car-nk
"""


def test_a_newsrooms_own_terms_are_used_where_they_are_handed_on_and_nowhere_else():
    own = parse_terms(OWN, "terms.yml", terms())
    entry = Entry(source="s", title="XYL-0815 in xylophone disease", ids=Ids())
    ours, shipped = judge(entry, SOURCE, Topics(), own), judge(entry, SOURCE, Topics())
    assert ours.kept
    assert (ours.about.therapies, ours.about.conditions) == ((Therapy.CAR_NK,), ("xylophone disease",))
    assert not shipped.kept


def test_a_story_knows_a_product_under_one_name_however_it_is_written():
    entry = Entry(source="s", title="KYV 101 and KYV-101 (mivocabtagene) in lupus", ids=Ids())
    verdict = judge(entry, SOURCE, Topics())
    assert facts(Judged(entry, verdict), entry.title, "").products == {"kyv-101"}
