"""The rules on who says so: an approval and its regulator, a seller, a voice without a name, a waiver without a reason."""

from __future__ import annotations

from dataclasses import replace

import pytest
from samples import DECISION, GLOSSARY, STUDY, case, checked

from pipeline.checks.waivers import argued
from pipeline.language.normalise import normalise
from pipeline.language.reading.abbreviations import abbreviations
from pipeline.language.reading.plain_words import clinic_words
from pipeline.language.scope import borne_out, diseases, places
from pipeline.model.item import Also, Item, Queue, SourceText, Waiver
from pipeline.model.names import Severity

SPS = "stiff-person syndrome"


def findings(item: Item, *rules: str, others: tuple[Item, ...] = (), texts: tuple[SourceText, ...] = ()):
    return checked(
        Queue(issue="2026-12", items=(item, *others)),
        rules=frozenset(rules) or None,
        items=frozenset({item.id}),
        glossary=GLOSSARY,
        texts={item.id: texts},
    )


def blocks(item: Item, rule: str, **more) -> list[str]:
    return [f.message for f in findings(item, rule, **more) if f.severity is Severity.BLOCK]


def nine(words: str, field: str = "summary") -> Item:
    return case(**{field: f"Nine people. {words}" if field == "summary" else words})


# --- approvals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "It is on sale in Japan.", "It has conditional approval in China.", "It got the green light from the EMA.",
        "In May it was approved in Japan.", "Doctors in Japan can now prescribe it.", "Japan has licensed it.",
        "Since May, the EMA has allowed it.", "It is approved for lupus in China but not in Europe.",
        "A therapy approved for lupus in China is not approved in Europe.", "It is approved for lupus and lymphoma.",
        "It went on the market in Korea in 2025.", "Rese-cel is approved for lupus.",
    ],
)  # fmt: skip
def test_however_an_approval_is_told_it_wants_a_regulators_notice(words):
    assert blocks(nine(words), "S02")


@pytest.mark.parametrize(
    "words",
    [
        "Rituximab is licensed for other diseases.", "All had tried belimumab, which is approved for lupus.",
        "The FDA approved anifrolumab in 2021; they had all had it.", "The study has approval from the ethics committee.",
        "Whether it gets approval is open.", "The idea that it is approved for lupus is not true.", "It is approved nowhere.",
        "The agency gave the go-ahead for a larger study.", "The FDA has cleared it to start a study in people.",
        "It is not on sale, and cannot be prescribed.", "The company has a licence to use the cells from the university.",
    ],
)  # fmt: skip
def test_other_medicines_plans_studies_and_denials_claim_no_approval(words):
    assert findings(nine(words), "S02") == ()


def test_a_medicine_that_the_issue_is_about_is_no_other_medicine():
    item = case(title="Belimumab in nine people", summary="Nine people. Belimumab is approved for lupus.")
    assert blocks(item, "S02")


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Examplia has approved it for lupus.", "“lupus”"), ("It is approved in the whole of Europe.", "“Europe”"),
        (f"Examplia and Beispielland have approved it for {SPS}.", "“Beispielland”"),
        (f"It is approved for {SPS} and myositis.", "“myositis”"), ("It is now on sale in Germany.", "“Germany”"),
        ("Examplia has approved it for autoimmune diseases.", "“autoimmune diseases”"), ("Approved worldwide.", "“worldwide”"),
    ],
)  # fmt: skip
def test_an_approval_reaches_no_further_than_the_notice_it_rests_on(words, named):
    (message,) = blocks(case(DECISION, summary=f"{words} One study of 28 people."), "S02")
    assert named in message
    assert "Examplia" not in message


@pytest.mark.parametrize(
    "words",
    [
        f"Examplia has approved it for {SPS}, not for lupus, and not in Europe.",
        f"Approved in Examplia for {SPS}; people with lupus took part in another study, in Japan.",
        "It is the first CAR-T approved for an autoimmune disease, in Examplia.",
        "The Examplia Agency has approved it for Stiff-Person Syndrome since May 2026.",
    ],
)  # fmt: skip
def test_what_the_notice_says_may_be_said(words):
    assert findings(case(DECISION, summary=f"{words} One study of 28 people."), "S02") == ()


def test_the_kept_text_of_a_regulator_bears_out_what_its_title_leaves_open():
    item = case(DECISION, title="A new approval", summary="It is approved in Examplia for lupus. 28 people.")
    assert blocks(item, "S02")
    text = SourceText(source="agency", title="A new approval", text="Examplia approves veltacel for adults with SLE.")
    told = replace(item, headline="A CAR-T for lupus, on one study of 28 people")
    assert blocks(told, "S02", texts=(text,)) == []
    assert blocks(told, "S02", texts=(replace(text, source="sciencepress"),))


def test_the_notice_may_stand_in_another_item_of_the_issue_and_holds_for_what_it_names_there():
    item = case(STUDY, summary=f"Nine people. Veltacabtagene autoleucel is approved in Examplia for {SPS}.")
    assert blocks(item, "S02")
    assert blocks(item, "S02", others=(DECISION,)) == []
    wider = replace(item, summary="Nine people. Veltacabtagene autoleucel is approved in Examplia for lupus.")
    assert blocks(wider, "S02", others=(DECISION,))


def test_a_regulator_among_the_other_sources_is_a_notice_too():
    also = Also(source="agency", title=f"Examplia approves lumaricabtagene autoleucel for {SPS}")
    item = case(STUDY, also=(also,), summary=f"Nine people. It is approved in Examplia for {SPS}.")
    assert blocks(item, "S02") == []
    assert blocks(replace(item, summary="Nine people. It is approved in Japan."), "S02")


def test_a_place_and_a_disease_are_known_by_all_their_names():
    assert [p.key for p in places("The FDA told us that it holds in the United Kingdom.")] == ["the US", "the UK"]
    assert [d.key for d in diseases("SLE, severe lupus, lupus nephritis and scleroderma")] == [
        "lupus", "lupus nephritis", "systemic sclerosis",
    ]  # fmt: skip
    (germany,) = places("in Germany")
    assert borne_out(germany, "The European Commission has approved it.")
    assert not borne_out(germany, "The FDA has approved it.")


# --- sellers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "It costs just 15,000 euros to take part in the study.", "Participants are charged 9,000 dollars for a place in the trial.",
        "As the cells come from the patient's own body, there is no danger.", "One infusion for lupus, autism and ageing.",
        "It helps with lupus, Parkinson's, or back pain.", "E-mail us for a quote.", "Visit our clinic to schedule your treatment.",
        "There is a participation fee.", "Because it is made from your own blood, nothing can go wrong.",
    ],
)  # fmt: skip
def test_what_sells_a_treatment_is_refused_in_whatever_words(words):
    assert blocks(nine(words), "S03")


@pytest.mark.parametrize(
    "words",
    [
        "It costs the hospital 400,000 euros to treat one person.", "The maker paid volunteers 200 euros for their time.",
        "You should never pay to join a study.", "The treatment for lupus, MS or diabetes differs from person to person.",
        "As they got their own cells, the risk of rejection is low.", "Nine got their own cells and had no serious side effects.",
        "Because your own cells are used does not mean there are no side effects.", "Contact us if you find a mistake.",
        "All natural killer cells were gone.", "A drug-free consultation was held.",
    ],
)  # fmt: skip
def test_costs_warnings_and_sober_words_on_own_cells_sell_nothing(words):
    assert findings(nine(words), "S03") == ()


def test_a_call_to_call_now_is_told_as_a_sellers_word_beside_the_other_rules():
    found = findings(nine("Call now for a free evaluation.", "you_can"))
    (told,) = [f for f in found if f.rule == "S03"]
    assert "unproven clinics" in told.message
    assert "Call now" in told.message


# --- voices -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "“This changes everything,” a researcher said. Dr Ada Example led the study.", "One said: “It is a wonder to me.”",
        "'We are witnessing the birth of a new kind of medicine here,' one leading expert said.", "“My life is back.”",
        "»Das ist ein großer Schritt für alle Betroffenen«, hieß es.", "«It is a revolution», according to a specialist.",
        "“It’s amazing!” a patient told us.", "‘It’s as if it weren’t there,’ one doctor said.",
        "“How could we not be excited?” asks one leading doctor.", "Patients agree: “Nothing else helped.”",
    ],
)  # fmt: skip
def test_a_voice_without_a_name_is_asked_for_it_in_any_marks_and_at_any_length(words):
    assert blocks(nine(words), "S04")


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("summary", "“We don't know yet” is the honest answer."),
        ("summary", "“We saw relapses as well,” said one of the doctors, Ada Example."),
        ("summary", "A spokesperson for Orbital said: “We will publish the full data next year.”"),
        ("summary", "Doctors say it is “too early to tell”."),
        ("summary", "The statement “I feel tired on most days” was rated from 1 to 5."),
        ("summary", "Readers ask: “Does this help in MS?”"),
        ("summary", "The patients' own words weren't kept, and the team's weren't either."),
        ("headline", "“Phase I” is the first step: nine people"),
        ("you_can", "Questions to take along: “Is there a study near me that I could join?”"),
        ("you_can", "Write “I do not want to take part in any further visits” if you wish to leave."),
        ("you_can", "Ask your specialist:\n- “What is the risk for me?”\n- “Who would look after me?”"),
        ("not_known", "“No signs of disease at the last visit” is not the same as cured."),
    ],
)  # fmt: skip
def test_questions_terms_and_words_for_the_readers_mouth_are_nobodys_quotes(field, words):
    assert findings(nine(words, field), "S04") == ()


# --- plain language ---------------------------------------------------------------------------------------------------


def test_a_statistic_is_quoted_whole_and_so_is_told_before_its_bare_number():
    item = nine("The risk fell: HR 0.62.")
    (found,) = [f for f in findings(item, "P04", "N01") if f.field == "summary"]
    assert (found.rule, f"{item.summary}"[found.start : found.end]) == ("P04", "HR 0.62")
    assert "“HR 0.62”" in found.message


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        ("p = 0.03", "rarely"), ("P<.001", "rarely"), ("p = 0.62", "may well"), ("p > 0.05", "may well"),
        ("the p value was 0.4", "may well"), ("SD 2.1", "differed"), ("IQR 4–14", "differed"), ("RR 0.5", "both groups"),
    ],
)  # fmt: skip
def test_the_advice_on_a_statistic_is_true_of_it(words, advice):
    (found,) = findings(nine(f"They did better, {words}."), "P04")
    assert advice in found.suggestion


@pytest.mark.parametrize("short", ["DM", "MI", "BP", "IIM", "ALL"])
def test_two_letters_are_a_short_form_and_no_roman_number(short):
    assert [a.text for a in abbreviations(normalise(f"Two had {short} before."))] == [short]


@pytest.mark.parametrize(
    "text", ["CD4 and B12 fell", "BMS GmbH and UCB Pharma paid", "NO ONE DIED", "an ECG at the NIH"]
)
def test_names_of_bodies_and_shouted_words_are_no_short_forms(text):
    assert list(abbreviations(normalise(text))) == []


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("seropositive", "with these antibodies in the blood"), ("seronegative", "without these antibodies in the blood"),
        ("comorbidities", "other illnesses"), ("comorbidity", "another illness"), ("lesions", "damaged spots"),
        ("administered", "given"), ("discontinued", "stopped"), ("incidence", "how many people get it"),
        ("ex vivo", "outside the body"), ("neutropenic", "with too few of the white blood cells that fight bacteria"),
    ],
)  # fmt: skip
def test_a_plain_word_can_stand_where_the_clinics_word_stood(word, plain):
    assert [told for *_, told in clinic_words(normalise(f"It was {word} here."))] == [plain]


def test_one_dreadful_sentence_is_named_though_easy_ones_stand_around_it():
    hard = (
        "Participants demonstrating inadequate therapeutic response to conventional immunosuppression subsequently "
        "received individualised cellular immunotherapy administered intravenously following chemotherapy."
    )
    item = nine(f"They were seen each month. {hard} They went home well.")
    (found,) = findings(item, "P01")
    assert (found.severity, found.start) == (Severity.WARN, item.summary.index("Participants"))
    assert findings(nine("They were seen each month. They went home well."), "P01") == ()


# --- waivers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "note", [None, " ", "ok", ".", "TODO", "todo: ask Anna about it", "see above", "See the item above.", "x x x x x x x x", "this is fine"]
)  # fmt: skip
def test_a_note_that_argues_nothing_holds_no_waiver(note):
    assert not argued(note)
    waiver = Waiver(rule="E05", reason="other", note=note, by="anna")
    found = findings(case(access=None, waive=(waiver,)), "E05", "W01")
    assert [f.waived for f in found if f.rule == "E05"] == [False]
    assert [f.severity for f in found if f.rule == "W01"] == [Severity.BLOCK]


def test_the_same_waiver_twice_is_told_once_and_still_holds():
    waiver = Waiver(rule="E05", reason="other", note="the whole issue is about access", by="anna")
    found = findings(
        case(access=None, waive=(waiver, replace(waiver, note="the box beside it tells of access"))), "E05", "W01"
    )
    assert [f.waived for f in found if f.rule == "E05"] == [True]
    assert [(f.field, f.severity) for f in found if f.rule == "W01"] == [("waive.1", Severity.WARN)]
