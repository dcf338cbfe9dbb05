"""`outbox/corrections.yml` taken apart, changed and held to what was printed. ALL OF IT IS FICTIONAL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from issues import earlier_issue, sample_issue

from pipeline.errors import InputError
from pipeline.model.correction import Correction, Reworded, fields_of, reworded, words_in
from pipeline.model.evidence import Stage
from pipeline.model.item import Fact
from pipeline.model.names import CorrectionKind, PersonRole
from pipeline.queue import Signing
from pipeline.queue.corrections import CorrectionsText, add, drop, hold, read_corrections, sign

OLD = "2026-11/antibody-pair-ra"
HEADLINE = "A pair of antibodies was tried in 14 people with rheumatoid arthritis"
ISSUES = (earlier_issue(), sample_issue())
SLIP = Correction(
    id="correction-2026-12-03-antibody-pair-ra",
    of=OLD,
    kind=CorrectionKind.CORRECTION,
    on=date(2026, 12, 3),
    note='We wrote "14"; it was 15: our slip.',
    words=(Reworded(field="headline", was=HEADLINE, now=HEADLINE.replace("14", "15")),),
)
UNCLEAR = replace(SLIP, id="correction-2026-12-04-antibody-pair-ra", kind=CorrectionKind.CLARIFICATION, words=())
ANNA = Signing(by="anna", role=PersonRole.EDITOR, on=date(2026, 12, 5))


def faults(text: str) -> list[str]:
    """Say what is wrong with a file, each as line and message."""
    with pytest.raises(InputError) as caught:
        hold(read_corrections(text), ISSUES)
    return [f"{fault.line}: {fault.message}" for fault in caught.value.faults]


def text_of(*corrections: Correction) -> str:
    made = read_corrections(None)
    for each in corrections:
        made = add(made, each)
    return made.document.text


def test_what_is_written_reads_back_and_fits_what_was_printed():
    made = hold(read_corrections(text_of(SLIP, UNCLEAR)), ISSUES)
    assert made.corrections == (SLIP, UNCLEAR)
    assert [item.headline for item in made.items] == [HEADLINE, HEADLINE.replace("14", "15")]


def test_words_of_every_shape_read_back():
    shapes = (
        "",
        "One line.",
        "Two.\n\nParagraphs: with a colon # and a sign",
        "Quotes \" and ' and ü",
        "long " * 60 + "end",
    )
    words = tuple(Reworded(field="summary", was=was, now=now) for was in shapes for now in shapes)
    made = replace(SLIP, words=words, note="A note: with a colon, a # and “quotes”.")
    assert add(read_corrections(text_of(UNCLEAR)), made).corrections == (UNCLEAR, made)


def test_a_sign_off_and_an_undo_touch_nothing_else():
    text = text_of(SLIP, UNCLEAR).replace("- id: correction-2026-12-04", "# Ask Sam.\n- id: correction-2026-12-04")
    source = read_corrections(text)
    signed = sign(source, UNCLEAR.id, ANNA)
    assert [each.by for each in signed.corrections[1].signed] == ["anna"]
    assert signed.corrections[1].text_hash.holds(signed.corrections[1].signed[0].text)
    assert sign(signed, UNCLEAR.id, ANNA) is signed
    removed = [line for line in signed.document.text.splitlines() if "by: anna" in line]
    assert len(removed) == 1
    assert "# Ask Sam." in signed.document.text
    assert drop(source, SLIP.id).corrections == (UNCLEAR,)
    assert "# Ask Sam." not in drop(source, UNCLEAR.id).document.text
    empty = drop(read_corrections(text_of(SLIP)), SLIP.id)
    assert empty.corrections == ()
    assert add(empty, SLIP).corrections == (SLIP,)


def test_a_sign_off_holds_for_all_that_readers_learn():
    changed = (
        replace(SLIP, note="Another note."),
        replace(SLIP, kind=CorrectionKind.UPDATE),
        replace(SLIP, of="2026-11/mouse-nephritis"),
        replace(SLIP, words=()),
    )
    assert all(not each.text_hash.holds(str(SLIP.text_hash)) for each in changed)
    assert replace(SLIP, id="other", on=date(2027, 1, 1)).text_hash.holds(str(SLIP.text_hash))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "1: this holds no corrections"),
        ('format: 1\nnote: "open\n', "3: not valid YAML: a quote or a bracket is open to the end of the file"),
        (
            "format: 2\nnews: 1\n",
            "1: format 2 is of a newer version of this program, which knows what this one doesn't",
        ),
        ("corrections: []\n", "1: “format” is missing"),
        ("format: one\n", "1: “one” is not a whole number"),
    ],
)
def test_a_broken_file_says_where_and_what(text, said):
    (found,) = faults(text)
    assert found.partition("\n")[0] == said


def test_all_faults_are_told_at_once():
    text = (
        text_of(SLIP, UNCLEAR, replace(SLIP, id="correction-a"))
        .replace("kind: clarification", "kind: clarfication")
        .replace("id: correction-a", f"id: {SLIP.id}")
        .replace("note:", "nte:", 1)
    )
    assert [said.partition(": ")[2] for said in faults(text)] == [
        "“note” is missing",
        "“nte” is not a name this file knows",
        "“clarfication” is not one of the words allowed here",
        f"“{SLIP.id}” is also the id of correction 1",
    ]


def test_what_fits_no_printed_item_is_told_with_its_line():
    wrong = (
        replace(SLIP, id="a", of="2026-11/antibody-pair"),
        replace(SLIP, id="b", words=(Reworded(field="headlne", was="x", now="y"),)),
        replace(SLIP, id="c", words=(Reworded(field="summary", was="Other words.", now="y"),)),
        replace(SLIP, id="d", words=(Reworded(field="headline", was=HEADLINE, now=f" {HEADLINE}"),)),
        replace(SLIP, id="e", words=(Reworded(field="evidence.participants", was="14", now="many"),)),
        replace(SLIP, id="f", kind=CorrectionKind.RETRACTION),
        replace(SLIP, id="g", note=" "),
    )
    text = text_of(*wrong)
    found = faults(text)
    assert [said.partition(": ")[2].partition(":")[0] for said in found] == [
        "“2026-11/antibody-pair” was never printed",
        "the item has no field “headlne”",
        "these are not the words that stood in summary",
        "these are the words that stood in headline before",
        "this can't stand in evidence.participants",
        "what is taken back is not worded anew",
        "a correction needs a note",
        "these are not the words that stood in headline",
    ]
    lines = text.splitlines()
    assert lines[int(found[0].partition(":")[0]) - 1].strip() == "of: 2026-11/antibody-pair"
    assert lines[int(found[1].partition(":")[0]) - 1].strip() == "- field: headlne"


def test_a_corrected_field_is_corrected_again_from_where_it_stands():
    again = replace(
        UNCLEAR,
        words=(Reworded(field="headline", was=SLIP.words[0].now, now=HEADLINE.replace("14", "16")),),
    )
    assert hold(read_corrections(text_of(SLIP, again)), ISSUES).corrections == (SLIP, again)
    assert len(faults(text_of(again))) == 1


def test_what_an_issue_told_stays_as_it_was_told():
    told = (earlier_issue(), replace(sample_issue(), corrections=(SLIP,)))
    assert isinstance(hold(read_corrections(text_of(SLIP, UNCLEAR)), told), CorrectionsText)
    with pytest.raises(InputError, match="was printed, and reads otherwise now"):
        hold(read_corrections(text_of(replace(SLIP, note="Never mind."))), told)
    again = replace(UNCLEAR, words=(replace(SLIP.words[0], was=SLIP.words[0].now, now="Sixteen people."),))
    assert hold(read_corrections(text_of(again)), told).items[0].headline == SLIP.words[0].now


def test_facts_and_evidence_can_be_corrected_too():
    item = replace(earlier_issue().stories[0], facts=(Fact(value="9 of 14", quote="nine of them"),))
    words = (
        Reworded(field="facts[1].value", was="9 of 14", now="8 of 14"),
        Reworded(field="evidence.participants", was="14", now="15"),
        Reworded(field="evidence.stage", was="phase-1", now="phase-2"),
        Reworded(field="funding", was=words_in(item, "funding"), now=""),
    )
    made = reworded(item, words)
    assert (made.facts[0].value, made.evidence.participants, made.evidence.stage) == ("8 of 14", 15, Stage.PHASE_2)
    assert made.funding is None
    assert [words_in(item, each.field) for each in words] == [each.was for each in words]
    assert {each.field for each in words} <= set(fields_of(item))
    for bad in (Reworded(field="facts[1].value"), Reworded(field="evidence.stage", now="phase-12")):
        with pytest.raises(ValueError, match=r"value|one of: .*phase-2"):
            reworded(item, (bad,))
