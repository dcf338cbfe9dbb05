"""Gather and add as an editor uses them: what comes, what never comes back, and what may go wrong meanwhile."""

from __future__ import annotations

import json

import pytest
from newsrooms import JUNE, MAY, Room, hope

from pipeline.model.names import Status

# --- gather ----------------------------------------------------------------------------------------------------------


def test_gather_says_what_came_and_a_second_one_changes_nothing_byte_for_byte(at):
    room = at("gathered")
    with room.served():
        assert room.hope("gather").code == 0  # a new address: health may be told anew
        before = room.files()
        again = room.hope("gather")
        assert again.code == 0
        assert "Nothing new: the queue is as you left it." in again.out
        left = room.files()
    assert [n for n in before if before[n] != left.get(n)] == ["outbox/sources.json"]
    states = {h["state"] for h in json.loads(left["outbox/sources.json"])}
    assert states == {"unchanged"}


def test_a_gather_with_an_empty_cache_changes_nothing_and_calls_nothing_degraded(at):
    room = at("gathered")
    before = room.queue_file.read_bytes()
    with room.served():
        said = hope("gather", "--root", str(room.root), "--today", "2026-05-31", cache=room.root / "elsewhere")
    assert said.code == 0
    assert room.queue_file.read_bytes() == before
    states = {h["standing"] for h in json.loads((room.outbox / "sources.json").read_bytes())}
    assert "degraded" not in states


def test_a_cache_that_cannot_be_written_costs_nothing(at):
    room = at("gathered")
    before = room.queue_file.read_bytes()
    (room.root / "a-file").write_text("in the way")
    with room.served():
        said = hope("gather", "--root", str(room.root), "--today", "2026-05-31", cache=room.root / "a-file")
    assert said.code == 0, said.text
    assert room.queue_file.read_bytes() == before


def test_rejected_and_printed_items_never_come_back_and_held_ones_come_along_with_their_words(at):
    room = at("built")
    may = room.items
    held = [i for i in may if i.status is Status.HOLD]
    assert held
    assert {i.status for i in may} >= {Status.APPROVED, Status.REJECTED}
    june = Room(room.root, JUNE)
    with june.served(MAY):  # the world has not moved at all
        said = june.hope("gather", "--since", "2025-01-01")
    assert said.code == 0, said.text
    assert [i.title for i in june.items] == [i.title for i in held]
    for was, now in zip(held, june.items, strict=True):
        assert now.status is Status.HOLD
        assert (now.headline, now.summary, now.facts, now.signed) == (was.headline, was.summary, was.facts, was.signed)
        assert now.text_hash == was.text_hash
        assert now.id.startswith("2026-06/")


def test_the_words_of_a_held_item_come_along_in_full(at):
    room = at("signed")
    approved = room.some(Status.APPROVED)
    assert room.hope("hold", approved.id).code == 0
    assert room.hope("build").code == 0
    june = Room(room.root, JUNE)
    with june.served(MAY):
        assert june.hope("gather").code == 0
    now = next(i for i in june.items if i.title == approved.title)
    assert now.headline == approved.headline
    assert now.facts == approved.facts
    assert now.signed == approved.signed
    assert all(s.text == now.text_hash for s in now.signed)


def test_a_rejection_by_hand_in_a_queue_that_was_built_holds_in_every_later_issue(at):
    room = at("both")
    july = Room(room.root, "2026-07")
    with july.served(JUNE):
        said = hope("gather", "--since", "2025-01-01", "--root", str(room.root), "--today", "2026-07-31")
    assert said.code == 0, said.text
    earlier = {i.title for i in Room(room.root, MAY).items} | {i.title for i in Room(room.root, JUNE).items}
    came = [i for i in july.items if i.title in earlier]
    assert all(i.status is Status.HOLD or i.change for i in came)


def test_a_retraction_of_something_printed_comes_through_whatever_the_window(at):
    room = Room(at("built").root, JUNE)
    with room.served(JUNE):
        said = room.hope("gather", "--since", "2026-06-29")  # the notice is older than that
    assert said.code == 0
    assert [i for i in room.items if i.evidence.stage == "retraction"]


def test_a_retracted_paper_gets_its_box_in_the_archive(at):
    site = at("both").outbox / "site"
    page = (site / MAY / "selonib-bispecific-antibody-in-severe-rheumatoid-arthritis" / "index.html").read_text()
    assert f"../../{JUNE}/retraction-selonib" in page


def test_no_enabled_source_is_no_crash(at):
    room = at("gathered")
    text = (room.root / "sources.yml").read_text()
    (room.root / "sources.yml").write_text(text[: text.index("\nsources:")] + "\nsources: []\n")
    before = room.queue_file.read_bytes()
    said = room.hope("gather")
    assert said.code == 0
    assert "0 sources" in said.out
    assert room.hope("sources").code == 0
    assert room.queue_file.read_bytes() == before


# --- add -------------------------------------------------------------------------------------------------------------


def offline_indexes(room: Room) -> None:
    """Let the indexes of papers be on the own machine too, where nobody knows anything."""
    yml = room.root / "sources.yml"
    url = next(line.split()[-1] for line in yml.read_text().splitlines() if "/api/v2" in line)
    more = "".join(
        f"- {{key: {kind}, kind: {kind}, url: '{url.replace('/api/v2', '/nobody')}', tier: indexer, enabled: false, because: test}}\n"
        for kind in ("crossref", "pubmed")
    )
    yml.write_text(yml.read_text() + more)


def test_add_looks_a_trial_up_and_a_second_time_says_that_it_is_there(at):
    room = at("gathered")
    with room.served():
        offline_indexes(room)
        said = room.hope("add", "nct99990003")
        assert said.code == 0, said.text
        added = said.out.split()[-1]
        item = next(i for i in room.items if i.id == added)
        assert item.trial is not None
        assert item.ids.number == "NCT99990003"
        before = room.files()
        again = room.hope("add", "https://clinicaltrials.gov/study/NCT99990003")
        assert again.code == 0
        assert "Already there" in again.out
        assert room.files() == before


def test_add_takes_what_the_editor_gives_where_nobody_can_be_asked(at):
    room = at("gathered")
    with room.served():
        offline_indexes(room)
        before = room.files()
        bare = room.hope("add", "10.5555/unheard.of")
        assert bare.code == 2
        assert "--title" in bare.err
        assert room.files() == before
        said = room.hope(
            "add", "10.5555/unheard.of", "--title", "CAR-T in lupus: {{ 7*7 }}\x07", "--published", "2026-05-02"
        )
        assert said.code == 0, said.text
        item = next(i for i in room.items if i.id == said.out.split()[-1])
        assert item.title == "CAR-T in lupus: {{ 7*7 }}"
        assert item.published == "2026-05-02"
        assert item.link == "https://doi.org/10.5555/unheard.of"


def test_what_was_added_by_hand_and_not_decided_on_comes_along_and_what_a_source_brought_does_not(at):
    room = at("signed")
    with room.served():
        offline_indexes(room)
        said = room.hope("add", "10.5555/unheard.of", "--title", "CAR-T cells in lupus", "--published", "2026-05-02")
        assert said.code == 0, said.text
    assert room.queue_file.read_text(encoding="utf-8").count("by_hand: true") == 1
    left = room.some(Status.REJECTED)
    assert room.hope("pend", left.id).code == 0
    built = room.hope("build")
    assert built.code == 0, built.text
    assert "1 item added by hand still pending: not printed, and in the next issue again." in built.out
    june = Room(room.root, JUNE)
    with june.served(MAY):
        said = june.hope("gather", "--since", "2025-01-01")
        assert said.code == 0, said.text
    assert [(i.title, i.by_hand, i.status) for i in june.items if i.ids.doi == "10.5555/unheard.of"] == [
        ("CAR-T cells in lupus", True, Status.PENDING)
    ]
    assert left.title not in {i.title for i in june.items}


@pytest.mark.parametrize(
    ("number", "because"),
    [("2010-012345-67", "is a EudraCT number"), ("DRKS00012345", "No kind of source reads the registry")],
)
def test_add_says_why_nobody_can_be_asked_for_a_number_and_takes_what_the_editor_gives(at, number, because):
    room = at("gathered")
    bare = room.hope("add", number)
    assert (bare.code, because in bare.err) == (2, True)
    said = room.hope("add", number, "--title", "CAR-T cells in lupus")
    assert said.code == 0, said.text
    assert next(i for i in room.items if i.id == said.out.split()[-1]).ids.number == number


@pytest.mark.parametrize("what", ["javascript:alert(1)", "a word", "file:///etc/passwd", ""])
def test_add_takes_no_name_that_names_nothing(at, what):
    room = at("gathered")
    before = room.files()
    assert room.hope("add", what, "--title", "T").code == 2
    assert room.files() == before


@pytest.mark.parametrize("given", [("--link", "javascript:alert(1)"), ("--source", "nobody")])
def test_add_refuses_what_cannot_stand_in_an_item(at, given):
    room = at("gathered")
    offline_indexes(room)
    before = room.files()
    said = room.hope("add", "10.5555/unheard.of", "--title", "T", *given)
    assert said.code == 2
    assert given[1] in said.err
    assert room.files() == before


def test_an_item_on_hold_comes_along_with_what_its_sources_said(at):
    """Its numbers can then be traced in the next issue as they could in this one."""
    room = at("next")
    held = [i.id for i in room.items if i.status == "hold"]
    told = json.loads((room.root / "outbox/2026-06/texts.json").read_text())
    assert held
    assert all(told[each][0]["text"] for each in held)
