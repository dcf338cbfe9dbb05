"""Words for the e-mail, in queue and issue: where they stand, that they come back, and that sign-offs cover them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from newsrooms import MAY, Room
from samples import STUDY, signed

from pipeline.issue import dump, load, queue_of
from pipeline.model.item import Fact, Item, Queue
from pipeline.model.names import PersonRole, Shows, Status
from pipeline.queue import Written, fill, fill_head, read_queue
from pipeline.queue.layout import item_lines, new_file

FACT = Fact(value="7 of 9", quote="7 of 9 met the remission definition")
DRAWN = replace(FACT, shows=Shows.BENEFIT, says="met the study's goal")
HEAD: dict[str, Any] = {
    "subject": "Lupus: 7 of 9",
    "preheader": "And what harmed two of them",
    "ask": "Is a study right for me?",
}


def written(item: Item) -> Item:
    """Write an item into an empty queue and read it again."""
    text = new_file("2026-12") + "\n".join(item_lines(item, 2)) + "\n"
    (read,) = read_queue(text, "queue.yml").queue.items
    return read


@pytest.mark.parametrize("brief", [None, "Nine people: seven better.", "Nine people took part, and #1 fell ill. " * 5])
@pytest.mark.parametrize("facts", [(), (FACT,), (DRAWN,), (FACT, replace(DRAWN, shows=Shows.HARM))])
def test_a_brief_and_what_a_fact_says_come_back_as_they_were_written(brief, facts):
    item = replace(STUDY, brief=brief and brief.strip(), facts=facts)
    assert written(item) == item


def test_a_new_queue_names_all_fields_and_says_what_they_are_for():
    head = new_file("2026-12")
    assert all(f"\n{name}:   " in head for name in HEAD)
    lines = "\n".join(item_lines(STUDY, 2))
    assert "brief:                  # the item in 35 words at most" in lines
    assert "shows: benefit, says:" in lines
    assert [line for line in (head + lines).split("\n") if len(line) > 120 and "#" in line] == []


def test_an_old_queue_takes_the_new_words(at):
    room: Room = at("written")
    for name in HEAD:
        (line,) = (line for line in room.queue_file.read_text().split("\n") if line.startswith(f"{name}:"))
        room.edit(line + "\n", "")
    queue = read_queue(room.queue_file.read_text(), "queue.yml")
    item = queue.queue.items[0]
    made = fill(fill_head(queue, HEAD), {item.id: Written(words={"brief": "All in a few words."}, facts=(DRAWN,))})
    assert made.queue.items[0].brief == "All in a few words."
    assert made.queue.items[0].facts[-1] == DRAWN
    assert {name: getattr(made.queue, name) for name in HEAD} == HEAD


def test_words_behind_a_comment_sign_are_a_fault_there_too(at):
    room: Room = at("gathered")
    for name in HEAD:
        (line,) = (line for line in room.queue_file.read_text().split("\n") if line.startswith(f"{name}:"))
        room.edit(line, f"{name}: Patient #1 had a fever")
    said = room.hope("check")
    assert (said.code, said.err.count("is lost here")) == (2, len(HEAD))


@pytest.mark.parametrize(
    "changes",
    [{"brief": "Few words."}, {"facts": (DRAWN,)}, {"facts": (replace(FACT, says="met it"),)}],
)
def test_a_new_word_changes_the_hash_of_an_item_and_an_empty_one_does_not(changes):
    was = replace(STUDY, facts=(FACT,))
    now = replace(was, **changes)
    assert now.text_hash != was.text_hash
    assert replace(now, brief=None, facts=(FACT,)).text_hash == was.text_hash
    assert replace(was, brief="").text_hash == was.text_hash


def with_(queue: Queue, name: str, words: Any) -> Queue:
    return replace(queue, **{name: words})


@pytest.mark.parametrize("name", HEAD)
def test_a_new_word_changes_the_hash_of_the_opening_and_an_empty_one_does_not(name):
    was = Queue(issue="2026-12", intro="Three sentences.")
    assert with_(was, name, HEAD[name]).intro_hash != was.intro_hash
    assert with_(was, name, "").intro_hash == was.intro_hash
    assert str(was.intro_hash) == "sha256:b717f9a03567545a2027fc50aade5d31baa670315372d50cf399ce5e796be3b0"


def test_an_edit_of_the_words_makes_sign_offs_fall(at):
    room: Room = at("signed")
    assert room.hope("check").code == 0
    signs = {s.text for s in room.queue.queue.signed}
    (line,) = (line for line in room.queue_file.read_text().split("\n") if line.startswith("subject:"))
    room.edit(line, 'subject: "CAR-T in lupus: 7 of 9 people"')
    assert not any(room.queue.queue.intro_hash.holds(each) for each in signs)
    said = room.hope("check")
    assert (said.code, "words or facts have changed since" in said.text) == (1, True)


def test_an_edit_of_a_brief_makes_the_sign_offs_of_its_item_fall():
    item = signed(replace(STUDY, brief="Nine people."), ("anna", PersonRole.EDITOR))
    (signature,) = item.signed
    assert item.text_hash.holds(signature.text)
    assert not replace(item, brief="Ten people.").text_hash.holds(signature.text)
    assert not replace(item, facts=(replace(DRAWN, says="got worse"),)).text_hash.holds(signature.text)


def test_an_opening_without_an_intro_can_be_signed(at):
    room: Room = at("gathered")
    (line,) = (line for line in room.queue_file.read_text().split("\n") if line.startswith("subject:"))
    room.edit(line, 'subject: "A quiet month"')
    assert room.hope("sign", "intro", "--as", "anna").code == 0
    assert "subject\n    A quiet month\n    signed: editor" in room.hope("queue").out


def test_they_are_frozen_with_the_issue(at):
    room: Room = at("written")
    queue = fill_head(room.queue, HEAD)
    items = queue.queue.items
    first = next(item for item in items if item.status is Status.APPROVED)
    some = {first.id: Written(words={"brief": "All in a few words."}, facts=(DRAWN,))}
    room.write(fill(queue, some).text)
    assert room.hope("build", "--draft").code in (0, 1)
    text = (room.root / "outbox" / MAY / "draft" / "issue.json").read_bytes()
    issue = load(text, "issue.json")
    assert {name: getattr(issue, name) for name in HEAD} == HEAD
    assert dump(issue) == text
    assert queue_of(issue).intro_hash == room.queue.queue.intro_hash
    (story,) = (each for each in issue.stories if each.id == first.id)
    assert (story.brief, story.facts[-1]) == ("All in a few words.", DRAWN)
