"""The small things pages are made of: dates, counts, colours, ways to reach people, folded lines."""

from __future__ import annotations

import re
from datetime import date

import pytest
from issues import templates

from pipeline.render.dates import say_day
from pipeline.render.layout import way
from pipeline.render.wrap import wrap


@pytest.mark.parametrize(
    ("value", "said"),
    [("2026-11-22", "22 November 2026"), ("2026-05", "May 2026"), ("2026", "2026"), ("2026-05-01T08:00:00Z", "1 May 2026"),
     (date(2026, 1, 2), "2 January 2026"), (None, ""), ("2026-13", "2026-13"), ("spring", "spring")],
)  # fmt: skip
def test_dates_are_written_as_people_do(value: date | str | None, said: str) -> None:
    assert say_day(value) == said


@pytest.mark.parametrize(
    ("setting", "href"),
    [("me@x.example", "mailto:me@x.example"), ("mailto:me@x.example?subject=Leave", "mailto:me@x.example?subject=Leave"),
     ("https://x.example/leave", "https://x.example/leave"), ("javascript:alert(1)", None), ("javascript:a@b", None),
     ("call us", None)],
)  # fmt: skip
def test_a_contact_links_only_to_what_is_safe(setting: str, href: str | None) -> None:
    found = way(setting)
    assert found is not None
    assert found.href == href


def test_folding_keeps_words_addresses_and_bullets() -> None:
    text = wrap("- " + "word " * 30 + "\n\n\n\nhttps://x.example/" + "a" * 90 + "\n")
    assert text.count("word") == 30
    assert "https://x.example/" + "a" * 90 in text
    assert "\n\n\n" not in text
    assert all(line.startswith(("- word", "  word", "https")) for line in text.splitlines() if line)


def test_a_word_wider_than_a_line_goes_on_in_the_next_and_loses_nothing() -> None:
    word, address = "Rindfleischetikettierung" * 9, "https://x.example/" + "a" * 90
    lines = wrap(f"One {word} and two.\n- A {word}\n({address}) me@{'x' * 90}.example").splitlines()
    assert lines[:5] == ["One", word[:72], word[72:144], word[144:], "and two."]
    assert "".join(lines).replace(" ", "").startswith(f"One{word}andtwo.-A{word}")
    assert all(len(line) <= 72 for line in lines if "@" not in line and "://" not in line)
    assert f"({address})" in lines


def test_signs_of_two_columns_fill_a_line_and_no_sign_is_cut() -> None:
    family = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
    lines = wrap("狼疮" * 40 + "\n" + family * 30 + "\n" + "e\u0301" * 80).splitlines()
    assert [len(line) for line in lines[:3]] == [36, 36, 8]
    assert "".join(lines) == "狼疮" * 40 + family * 30 + "e\u0301" * 80
    assert all(line.replace(family, "") == "" for line in lines if family[0] in line)
    assert [len(line) for line in lines[-2:]] == [144, 16]


@pytest.mark.parametrize("name", ["web/words.txt", "web/trial_words.txt"])
def test_no_word_is_set_twice_as_the_second_would_replace_the_first_everywhere(name: str) -> None:
    names = re.findall(r"{%-? set (\w+) =", templates()[name])
    assert len(names) > 20
    assert sorted(names) == sorted(set(names))
