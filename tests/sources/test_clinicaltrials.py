import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from feed_samples import TODAY, WINDOW, source
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.model.source import Request
from pipeline.sources import kind
from pipeline.sources.parts.trial import plain_markup

API = "https://clinicaltrials.gov/api/v2"
TRIALS = Path(__file__).resolve().parents[3] / "shared" / "captures" / "trials"
CTGOV = kind("clinicaltrials")


def registry(**options):
    return source("clinicaltrials", API, options=options)


def read(body, url=f"{API}/studies?pageSize=1000"):
    body = body if isinstance(body, bytes) else json.dumps(body).encode()
    return CTGOV.read(registry(), Request(url, step="studies"), body, {}, WINDOW)


def asked(**options):
    return CTGOV.first(registry(**options), WINDOW)


def query(request):
    return {k: v[0] for k, v in parse_qs(urlsplit(request.url).query).items()}


def study(**protocol):
    identity = {"nctId": "NCT05030779", "briefTitle": "CAR-T in SLE"} | protocol.pop("identificationModule", {})
    return {"protocolSection": {"identificationModule": identity, **protocol}}


def one(given):
    (entry,) = read({"studies": [given]}).entries
    return entry


def test_the_date_of_the_data_is_asked_first_then_topic_then_products():
    version, studies, products = asked()
    assert (version.url, version.step) == (f"{API}/version", "version")
    assert '"autoimmune disease" OR lupus' in query(studies)["query.cond"]
    assert '"CAR-T"' in query(studies)["query.intr"]
    assert '"KYV-101"' in query(products)["query.term"]
    for request in (studies, products):
        assert (query(request)["pageSize"], query(request)["countTotal"], request.cached) == ("200", "true", True)
        assert len(request.url) < 4_000


def test_watched_trials_are_asked_by_number_a_hundred_at_a_time():
    watch = tuple(f"NCT{n:08}" for n in range(250))
    requests = CTGOV.first(registry(), replace(WINDOW, watch=(*watch, "nct00000001", "no number", "NCT1")))
    asked_ids = [query(r)["filter.ids"].split(",") for r in requests if r.step == "watched"]
    assert [len(ids) for ids in asked_ids] == [100, 100, 50]
    assert tuple(i for ids in asked_ids for i in ids) == watch


def test_a_source_may_bring_its_own_search_words():
    _, studies, _ = asked(therapies=("CAR-T", 'odd " word'), conditions=("lupus",))
    assert (query(studies)["query.cond"], query(studies)["query.intr"]) == ("lupus", '"CAR-T" OR "odd word"')


def test_the_words_of_a_source_can_not_leave_their_place_in_the_address():
    _, studies, _ = asked(therapies=("a&filter.ids=NCT1#x",))
    assert "filter.ids" not in query(studies)


def test_a_registry_elsewhere_is_asked_there():
    local = source("clinicaltrials", "http://127.0.0.1:8000/api/v2/studies?x=1")
    assert {urlsplit(r.url).netloc for r in CTGOV.first(local, WINDOW)} == {"127.0.0.1:8000"}
    assert CTGOV.first(local, WINDOW)[0].url == "http://127.0.0.1:8000/api/v2/version"


def test_the_version_says_of_which_day_the_data_is():
    page = read({"apiVersion": "2.0.5", "dataTimestamp": "2026-03-25T09:00:05"}, f"{API}/version")
    assert (page.entries, page.note) == ((), "registry data as of 2026-03-25")


def test_a_token_leads_to_the_next_page_with_all_else_the_same():
    first = asked()[1]
    page = CTGOV.read(
        registry(), first, json.dumps({"studies": [study()], "nextPageToken": "NF0+/="}).encode(), {}, WINDOW
    )
    assert query(page.next) == query(first) | {"pageToken": "NF0+/="}
    assert page.next is not None
    assert (page.next.cached, page.next.step) == (False, "studies")
    last = CTGOV.read(registry(), page.next, b'{"studies": []}', {}, WINDOW)
    assert last.next is None


def test_an_empty_page_with_a_token_is_not_the_end():
    page = read({"studies": [], "nextPageToken": "x"})
    assert page.parsed == 0
    assert page.next is not None


def test_a_token_that_repeats_ends_the_run_instead_of_going_round():
    with pytest.raises(SourceError, match="same page token"):
        read({"studies": [], "nextPageToken": "x"}, f"{API}/studies?pageToken=x")


def test_a_full_record_is_read_into_plain_facts():
    entry = one({
        "protocolSection": {
            "identificationModule": {
                "nctId": "NCT05030779", "briefTitle": "CAR-T in SLE", "officialTitle": "A Study",
                "secondaryIdInfos": [{"id": "2024-516838-35-00", "type": "CTIS"}],
            },
            "statusModule": {
                "overallStatus": "TERMINATED", "whyStopped": "Slow accrual", "lastKnownStatus": "RECRUITING",
                "startDateStruct": {"date": "2024-05", "type": "ESTIMATED"}, "completionDateStruct": {"date": "2027"},
                "primaryCompletionDateStruct": {"date": "soon"}, "studyFirstPostDateStruct": {"date": "2024-04-02"},
                "lastUpdatePostDateStruct": {"date": "2026-11-20", "type": "ACTUAL"},
            },
            "sponsorCollaboratorsModule": {"leadSponsor": {"name": "Zhejiang University", "class": "OTHER"}},
            "descriptionModule": {"briefSummary": "Age \\>18 and \\<65.\n\n* **one** arm\n* CRP \\[mg\\] < LLN"},
            "conditionsModule": {"conditions": ["Sjogren&#39;s Syndrome", "SLE", "SLE"], "keywords": ["CAR"]},
            "designModule": {
                "studyType": "INTERVENTIONAL", "phases": ["PHASE1", "PHASE2"], "enrollmentInfo": {"count": 12, "type": "ACTUAL"},
                "designInfo": {"allocation": "NA", "interventionModel": "SINGLE_GROUP", "maskingInfo": {"masking": "NONE"}},
            },
            "armsInterventionsModule": {
                "armGroups": [{"label": "Arm A", "description": "One infusion"}],
                "interventions": [{"name": "ZM001", "description": "anti-CD19 CAR-T", "otherNames": ["zm-1"]}],
            },
            "outcomesModule": {"primaryOutcomes": [{"measure": "Safety"}]},
            "eligibilityModule": {"minimumAge": "18 Years", "maximumAge": "65 Years"},
            "contactsLocationsModule": {"locations": [
                {"facility": "Hospital", "city": "Hangzhou", "country": "China"}, {"country": "China"}, {"facility": "H"},
            ]},
        },
        "resultsSection": {"adverseEventsModule": {"eventGroups": [
            {"seriousNumAffected": 1, "seriousNumAtRisk": 6}, {"seriousNumAffected": 2, "seriousNumAtRisk": 6},
        ]}},
        "hasResults": True,
    })  # fmt: skip
    trial = entry.trial
    assert (entry.title, entry.ids.number, entry.link, entry.nct_numbers) == (
        "CAR-T in SLE", "NCT05030779", "https://clinicaltrials.gov/study/NCT05030779", ("NCT05030779",),
    )  # fmt: skip
    assert (entry.published.day, entry.updated.day, entry.day) == ("2024-04-02", "2026-11-20", "2024-04-02")
    assert entry.summary == trial.summary == "Age >18 and <65. one arm CRP [mg] < LLN"
    assert (trial.status, trial.why_stopped, trial.last_known_status) == ("TERMINATED", "Slow accrual", "RECRUITING")
    assert (trial.start, trial.completion, trial.primary_completion) == ("2024-05", "2027", None)
    assert (trial.phases, trial.enrollment, trial.enrollment_type) == (("PHASE1", "PHASE2"), 12, "ACTUAL")
    assert (trial.allocation, trial.intervention_model, trial.masking, trial.arms) == ("NA", "SINGLE_GROUP", "NONE", 1)
    assert trial.conditions == ("Sjogren's Syndrome", "SLE")
    assert (trial.interventions, trial.intervention_text) == (
        ("ZM001",),
        "ZM001 · zm-1 · anti-CD19 CAR-T · Arm A · One infusion",
    )
    assert (trial.countries, trial.sites) == (("China",), ("Hospital, Hangzhou, China", "China", "H"))
    assert (trial.serious_affected, trial.serious_at_risk, trial.has_results) == (3, 12, True)
    assert trial.other_ids == ("2024-516838-35-00",)


def test_what_the_registry_did_not_say_is_none():
    trial = one(study()).trial
    assert (trial.status, trial.enrollment, trial.arms, trial.start, trial.sponsor, trial.summary) == (None,) * 6
    assert (trial.phases, trial.sites, trial.has_results, trial.serious_affected) == ((), (), False, None)


def test_words_the_registry_may_yet_invent_pass_through():
    trial = one(study(statusModule={"overallStatus": "PAUSED_BY_MOON"}, designModule={"phases": ["PHASE9"]})).trial
    assert (trial.status, trial.phases) == ("PAUSED_BY_MOON", ("PHASE9",))


def test_groups_that_overlap_are_not_added_up():
    given = study(designModule={"enrollmentInfo": {"count": 6}})
    groups = [{"seriousNumAffected": 1, "seriousNumAtRisk": 6}] * 2
    assert (
        one(given | {"resultsSection": {"adverseEventsModule": {"eventGroups": groups}}}).trial.serious_affected is None
    )
    groups = [{"seriousNumAffected": 1, "seriousNumAtRisk": 3}, {"seriousNumAtRisk": 3}]
    assert (
        one(given | {"resultsSection": {"adverseEventsModule": {"eventGroups": groups}}}).trial.serious_at_risk is None
    )


def test_a_date_to_come_is_doubted():
    given = study(statusModule={"studyFirstPostDateStruct": {"date": "2030-01-01"}})
    assert TODAY.year < 2030
    assert one(given).published.doubt == "in the future"


def test_a_study_that_can_not_be_read_costs_only_itself():
    page = read(
        {"studies": [study(), {}, None, 7, {"protocolSection": []}, study(identificationModule={"nctId": "x"})]}
    )
    assert (page.parsed, len(page.entries), page.note) == (6, 1, "5 studies could not be read")


@pytest.mark.parametrize(
    ("body", "what", "page"),
    [
        (b"NCT number NCT00000000 not found", "the registry answered: NCT number NCT00000000 not found", False),
        (b"Bad `fields` parameter\nmore", "the registry answered: Bad `fields` parameter", False),
        (b"<!DOCTYPE html><title>Maintenance</title>", "web page", True),
        (b"", "empty", False),
        (b'{"studies": [', "is cut off", False),
        (b"[" * 100_000, "JSON", False),
        (b"[]", "no studies", False),
        (b'{"a": 1}', "no studies", False),
        (b'{"studies": {}}', "no studies", False),
        (b"\xff\xfe\x00", "the registry answered", False),
    ],
)
def test_what_is_no_answer_is_told_in_the_registrys_own_words(body, what, page):
    with pytest.raises(SourceError) as caught:
        read(body)
    if body[:1] != b"[" or body == b"[]":
        assert what in caught.value.what
    assert caught.value.page == page


def test_a_registry_record_is_no_more_trusted_than_a_feed():
    evil = "CAR-T <script>alert(1)</script>\u202e &lt;img src=x onerror=alert(1)&gt;"
    entry = one(
        study(
            identificationModule={"briefTitle": evil},
            conditionsModule={"conditions": [evil]},
            descriptionModule={"briefSummary": evil},
        )
    )
    for line in (entry.title, entry.summary, *entry.trial.conditions):
        assert "<script" not in line
        assert "<img" not in line
        assert "\u202e" not in line


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["date", "count", "name", "measure", "phases"]), inner, max_size=3)
    ),
    max_leaves=6,
)
MODULES = [
    "statusModule",
    "designModule",
    "armsInterventionsModule",
    "outcomesModule",
    "contactsLocationsModule",
    "conditionsModule",
    "eligibilityModule",
]


@given(st.dictionaries(st.sampled_from(MODULES), json_values, max_size=4), json_values)
def test_any_shape_of_a_module_is_survived(modules, results):
    assert one(study(**modules) | {"resultsSection": results}).trial.number == "NCT05030779"


@given(st.text(max_size=80))
def test_any_markup_becomes_one_line_of_plain_text(raw):
    line = plain_markup(raw, 60)
    assert len(line) <= 60
    assert "\n" not in line


@pytest.mark.captures
@pytest.mark.skipif(not TRIALS.exists(), reason=f"the real records are not here: {TRIALS}")
def test_every_real_record_is_read():
    records = sorted((TRIALS / "records").glob("*.json"))
    assert records
    for path in records:
        page = read(path.read_bytes())
        assert [e.ids.number for e in page.entries] == [path.stem]
        trial = page.entries[0].trial
        assert trial.status
        assert trial.conditions
        assert trial.sponsor
        assert "\\" not in trial.title


@pytest.mark.captures
@pytest.mark.skipif(not TRIALS.exists(), reason=f"the real records are not here: {TRIALS}")
def test_every_real_page_and_state_is_read():
    for path in [*(TRIALS / "replay").glob("*.json"), *(TRIALS / "pages").glob("*.json")]:
        body = path.read_bytes()
        page = read(body)
        assert page.parsed == len(page.entries) == len(json.loads(body)["studies"])
        assert (page.next is not None) == ("nextPageToken" in json.loads(body))
