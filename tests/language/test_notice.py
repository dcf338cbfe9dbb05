"""Labels of notices in all the forms publishers use, and medicine that looks like one."""

import pytest
from newsrooms import REPO

from pipeline.language.notice import said_in
from pipeline.model.integrity import Integrity

TITLE = "CD19 CAR-T cells in lupus: a phase 1 study of 9 people"
NOTICE, GONE = Integrity.RETRACTION_NOTICE, Integrity.RETRACTED
CONCERN, CORRECTION = Integrity.CONCERN, Integrity.CORRECTION_NOTICE


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        (f"Retraction—{TITLE}", NOTICE),
        (f"RETRACTION – {TITLE}", NOTICE),
        (f"Retraction - {TITLE}", NOTICE),
        (f"Retraction | {TITLE}", NOTICE),
        (f"Retraction to: {TITLE}", NOTICE),
        (f"Retraction of “{TITLE}”", NOTICE),
        (f"{TITLE} [Retraction]", NOTICE),
        (f"{TITLE} (Retraction)", NOTICE),
        (f"{TITLE} | Retraction", NOTICE),
        ("Retraction for Muller et al., CAR T cells in lupus", NOTICE),
        (f"Removal notice to “{TITLE}”", NOTICE),
        (f"Article withdrawal: {TITLE}", NOTICE),
        (f"Zurückziehung: {TITLE}", NOTICE),
        (f"Rücknahme des Artikels: {TITLE}", NOTICE),
        (f"REMOVED: {TITLE}", GONE),
        (f"TEMPORARY REMOVAL: {TITLE}", GONE),
        (f"Temporarily removed: {TITLE}", GONE),
        (f"(Retracted) {TITLE}", GONE),
        (f"{TITLE} [RETRACTED ARTICLE]", GONE),
        (f"{TITLE} – Retracted", GONE),
        (f"Article retracted: {TITLE}", GONE),
        (f"Zurückgezogen: {TITLE}", GONE),
        (f"{TITLE} (zurückgezogener Artikel)", GONE),
        (f"Expression of concern—{TITLE}", CONCERN),
        (f"Editors’ note: {TITLE}", CONCERN),
        (f"{TITLE} [Expression of Concern]", CONCERN),
        (f"Bedenken der Redaktion: {TITLE}", CONCERN),
        (f"Publisher's Correction: {TITLE}", CORRECTION),
        (f"{TITLE} | Erratum", CORRECTION),
        (f"Correction—{TITLE}", CORRECTION),
        (f"Berichtigung zu: {TITLE}", CORRECTION),
        (f"Korrigendum zu {TITLE}", CORRECTION),
        (f"Correction for Muller et al., {TITLE}", CORRECTION),
    ],
)
def test_a_label_is_told_wherever_it_stands(title, kind):
    assert said_in(title) == (kind,)


@pytest.mark.parametrize(
    "title",
    [
        TITLE,
        "Retraction of the lung and late infection after CAR-T",
        "Retraction-assisted surgery in sclerosis",
        "Withdrawal of immunosuppression after CAR-T",
        "Withdrawn patients in CAR-T trials",
        "Study withdrawn before anyone joined",
        "Removal of autoantibodies by plasma exchange",
        "Removed B cells return after CAR-T",
        "Corticosteroid withdrawal: nine adults after CAR-T",
        "Correction of hyponatraemia in lupus",
        "Corrected QT interval after CAR-T",
        "Concern about late infection after CAR-T",
        "Entfernte Milz und CAR-T bei Lupus",
        "Korrektur der Blutarmut bei Lupus",
        "A paper on retractions: what readers miss",
        "Notes from the clinic: CAR-T in myositis",
    ],
)
def test_medicine_bears_no_label(title):
    assert said_in(title) == ()


@pytest.mark.parametrize(("name", "kind"), [("t02", NOTICE), ("t04", NOTICE), ("t05", GONE), ("t08", GONE)])
def test_feeds_and_the_check_read_the_same_labels(name, kind):
    from feed_samples import only, read

    entry = only(read((REPO / f"tests/cases/{name}.xml").read_bytes()))
    assert kind in entry.types
    assert entry.targets == (("doi:10.5555/orig.1",) if kind is NOTICE else ())
    assert entry.retracts == ("10.5555/orig.1" if kind is NOTICE else None)
