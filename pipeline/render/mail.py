"""The issue as an e-mail: HTML, its plain text twin and the message that carries both."""

from __future__ import annotations

from pipeline.model.issue import Issue
from pipeline.render.archive import Archive
from pipeline.render.colour import accent
from pipeline.render.inline import inline
from pipeline.render.layout import Layout, lay_out
from pipeline.render.message import compose
from pipeline.render.press import Press
from pipeline.render.wrap import wrap
from pipeline.text import clip, plain

BUDGET = 90_000
"""Bytes of HTML; Gmail hides the end of a message, with the way to leave the list in it, past about 102,000."""

WORDS = 1_300
"""Words a tired reader can be asked for in one mail; past that, all but the item in depth are told in short."""

_LEVELS = ("full", "short", "bare")
"""How much of each card is in the mail. Even the barest has evidence, number of people and harms."""


def write_letter(issue: Issue, archive: Archive, press: Press, *, tracked: bool = False) -> dict[str, bytes]:
    """Write the e-mail at the fullest level that stays within the budgets; the rest is on the web.

    `tracked` tells that the archive has pages of trials to lead to.
    """
    layout = lay_out(issue, archive)
    text = html = ""
    for level in _LEVELS:
        values = _values(layout, level, tracked=tracked)
        text = wrap(press.print("email/issue.txt", **values))
        if level == "full" and len(text.split()) > WORDS:
            continue
        html = inline(press.print("email/issue.html", **values))
        if len(html.encode()) < BUDGET:
            break
    subject = plain(press.print("email/subject.txt", **_values(layout, _LEVELS[0], tracked=tracked)), 200)
    return {
        "email.html": html.encode(),
        "email.txt": text.encode(),
        "message.eml": compose(issue, subject, text, html),
    }


def _values(layout: Layout, level: str, *, tracked: bool = False) -> dict[str, object]:
    masthead = layout.issue.masthead
    return {
        "layout": layout,
        "issue": layout.issue,
        "masthead": masthead,
        "level": level,
        "tracked": tracked,
        "accent": accent(masthead.accent),
        "web": f"{masthead.base_url.rstrip('/')}/",
        "preheader": clip(plain(layout.issue.intro or masthead.about), 90),
    }
