"""The pages of the trials we follow: the list, lists by status, disease and country, a page a trial, the download."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial

from pipeline.render.archive import Archive
from pipeline.render.links import Links
from pipeline.render.press import Press
from pipeline.render.trials.tracker import Followed, Tracker
from pipeline.render.trials.trials_csv import trials_csv

PAGE = 100
"""Trials on a page of the list."""

ROWS = 400
"""Trials on a page of the table, and at most on one by status, disease or country: some 200 KB."""

TRIALS_CSV = "trials.csv"

Pagination = tuple[tuple[int, str], ...]


def plan_tracker(
    tracker: Tracker, press: Press, web: str, values: Mapping[str, object]
) -> dict[str, Callable[[], str]]:
    """Plan all pages of the tracker: path below the site to what prints it; `values` are those every page needs.

    The pages of a list only grow in number, as trials do: an old page never stays behind with what no longer holds.
    """
    pages: dict[str, Callable[[], str]] = {}

    def put(path: str, template: str, **own: object) -> None:
        pages[path] = partial(press.print, template, **{**values, **own, "links": Links.at(path, web)})

    for path, some, pagination in _cut(tracker.trials, "trials", PAGE):
        put(path, "web/trials.html", one=None, some=some, pagination=pagination)
    put("trials/changed/index.html", "web/trials_changed.html")
    for each in tracker.lists:
        put(each.path, "web/trials.html", one=each, some=each.trials[:ROWS], pagination=())
    for path, some, pagination in _cut(sorted(tracker.trials, key=_number), "trials/table", ROWS):
        put(path, "web/trials_table.html", some=some, pagination=pagination)
    for f in tracker.trials:
        put(f.path, "web/trial.html", f=f, old="")
    for f in tracker.trials:
        for path, number in zip(f.aliases, f.track.numbers[1:], strict=True):
            if path not in pages:
                put(path, "web/trial.html", f=f, old=number)
    return pages


def write_trials_csv(tracker: Tracker, press: Press, web: str) -> bytes:
    """Write the list for download, in the order of the numbers."""
    said = {f.track.trial.number: press.print("web/trial_stand.txt", f=f).strip() for f in tracker.trials}
    return trials_csv(
        (f.track.trial, said[f.track.trial.number], f.link, web + f.path.removesuffix("index.html"))
        for f in sorted(tracker.trials, key=_number)
    )


def days_of(tracker: Tracker, archive: Archive, pages: Iterable[str]) -> dict[str, date]:
    """When each page last changed: the day of the issue whose record it tells."""
    issued = {i.key: i.date for i in archive.issues}
    last = {path: f.track.last for f in tracker.trials for path in (f.path, *f.aliases)}
    return {path: issued.get(last.get(path, tracker.newest), archive.newest.date) for path in pages}


def _cut(trials: Sequence[Followed], folder: str, size: int) -> list[tuple[str, Sequence[Followed], Pagination]]:
    """Cut a list into pages: each with its path, its trials, and the number and path of every page of the list."""
    numbers = range(1, max(-(-len(trials) // size), 1) + 1)
    pagination = tuple((n, f"{folder}/index.html" if n == 1 else f"{folder}/{n}/index.html") for n in numbers)
    return [(path, trials[(n - 1) * size : n * size], pagination) for n, path in pagination]


def _number(followed: Followed) -> str:
    return followed.track.trial.number
