"""Reading text right: plain without losing places, split without stumbling, and words weighed by their context."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsrooms import REPO
from ruamel.yaml import YAML
from samples import case, checked

import pipeline.checks
from pipeline.checks import prose_findings, rules
from pipeline.checks.cases import cases_of
from pipeline.language import context
from pipeline.language.first_look import Look, needs, no_names
from pipeline.language.hit import find
from pipeline.language.names import named
from pipeline.language.normalise import normalise
from pipeline.language.phrase_list import pack, words
from pipeline.language.sentences import sentences
from pipeline.language.strength import Strength, strength
from pipeline.language.voices import Speaker, quotes
from pipeline.model.evidence import Stage
from pipeline.model.item import WORDS, Queue, SourceText, Waiver
from pipeline.model.names import Severity

OWN = YAML(typ="safe", pure=True).load(
    (Path(__file__).parents[1] / "standard_sentences.yml").read_text(encoding="utf-8")
)
BAD, GOOD = (
    [
        pytest.param(text, field, id=text[:60])
        for kind, fields in OWN.items()
        if kind.endswith(wanted)
        for field, texts in fields.items()
        for text in texts
    ]
    for wanted in ("bad", "good")
)

# An issue's words of our own with the features of the text that set our tone: everything here is denied, warned or asked.
TONE = (
    "This doesn’t mean that lupus has suddenly become easy to cure. It’s understandable to read about her and to wonder: "
    "“Could this cure my disease too?” Being curious is healthy. Be cautious of clinics claiming to offer “CAR‑T‑like” "
    "cures. Legitimate trials do not promise guaranteed cures. Because CAR‑T wipes out many B cells, people can become "
    "more vulnerable to infections. It is not yet a standard treatment, and even a long\u00adstanding word such as "
    "“incurable” says little about one person’s life."
)


def one(text: str, word: str):
    return next(iter(find(words(re.escape(word)), text)))


# --- normalising ---------------------------------------------------------------------------------------------------------


def test_folding_makes_typography_plain():
    assert (
        normalise("cut\u00adting‑edge “isn’t”\u00a0a\u2009ﬁx – yet\r\n").text == 'cutting-edge "isn\'t" a fix - yet  '
    )
    assert normalise("A\u0308rzte").text == "Ärzte"
    assert normalise("2½ of 10² ½").text == "2½ of 10² ½"


@given(st.text(st.sampled_from("ab .\n\r\u00ad\u200b‑’“”\u00a0ﬁ…a\u0308İß½−"), max_size=40))
def test_every_folded_character_knows_where_it_stood(raw):
    plain = normalise(raw)
    assert len(plain.at) == len(plain.text) + 1
    assert len(plain.lower) == len(plain.text)
    assert list(plain.at) == sorted(plain.at)
    assert plain.at[-1] == len(raw)
    for n, letter in enumerate(plain.text):
        start, end = plain.span(n, n + 1)
        assert 0 <= start < end <= len(raw)
        if letter in "ab" and len(raw[start:end].strip("\u00ad\u200b")) == 1:
            assert raw[start:end].strip("\u00ad\u200b") == letter


def test_a_remark_points_at_the_editors_own_characters():
    raw = "It\u2019s a cut\u00adting\u2011edge “miracle”."
    spans = [raw[r.start : r.end] for r in prose_findings(raw)]
    assert spans == ["cut\u00adting\u2011edge", "miracle"]


# --- sentences -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "The score fell by 0.73 points.|It rose again.",
        "Some drugs, e.g. rituximab, i.e. an antibody, help.|Others don't.",
        "Dr. A. B. Smith vs. Prof. Jones: approx. 3.5 years.|Then it ended.",
        "Mu et al. (2025) saw this.|Nobody else did.",
        "“Could this cure my disease too?” she asked.|Nobody knows.",
        "“Is it safe?”|The answer is no.|The rest is open.",
        "It takes time... and patience.|Ask.",
        "The p was .05.|It was small.",
        "It lacks vitamin D.|The rest is fine.",
        "It is sold in the U.S.|The drug is not.",
        "It was approved in 2025.|Sales began.",
        "See No. 3 for it.|It helps.",
        "Am 3. Mai begann es, z. B. in Ulm.|Es lief gut.",
        "What a day!|It was over.",
    ],
)
def test_sentences_end_where_a_reader_ends_them(text):
    due = text.split("|")
    assert [s.text for s in sentences(normalise(" ".join(due)))] == [normalise(s).text for s in due]


def test_a_new_paragraph_or_list_entry_begins_a_sentence():
    assert [s.text for s in sentences(normalise("Key risks\n\nFever\n- seizures\n- 2. stroke\nand more"))] == [
        "Key risks",
        "Fever",
        "- seizures",
        "- 2. stroke and more",
    ]


@given(st.text(st.sampled_from('abA .!?"\n1e.gDr'), max_size=60))
def test_sentences_cover_everything_but_space(raw):
    plain = normalise(raw)
    among = sentences(plain)
    inside = {n for s in among for n in range(s.start, s.end)}
    assert all(plain.text[n].isspace() for n in range(len(plain.text)) if n not in inside)
    assert all(plain.text[s.start : s.end] == s.text for s in among)


# --- context ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["It is not a cure.", "It is far from clear that this is a cure.", "A cure remains out of reach.", "Rather than a cure, it is a pause.",
     "It didn’t, in any of the nine, cure the disease.", "Das ist kein Fall von cure."],
)  # fmt: skip
def test_a_denial_reaches_its_word(text):
    assert context.denied(one(text, "cure"))


@pytest.mark.parametrize(
    "text",
    ["It is not only a pause but a cure.", "There is no doubt: a cure.", "Nobody doubts that it is a cure.", "Isn’t this a cure?",
     "It had no control group, but it is a cure.", "It did not harm them; it is a cure.", "The firm, which has no data, has a cure."],
)  # fmt: skip
def test_what_only_looks_like_a_denial_does_not(text):
    assert not context.denied(one(text, "cure"))


def test_names_are_known_by_their_company():
    for text, word in (
        ("The MIRACLE trial began.", "MIRACLE"), ("Cure Lupus Now paid.", "Cure"), ("Dr Marvel said so.", "Marvel"),
        ("She was at Hope Hospital.", "Hope"), ("It stood in the journal Breakthroughs in Immunology.", "Breakthroughs"),
    ):  # fmt: skip
        assert named(one(text, word.lower())), text
    for text, word in (
        ("Miracle Cure For Lupus Found", "Cure"),
        ("A MIRACLE for nine", "MIRACLE"),
        ("Ein Durchbruch", "Durchbruch"),
    ):
        assert not named(one(text, word.lower())), text


def test_a_quotation_knows_who_speaks():
    said = {
        "“It is a great day for us,” said the chief executive.": Speaker.INTERESTED,
        "“We need larger trials,” said Dr B, who was not involved.": Speaker.INDEPENDENT,
        "“I can walk to school again,” said the patient.": Speaker.PATIENT,
    }
    for text, who in said.items():
        assert [q.speaker for q in quotes(normalise(text))] == [who]


# --- the rules -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "field"), BAD)
def test_what_promises_or_frightens_is_told(text, field):
    assert prose_findings(text, field)


@pytest.mark.parametrize(("text", "field"), GOOD)
def test_what_is_sober_or_only_looks_bad_passes(text, field):
    assert [(r.rule, text[r.start : r.end]) for r in prose_findings(text, field)] == []


def test_our_own_tone_gets_no_block_from_denied_warned_or_asked_words():
    assert [r.rule for r in prose_findings(TONE) if r.severity is Severity.BLOCK] == []


def test_headlines_are_judged_more_strictly_than_texts():
    for text in ("A breakthrough in lupus", "CAR-T reverses lupus", "Could it help people with lupus?"):
        assert Severity.BLOCK in {r.severity for r in prose_findings(text, "headline")}
        assert Severity.BLOCK not in {r.severity for r in prose_findings(text, "summary")}


def test_the_step_of_the_ladder_decides_how_strong_a_verb_may_be():
    text = "The drug prevents flares."
    told = {stage: [r.severity for r in prose_findings(text, stage=stage)] for stage in Stage}
    assert told[Stage.PHASE_1] == told[Stage.OBSERVATIONAL] == told[Stage.PHASE_2_RCT] == [Severity.BLOCK]
    assert told[Stage.UNCLEAR] == [Severity.WARN]
    assert told[Stage.PHASE_3_RCT] == told[Stage.SYSTEMATIC_REVIEW] == []


def test_a_headline_is_no_stronger_than_its_source_concludes():
    item = case(
        headline="The drug prevents flares of lupus", evidence=case().evidence.__class__(stage=Stage.PHASE_3_RCT)
    )

    def told(conclusion: str):
        texts = {
            item.id: (SourceText(source="jei", title="t", text=f"We followed 400 adults. Conclusion: {conclusion}"),)
        }
        found = checked(Queue(issue="2026-12", items=(item,)), rules=frozenset({"H04"}), texts=texts)
        return [f.severity for f in found]

    assert told("the drug was associated with fewer flares.") == [Severity.BLOCK]
    assert told("the drug may reduce flares.") == [Severity.BLOCK]
    assert told("the drug reduces flares.") == []


def test_four_strengths_of_a_claim_are_told_apart():
    assert [
        strength(t)
        for t in (
            "Coffee was not associated with arthritis.",
            "Coffee is linked to arthritis.",
            "Coffee may reduce the risk of arthritis.",
            "Coffee prevents arthritis.",
        )
    ] == list(Strength)


def test_the_heaviest_words_cannot_be_waived_in_a_headline_and_can_in_a_text():
    waiver = Waiver(rule="H01", span="cure", reason="other", note="the hospital's own word", by="anna")
    head = case(headline="A cure for nine people", waive=(waiver,))
    body = case(summary="Nine people: the hospital has found a cure.", waive=(waiver,))

    def told(item):
        return checked(Queue(issue="2026-12", items=(item,)), rules=frozenset({"H01", "W01"}))

    assert [(f.rule, f.waived) for f in told(head)] == [("H01", False), ("W01", False)]
    assert "can't be waived" in told(head)[1].message
    assert [(f.rule, f.waived) for f in told(body)] == [("H01", True)]


def test_there_are_eighteen_language_rules_and_all_argue_their_case():
    language = [r for r in rules() if r.id.startswith("H")]
    assert [r.id for r in language] == [f"H{n:02}" for n in range(1, 19)]
    assert all(len(r.reason.split()) > 30 for r in language)


# --- speed that changes nothing ----------------------------------------------------------------------------------------


PACKS = sorted(
    path
    for path in Path(*pipeline.checks.__path__).rglob("*.yml")
    if "\nphrases:" in f"\n{path.read_text(encoding='utf-8')}"
)


BEGINS = r"(?<!\w)"


@pytest.fixture(scope="module")
def read_texts():
    own = [text for fields in OWN.values() for texts in fields.values() for text in texts]
    cases_ = [
        getattr(item, n)
        for rule in rules()
        for item in (*cases_of(rule).bad, *cases_of(rule).good)
        for n in (*WORDS, "title", "excerpt")
    ]
    small = sorted({normalise(text).lower for text in (*own, *filter(None, cases_), TONE)})
    # A rule looks at what stands beside the words it found, too; here every fifth word was found.
    return small, [re.sub(r"((?:\w+\W+){4})(\w+)", r"\1‹\2›", text) for text in small]


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_letters_looked_for_first_hide_no_phrase(path, read_texts):
    lists = pack(".".join(path.relative_to(REPO).with_suffix("").parts))
    lines = {name: "\n".join(lists.lines(name)) for name in lists.lists}
    found = 0
    for name in lists.lists:
        if f"<{name}>" in "".join(lines.values()):
            continue  # a part of others
        phrases = lists[name]
        at_once = re.compile("|".join(("", BEGINS)[one.look.starts] + one.pattern for one in phrases.phrases))
        marks = "‹" in lines[name] or "›" in lines[name]
        for text in read_texts[marks]:
            whole = [m.span() for m in at_once.finditer(text)]
            assert [m.span() for m in phrases.finditer(text)] == whole
            found += len(whole)
    assert found


@pytest.mark.parametrize(
    ("pattern", "due"),
    [
        ("cures?", [{"cure"}]),
        ("a cure|an? end", [{"cure ", "end "}]),
        ("no sure end", [{"no "}, {"sure "}, {"end "}]),
        (r"\d+ of", [{"of "}]),
        ("(very |so )?big", [{"big "}]),
        ("(an|un)?real", [{"*real"}]),
        ("(wonder|miracle)s? (drug|cell)", [{"wonder", "miracle"}, {"drug ", "cell "}]),
        ("(free|rid) of", [{"free ", "rid "}, {"of "}]),
        ("(free|rid)e?d? of", [{"free", "rid"}, {"of "}]),
        ("(?!no)[ab]x+y", [{"*x"}, {"*y"}]),
        (r"\bend\b", [{"end "}]),
        (r"no[^.]{0,30}? way", [{"*no"}, {"way "}]),
        (r"(a|)(b|)", []),
        (r"car-t", [{"car "}, {"t "}]),
        (r" - ", [{"*-"}]),
        (r"\w+(?: of)?", []),
        ("", []),
    ],
)
def test_what_a_text_must_hold_is_read_off_a_phrase(pattern, due):
    assert [set(group) for group in needs(Look(pattern, starts=True, ends=True), no_names)] == due


def test_without_edges_only_what_stands_within_is_a_whole_word():
    assert [set(group) for group in needs(Look("heal the sick", starts=False, ends=False), no_names)] == [
        {"*heal"},
        {"the "},
        {"sick"},
    ]


def test_a_list_finds_what_comes_first_and_of_two_the_first_of_the_list():
    found = words("big cat|cats?|dog", "a big")
    assert [m.words for m in found.finditer("a big cat, hotdog, cats and dog")] == ["a big", "cat", "cats", "dog"]
    assert [m.number for m in found.finditer("big cat")] == [0]
