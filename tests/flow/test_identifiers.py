"""What an editor types is read as the number of the registry it comes from."""

from __future__ import annotations

import pytest

from pipeline.flow.identifiers import identify
from pipeline.sources import kinds


@pytest.mark.parametrize(
    ("what", "key", "asked"),
    [
        ("nct99990005", "nct:NCT99990005", {"clinicaltrials"}),
        ("https://clinicaltrials.gov/study/NCT99990005", "nct:NCT99990005", {"clinicaltrials"}),
        ("ISRCTN12345678", "nct:ISRCTN12345678", {"isrctn"}),
        ("isrctn 12345678", "nct:ISRCTN12345678", {"isrctn"}),
        ("https://www.isrctn.com/ISRCTN12345678", "nct:ISRCTN12345678", {"isrctn"}),
        ("2023-501234-12-00", "nct:2023-501234-12-00", {"ctis"}),
        (
            "https://euclinicaltrials.eu/search-for-clinical-trials/?lang=en&EUCT=2023-501234-12-00",
            "nct:2023-501234-12-00",
            {"ctis"},
        ),
        ("2010-012345-67", "nct:2010-012345-67", set()),
    ],
)
def test_a_number_is_named_and_asked_for_at_its_own_registry(what, key, asked):
    name = identify(what)
    assert name.key == key
    able = [each for each in kinds().values() if each.usual and each.lookup and each.lookup(each.usual, name.value)]
    given = {each.name for each in able}
    assert given == asked


@pytest.mark.parametrize(
    ("what", "scheme"),
    [
        ("https://news.example.org/NCT99990005", "link"),
        ("https://clinicaltrials.gov.example.org/NCT99990005", "link"),
        ("10.1234/2010-012345-67", "doi"),
        ("33445566", "pmid"),
        ("a study of lupus", "text"),
    ],
)
def test_what_only_mentions_a_number_is_no_trial(what, scheme):
    assert identify(what).scheme == scheme
