"""Every therapy by its shortest name, and what only looks like a sign of cancer or of a cell."""

from __future__ import annotations

import pytest

from pipeline.language.terms import terms
from pipeline.model.entry import Entry, Ids
from pipeline.model.names import Role, Therapy, Tier
from pipeline.model.settings import Topics
from pipeline.model.source import Source
from pipeline.model.story import Verdict
from pipeline.triage.verdict import judge

SOURCE = Source(key="s", kind="feed", name="A source", url="https://s.example/feed", tier=Tier.NEWS, role=Role.EVIDENCE)
SHORTEST = {
    "CAR-T": Therapy.CAR_T,
    "CAR T": Therapy.CAR_T,
    "CART cells": Therapy.CAR_T,
    "CAR-NK": Therapy.CAR_NK,
    "BiTEs": Therapy.BISPECIFIC,
    "TCEs": Therapy.BISPECIFIC,
    "In-vivo CAR": Therapy.IN_VIVO_CAR,
    "CAAR-T": Therapy.CAAR_T,
    "CAARs": Therapy.CAAR_T,
    "CAR-Treg": Therapy.CAR_TREG,
    "B-cell depletion": Therapy.B_CELL_DEPLETION,
}


def verdict(title: str) -> Verdict:
    return judge(Entry(source="s", title=title, ids=Ids()), SOURCE, Topics())


def test_every_therapy_has_a_shortest_name_here() -> None:
    assert set(SHORTEST.values()) == {Therapy(means.key) for means in terms().therapies}


@pytest.mark.parametrize(("name", "therapy"), SHORTEST.items())
@pytest.mark.parametrize("condition", ["myasthenia gravis", "lupus", "pemphigus vulgaris"])
def test_a_therapy_by_its_shortest_name_beside_a_disease_is_kept(name: str, therapy: Therapy, condition: str) -> None:
    found = verdict(f"{name} for {condition}")
    assert found.kept, found.steps
    assert therapy in found.about.therapies


@pytest.mark.parametrize("aside", ["non-malignant", "non-cancer", "nonmalignant", "non-oncology", "nicht-maligne"])
def test_what_is_no_cancer_is_no_sign_of_cancer(aside: str) -> None:
    assert verdict(f"CAR-T beyond leukaemia: {aside} uses").reason == "oncology-only"
    assert verdict(f"CAR-T in {aside} and autoimmune conditions").kept


def test_the_names_that_begin_with_non_stay_cancers() -> None:
    assert verdict("CAR-T in non-Hodgkin lymphoma").reason == "oncology-only"
    assert verdict("CAR-T in non-small-cell lung cancer").reason == "oncology-only"


@pytest.mark.parametrize("target", ["BCMA", "CD19", "CD20"])
@pytest.mark.parametrize("engaging", ["engager", "engaging antibody", "redirecting antibody"])
def test_what_engages_t_cells_is_a_bispecific_and_no_car_t(target: str, engaging: str) -> None:
    found = verdict(f"A {target} T-cell {engaging} in Sjögren's disease")
    assert found.kept
    assert found.about.therapies == (Therapy.BISPECIFIC,)
