"""A newsroom that is kept for hours tells what its files hold now, not what they held when it was opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from newsrooms import JUNE, MAY

from pipeline.files import Folder
from pipeline.flow import build
from pipeline.sources import kinds
from pipeline.store import Newsroom

TODAY = date(2026, 5, 31)


def opened(room) -> Newsroom:
    """The newsroom of a folder, as a page that stays open holds it."""
    return Newsroom(Folder(room.root, room.root / ".cache"), {name: kind.options for name, kind in kinds().items()})


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_person_renamed_in_the_settings_is_seen_at_once(at):
    room = at("built")
    newsroom = opened(room)
    assert newsroom.config.newsletter.person("sam").name == "Sam Sample"
    edit(room.root / "sources.yml", "Sam Sample", "Sam Simple")
    assert newsroom.config.newsletter.person("sam").name == "Sam Simple"


def test_a_word_put_into_the_glossary_is_seen_at_once(at):
    room = at("built")
    newsroom = opened(room)
    assert len(newsroom.glossary) > 1
    (room.root / "glossary.yml").write_text("terms:\n- {term: sample, definition: A small part.}\n", encoding="utf-8")
    assert [word.term for word in newsroom.glossary] == ["sample"]


def test_a_saved_state_of_the_sources_is_seen_at_once(at):
    newsroom = opened(at("built"))
    old = newsroom.health
    newsroom.save_health(tuple(replace(each, note="looked at again") for each in old))
    assert {each.note for each in newsroom.health} == {"looked at again"}
    assert len(newsroom.health) == len(old)


def test_an_issue_that_another_command_built_is_seen_at_once(at):
    room = at("signed")
    newsroom = opened(room)
    assert (newsroom.built.issues, newsroom.open_issue(TODAY), newsroom.built.printed()) == ((), MAY, {})
    assert room.hope("build").code == 0
    assert [issue.key for issue in newsroom.built.issues] == [MAY]
    assert newsroom.open_issue(TODAY) == JUNE
    assert newsroom.seen(JUNE)


def test_an_issue_that_this_newsroom_built_is_seen_at_once(at):
    newsroom = opened(at("signed"))
    assert not newsroom.built.has(MAY)
    build.build(newsroom, MAY, TODAY)
    assert newsroom.built.has(MAY)


def test_an_item_that_an_editor_wrote_is_seen_at_once(at):
    room = at("written")
    newsroom = opened(room)
    intro = newsroom.queue(MAY).queue.intro
    room.write(room.queue.text.replace(intro.split()[0], "Presently", 1))
    assert newsroom.queue(MAY).queue.intro.startswith("Presently")


def test_a_text_is_taken_apart_once_for_as_long_as_it_is_the_same(at):
    newsroom = opened(at("both"))
    assert newsroom.config is newsroom.config
    assert newsroom.glossary is newsroom.glossary
    assert newsroom.queue(JUNE) is newsroom.queue(JUNE)
    assert newsroom.queue(MAY) is newsroom.queue(MAY)
    assert newsroom.built.issues[0] is newsroom.built.issues[0]
