"""The small things pages are made of: dates, counts, colours, ways to reach people, folded lines."""

from __future__ import annotations

from datetime import date

import pytest

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
