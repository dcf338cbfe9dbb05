"""Every disease is known everywhere: to triage, to the rules, to the registers, and to the glossary."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import product
from urllib.parse import parse_qs, urlsplit

import pytest
from newsrooms import REPO
from package_copy import copy_package, run_in

from pipeline.checks import prose_findings
from pipeline.issue import read_glossary
from pipeline.language.conditions import conditions_in
from pipeline.language.entry_words import Words
from pipeline.language.normalise import comparable
from pipeline.language.scope import diseases
from pipeline.language.terms import Disease, terms
from pipeline.model.names import Role, Tier
from pipeline.model.source import Source, Window
from pipeline.sources import kinds

ALL = terms().diseases
GLOSSARY = {word.term for word in read_glossary((REPO / "glossary.yml").read_text(encoding="utf-8"))}
WINDOW = Window(date(2026, 11, 1), date(2026, 11, 30))
_PART = re.compile(r"\(([^()]*)\)(\?|\*|\{\d,\d\})?|\[([^\]]*)\](\*|\?)?|\\b|\\w[*+]?|\\?(.)(\?)?")


def written(spelling: str) -> list[str]:
    """All that a pattern of the terms stands for, but for endings; whatever may be missing is left out first."""
    if "|" in spelling and "(" not in spelling:
        return [each for part in spelling.split("|") for each in written(part)]
    choices: list[list[str]] = []
    for m in _PART.finditer(re.sub(r"\(\?!.*\)$", "", spelling)):
        group, many, signs, several, letter, may = m.groups()
        if group is not None:
            inner = [each for part in group.split("|") for each in written(part)]
            choices.append(["", *inner] if many else inner)
        elif signs is not None:
            choices.append([""] if several == "*" else [signs[0]] if several is None else ["", signs[0]])
        elif letter is not None:
            choices.append(["", letter] if may else [letter])
        else:
            choices.append(["x"] if m.group() == r"\w+" else [""])
    return ["".join(parts) for parts in product(*choices)]


def shortest(disease: Disease) -> str:
    return min((each for spelling in disease.spellings for each in written(spelling)), key=len)


def abbreviations(disease: Disease) -> list[str]:
    return [each for spelling in (*disease.capitals, *disease.company) for each in written(spelling)]


def names(disease: Disease) -> list[str]:
    """What a sentence may call it: its key, its shortest spelling, each short form, its forms."""
    spelled = [each for spelling in disease.en for each in written(spelling)]
    return [disease.key, min(spelled, key=len), *abbreviations(disease), *disease.forms]


def found(title: str) -> tuple[str, ...]:
    read = conditions_in(Words(title=comparable(title)))
    return read.ours + read.off


each = pytest.mark.parametrize("disease", ALL, ids=lambda disease: disease.key)


def test_fifty_three_diseases_are_followed():
    assert len(ALL) >= 53


@each
def test_a_disease_is_found_in_a_title(disease):
    for title in (shortest(disease), *(f"patients with {short}" for short in abbreviations(disease))):
        assert disease.key in found(f"CAR-T cells: a first study, {title}"), title


@pytest.mark.parametrize(
    "title", ["LC-MS/MS of CAR-T cells", "MS 2 spectra", "A study at UC Davis", "A ms delay, 5 mg"]
)
def test_a_short_form_without_company_is_no_disease(title):
    assert found(title) == ()


@each
def test_a_cure_of_a_disease_is_blocked(disease):
    for name in names(disease):
        assert "H01" in {f.rule for f in prose_findings(f"CAR-T wipes out {name}.")}, name


@each
def test_a_disease_is_read_in_a_sentence_on_an_approval(disease):
    for name in names(disease):
        assert {each.key for each in diseases(f"It is approved for {name} in Japan.")} & {disease.key, name}, name


def source(kind: str) -> Source:
    return Source(key="s", kind=kind, name="s", url="https://s.example/api", tier=Tier.INDEXER, role=Role.EVIDENCE)


def asked(kind: str) -> list[str]:
    return [request.url for request in kinds()[kind].first(source(kind), WINDOW)]


def answers(words: list[str], name: str) -> bool:
    """Whether a search for any of the words finds a title with this name, as PubMed does."""
    patterns = (re.escape(w.lower()).replace(r"\*", r"\w*").replace(r"\ ", "[ -]") for w in words)
    return any(re.search(rf"\b{pattern}\b", name) for pattern in patterns)


def plain(text: str) -> str:
    return comparable(text).lower().replace("'s", "").replace("'", "").replace("ç", "c").replace("é", "e")


@each
def test_pubmed_is_asked_for_a_disease(disease):
    query = parse_qs(urlsplit(asked("pubmed")[0]).query)["term"][0]
    words = re.findall(r'"([^"]+)"\[tiab\]', query.partition(" AND ")[2])
    assert set(disease.pubmed) <= set(words)
    assert any(answers(words, plain(name)) for name in (disease.key, *written(disease.en[0])))


@each
def test_the_register_of_the_eu_is_asked_for_a_disease(disease):
    criteria = (json.loads(parse_qs(urlsplit(url).query)["search_criteria"][0]) for url in asked("ctis"))
    words = {each["medicalCondition"] for each in criteria}
    assert disease.ctis
    assert set(disease.ctis) <= words


@each
def test_a_disease_is_explained_or_needs_no_explanation(disease):
    assert bool(disease.glossary) != bool(disease.no_glossary)
    assert not disease.glossary or disease.glossary in GLOSSARY


NEW = """diseases:
- key: xylophone disease
  en: [xylophone diseas, klingon syndrom]
  capitals: [XyD]
  no_glossary: it is made up
"""
ASK = """
from datetime import date
from pipeline.checks import prose_findings
from pipeline.language.conditions import conditions_in
from pipeline.language.entry_words import Words
from pipeline.language.normalise import comparable
from pipeline.language.scope import diseases
from pipeline.language.terms import terms
print("xylophone disease" in terms().conditions, *conditions_in(Words(title="CAR-T in XyD")).ours,
    *(f.rule for f in prose_findings("CAR-T wipes out xylophone disease.")), diseases("approved for XyD")[0].key,
    *("xylophone disease" in terms().search_words(r) for r in ("pubmed", "ctis", "clinicaltrials")))
"""


def test_a_disease_is_added_in_one_file(tmp_path):
    copy_package(tmp_path)
    file = tmp_path / "pipeline/language/terms/diseases.yml"
    file.write_text(file.read_text("utf-8").replace("diseases:\n", NEW, 1), "utf-8")
    assert run_in(tmp_path, ASK) == "True xylophone disease H01 xylophone disease True True True"
