"""When a paper came out, as PubMed says it: on the screen, in print, or "2020 Jul-Sep"; nothing is filled in."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

from pipeline.model.entry import When
from pipeline.sources.parts.dates import read_date
from pipeline.text import plain


def dated(core: ET.Element, paper: ET.Element, today: date) -> tuple[tuple[When | None, When | None], tuple[str, ...]]:
    """Give when a paper was published and when PubMed last revised its entry; second is a remark on what can't be read.

    The electronic date leads, because print dates often lie ahead; the first that can be trusted counts. Dates of
    receipt and of PubMed's own work are never taken for publication.
    """
    places = [d for d in paper.findall("ArticleDate") if d.get("DateType") in (None, "Electronic")]
    places += [d for path in _PUBLISHED if (d := paper.find(path)) is not None]
    found = [w for place in places if (w := _when(place, today))]
    published = next((w for w in found if not w.doubt), found[0] if found else None)
    revised = core.find("DateRevised")
    unread = next((raw for place in places if (raw := _raw(place))), "")
    remark = (f"date not understood: {unread}",) if unread and published is None else ()
    return (published, _when(revised, today) if revised is not None else None), remark


_PUBLISHED = ("Journal/JournalIssue/PubDate", "ContributionDate", "Book/PubDate")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"


def _when(place: ET.Element, today: date) -> When | None:
    """Read one of PubMed's dates; what stands there stays as `raw`."""
    raw = _raw(place)
    year, month, day = (_part(place, name) for name in ("Year", "Month", "Day"))
    if month.isdigit() and year:
        read = "-".join([year, month.zfill(2), *([day.zfill(2)] if day else [])])
    else:
        read = " ".join(p for p in (year, month, day) if p) if year else _partial(raw)
    when = read_date(read, str(place.tag), today) or (read_date(year, str(place.tag), today) if year else None)
    return replace(when, raw=raw) if when else None


def _partial(raw: str) -> str:
    """Cut a span to what all of it shares: "2020 Jul-Sep" to the year, "2026 Nov 5-12" to the month."""
    years = set(re.findall(r"\b(?:1[89]|20)[0-9]{2}\b", raw))
    months = set(re.findall(rf"\b{_MONTH}", raw))
    if len(years) != 1:
        return ""
    return " ".join((*years, *(months if len(months) == 1 else ())))


def _raw(place: ET.Element) -> str:
    """Write a date as it stands, part by part."""
    names = ("MedlineDate", "Year", "Month", "Season", "Day")
    return plain(" ".join(p for name in names if (p := _part(place, name))), 100)


def _part(place: ET.Element, name: str) -> str:
    return plain(place.findtext(name) or "", 60)
