from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.entry import Precision
from pipeline.sources.parts.dates import read_date

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("raw", "day", "precision"),
    [
        ("Wed, 5 Nov 2025 13:52:10  EST", "2025-11-05", "second"),
        ("Wed, 05 Nov 2025 13:52:10 -0500", "2025-11-05", "second"),
        ("Tue, 23 Nov 2021 23:59:59 +0000", "2021-11-23", "second"),
        ("5 Nov 2025", "2025-11-05", "day"),
        ("November 5, 2025", "2025-11-05", "day"),
        ("Nov 5th, 2025 at 10:00 AM", "2025-11-05", "second"),
        ("Wed Nov 05 13:52:10 2025", "2025-11-05", "second"),
        ("2025-11-05", "2025-11-05", "day"),
        ("2025-11-05T23:30:00-08:00", "2025-11-05", "second"),
        ("2025-11-05T23:30:00.123Z", "2025-11-05", "second"),
        ("2025-11-05 23:30", "2025-11-05", "second"),
        ("20251105", "2025-11-05", "day"),
        ("2021/10/16 9:23:28", "2021-10-16", "second"),
        ("Mi, 30 Jun 2021", "2021-06-30", "day"),
        ("30. Juni 2021", "2021-06-30", "day"),
        ("30.06.2021", "2021-06-30", "day"),
        ("2. März 2021", "2021-03-02", "day"),
        ("2021年6月30日", "2021-06-30", "day"),
        ("2025-11", "2025-11", "month"),
        ("November 2025", "2025-11", "month"),
        ("2025 Nov", "2025-11", "month"),
        ("2025 Nov 5", "2025-11-05", "day"),
        ("2025", "2025", "year"),
        ("29 February 2024", "2024-02-29", "day"),
        ("Mon, 16 Nov 26 08:00:00 GMT", "2026-11-16", "second"),
        ("5 Nov 25", "2025-11-05", "day"),
        ("Monday, 16-Nov-26 08:00:00 GMT", "2026-11-16", "second"),
        ("16/Nov/2026", "2026-11-16", "day"),
        ("2026-11-16T08:00:00+01", "2026-11-16", "second"),
        ("2026-11-16T08", "2026-11-16", "second"),
        ("2026-11-16T08Z", "2026-11-16", "second"),
        ("2026-11-16T08:00+0100", "2026-11-16", "second"),
        ("20261116T0800+01", "2026-11-16", "second"),
        ("2026-11-6", "2026-11-06", "day"),
        ("2026-5-6 8:05", "2026-05-06", "second"),
        ("Mon Nov 16 2026 08:00:00 GMT+0100 (Mitteleuropäische Normalzeit)", "2026-11-16", "second"),
        ("Mon, 16 Nov 2026 08:00:00 UTC+1", "2026-11-16", "second"),
        ("Mon, 16 Nov 2026 08:00:00 +1:00", "2026-11-16", "second"),
        ("Mon, 16 Nov 2026 08:00:00 +100", "2026-11-16", "second"),
        ("Mon, 16 Nov 2026 08:00:00 Europe/Berlin", "2026-11-16", "second"),
        ("Mon, 16 Nov 2026 08:00:00 MESZ", "2026-11-16", "second"),
        ("lun., 16 nov. 2026 08:00:00 +0100", "2026-11-16", "second"),
        ("lundi 16 novembre 2026 à 08:00", "2026-11-16", "second"),
        ("lundi 16 novembre 2026 à 8h30", "2026-11-16", "second"),
        ("1er août 2026", "2026-08-01", "day"),
        ("sam, 07 fév 2026 08:00:00 +0100", "2026-02-07", "second"),
        ("mié, 18 nov 2026 08:00:00 +0100", "2026-11-18", "second"),
        ("16 de noviembre de 2026", "2026-11-16", "day"),
        ("16 de noviembre del 2026", "2026-11-16", "day"),
        ("lunedì 16 novembre 2026, 08:00", "2026-11-16", "second"),
        ("8 dicembre 2026", "2026-12-08", "day"),
        ("ma 17 nov. 2026 08:00", "2026-11-17", "second"),
        ("woensdag 11 maart 2026 om 08:00", "2026-03-11", "second"),
        ("maggio 2026", "2026-05", "month"),
        ("Montag, 16. November 2026 um 08:00 Uhr", "2026-11-16", "second"),
        ("Mo, 16.11.2026 - 08.00 Uhr", "2026-11-16", "second"),
        ("16.11.2026, 08:00 Uhr", "2026-11-16", "second"),
        # A zone that can't be leaves the day as it was written.
        ("2026-11-01T10:00:00+99:00", "2026-11-01", "day"),
        ("2026-11-01T77:00:00Z", "2026-11-01", "day"),
    ],
)
def test_a_date_is_read_in_its_own_zone_and_precision(raw, day, precision):
    when = read_date(raw, "published", date(2026, 12, 31))
    assert (when.day, when.precision, when.raw, when.field, when.doubt) == (
        day, Precision(precision), " ".join(raw.split()), "published", "",
    )  # fmt: skip


@pytest.mark.parametrize(
    "raw",
    [
        "", " ", "1", "17", "2026-13-45", "2026-02-30", "2026-00-01", "2026-05-00", "0000-00-00", "31 June 2025",
        "05/11/2025", "11/05/2025", "05-11-25", "Nov 5 25", "25 Nov", "yesterday", "2 days ago", "10:30", "Nov 5", "5 Nov",
        "Wed, 5 Nox 2025", "Xyz, 5 Nov 2025", "2025-W45-3", "2025-309", "guid-2025-11-05", "1762300800", "2025-11-05junk",
        "16 Nov 6", "16 brumaire 2026", "lun 16", "16 nov", "2026-11-16T08:00 tomorrow", "2026-320", "32 Nov 26",
        "Mon, 16 Nov 2026 08:00:00 +0100 and more", "1er 2026", "de noviembre de 2026 16", "16 Nov 126", "0 Nov 26",
        "x" * 5000, "<b>2025-11-05</b>", "99999-01-01", "-2025-01-01", "２０２５-11-05",
    ],
)  # fmt: skip
def test_what_is_no_whole_date_is_never_made_one(raw):
    assert read_date(raw, "published", TODAY) is None


@pytest.mark.parametrize(
    ("raw", "doubt"),
    [
        ("1970-01-01T00:00:00Z", "before 1990"),
        ("1989-12-31", "before 1990"),
        ("1990-01-01", ""),
        ("2026-11-24", ""),
        ("2026-11-25", "in the future"),
        ("Fri, 01 Jan 2199 00:00:00 GMT", "in the future"),
        ("2027", "in the future"),
        ("2026-11", ""),
        ("December 2026", "in the future"),
    ],
)
def test_a_date_that_can_not_be_right_is_doubted_but_shown(raw, doubt):
    when = read_date(raw, "published", TODAY)
    assert (when.raw, when.doubt) == (raw, doubt)


@given(st.text(max_size=60))
def test_any_text_gives_a_date_whose_parts_stand_in_it_or_none(raw):
    when = read_date(raw, "f", TODAY)
    if when is not None:
        assert when.day[:4] in raw


@given(
    st.dates(min_value=date(1990, 1, 1), max_value=TODAY),
    st.sampled_from(["%Y-%m-%d", "%d %b %Y", "%B %d, %Y", "%Y/%m/%d", "%d.%m.%Y"]),
)
def test_every_day_survives_every_common_form(day, form):
    assert read_date(day.strftime(form), "f", TODAY).day == day.isoformat()
