"""What search finds: items as lists tell them, and explained words; nothing of an old result that no longer holds."""

from __future__ import annotations

import json
from dataclasses import replace

from issues import earlier_issue, sample_issue, templates

from pipeline.model.issue import Issue, Word
from pipeline.model.search import SearchEntry, SearchIndex, hash_of, read_index, write_index
from pipeline.render import render_search


def entries(*issues: Issue) -> dict[str, SearchEntry]:
    found, _ = render_search(issues, templates())
    return {each.address: each for each in found}


def test_every_item_and_every_explained_word_is_found_once():
    issues = (earlier_issue(), sample_issue())
    found = entries(*issues)
    items = {f"{issue.key}/{name}/" for issue in issues for name, _ in issue.addressed()}
    words = {address for address in found if address.startswith("glossary/#")}
    assert found.keys() == items | words
    assert words
    assert all(each.title and each.line for each in found.values())


def test_what_was_withdrawn_says_so_and_its_old_words_find_nothing():
    found = entries(earlier_issue(), sample_issue())
    (gone,) = [each for each in found.values() if each.title.startswith("Withdrawn: ") and each.address < "2026-12"]
    (item,) = [item for item in earlier_issue().stories if f"{item.headline}" in gone.title]
    everything = " ".join((gone.about, gone.line, *gone.words))
    assert f"{item.summary}" not in everything
    assert "Step" not in gone.line
    assert set(item.about.conditions) <= set(gone.words)


def test_any_text_goes_through_as_plain_words():
    hostile = 'A "quoted" </script> {{ 7*7 }} <b>&amp; \u202e text'
    sample = sample_issue()
    item = replace(sample.stories[0], headline=hostile, brief=hostile)
    word = Word(term=hostile, definition=hostile)
    found = entries(replace(sample, stories=(item,), glossary=(word,), word=None)).values()
    plain = 'A "quoted" </script> {{ 7*7 }} <b>&amp; text'
    assert {" ".join(each.title.split()) for each in found} == {plain}
    assert {" ".join(each.about.replace("\xa0", " ").split()) for each in found} == {plain}


def test_results_speak_the_language_of_the_archive():
    sample = sample_issue()
    german = replace(sample, masthead=replace(sample.masthead, language="de"))
    found, language = render_search((german,), templates())
    assert language == "de"
    assert any(each.line.startswith("Dezember 2026 · ") for each in found)


def test_a_hash_tells_entries_apart_in_any_field():
    one = SearchEntry(address="a/", title="b", line="c", about="d", words=("e",))
    others = [replace(one, address="x"), replace(one, title="x"), replace(one, line="x"), replace(one, about="x")]
    others += [replace(one, words=("e", "f")), replace(one, words=())]
    hashes = {hash_of([each], "en") for each in (one, *others)} | {hash_of([one], "de"), hash_of([one, one], "en")}
    assert len(hashes) == len(others) + 3


def test_what_is_known_of_an_index_is_read_back_as_it_was_written():
    index = SearchIndex("abc", "pagefind 1.5.2", {"pagefind/a": "1", "pagefind/b/c": "2"})
    assert read_index(write_index(index).decode()) == index
    bad = json.loads(write_index(index))
    bad["files"] = {"pagefind/../../x": "1", "x": "2", "/etc/x": "3"}
    assert read_index(json.dumps(bad)).files == {}
