"""The issue as an e-mail: HTML, its plain text twin and the message that carries both."""

from __future__ import annotations

from pipeline.language.sentences import as_written
from pipeline.model.costs import MailCosts
from pipeline.model.issue import Issue
from pipeline.model.names import Pictures
from pipeline.render.archive import Archive
from pipeline.render.contract import hold, hold_corrections, whole
from pipeline.render.costs import costs_of, unmarked
from pipeline.render.finish import finish_html, finish_text
from pipeline.render.illustrations import Illustrations
from pipeline.render.inline import inline
from pipeline.render.layout import Layout, for_mail, lay_out
from pipeline.render.letter import Letter, fitted, link_words, words_seen
from pipeline.render.message import compose
from pipeline.render.press import Press
from pipeline.render.wrap import wrap
from pipeline.text import clip, plain

_PREHEADER = 110
"""Signs of the line beside the subject; programs show 40 to 110."""

_GROWS = 3
"""How many times as long a page may be with its styles on its elements."""

_SAID_EMPTY = ("corrections", "trials", "stopped", "safety")
"""Parts whose readers hear that there is nothing in them: else they might wonder."""


def write_letter(
    issue: Issue, archive: Archive, press: Press, *, tracked: bool = False
) -> tuple[dict[str, bytes], MailCosts]:
    """Write the e-mail at the fullest length that stays within the budgets (the rest is on the web); say what it costs.

    `tracked` tells that the archive has pages of trials to lead to. Raises InputError for a template that breaks the
    contract of `contract.py`.
    """
    hold(press.templates)
    layout, most = for_mail(lay_out(issue, archive)), issue.masthead.mail
    pictures = Illustrations(layout, press)
    values = _values(layout, pictures, tracked=tracked)

    def printed(letter: Letter, name: str = "issue.html") -> str:
        former = {"level": "short" if letter.shortened else "full"}  # what templates of before ask for
        return press.print(f"email/{name}", letter=letter, **former, **values)

    def fits(letter: Letter) -> bool:
        page = unmarked(finish_html(printed(letter), issue.masthead))
        return words_seen(page) <= most.words and _bytes(page, most.bytes) <= most.bytes

    letter = fitted(layout, fits)
    page = printed(letter)
    marked = finish_html(whole(page, inline(page), press.templates), issue.masthead)
    html = unmarked(marked)
    hold_corrections(html, layout)
    text = finish_text(wrap(printed(letter, "issue.txt")), issue.masthead)
    subject = finish_text(plain(printed(letter, "subject.txt"), 200), issue.masthead)
    files = {
        "email.html": html.encode(),
        "email.txt": text.encode(),
        "message.eml": compose(issue, subject, text, html, pictures.within(html, str(values["web"]))),
    }
    return files, costs_of(marked, layout, letter)


def _bytes(page: str, most: int) -> int:
    """How long a page is once its styles stand on its elements; that is seen to only where it may matter."""
    return len((inline(page) if len(page) * _GROWS > most else page).encode())


def _values(layout: Layout, pictures: Illustrations, *, tracked: bool = False) -> dict[str, object]:
    masthead, theme = layout.issue.masthead, pictures.theme
    titles, short = link_words(layout.cards)
    return {
        "titles": titles,
        "short": short,
        "layout": layout,
        "issue": layout.issue,
        "masthead": masthead,
        "tracked": tracked,
        "pictures": pictures,
        "theme": theme,
        "accent": theme.accent,
        "dark": theme.dark,
        "heads": theme.heads,
        "side": "right" if layout.direction == "rtl" else "left",
        "rotation": int(layout.issue.key[5:7]),
        "empty": tuple(
            laid.part.name
            for laid in layout.parts
            if not (laid.cards or laid.corrections) and laid.part.name in _SAID_EMPTY
        ),
        "photos": masthead.pictures is not Pictures.NONE,
        "web": f"{masthead.base_url.rstrip('/')}/",
        "preheader": _preheader(layout.issue),
    }


def _preheader(issue: Issue) -> str:
    """What mail programs show beside the subject: the editors' words, or as many sentences of the opening as fit."""
    if issue.preheader:
        return plain(issue.preheader)
    among = as_written(plain(issue.intro or issue.masthead.about))
    fitting = [n for n in range(1, len(among) + 1) if len(" ".join(among[:n])) <= _PREHEADER]
    return " ".join(among[: max(fitting)]) if fitting else clip(among[0] if among else "", _PREHEADER)
