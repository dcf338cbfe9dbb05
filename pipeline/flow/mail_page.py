"""The page on which a mail is looked at before it goes: as readers see it, what it costs them, and what is proven."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from email.policy import SMTP

from pipeline.errors import PipelineError
from pipeline.flow.build import BuildOptions, build, press
from pipeline.model.costs import FRAME, MailCosts
from pipeline.model.finding import Finding
from pipeline.model.issue import Issue
from pipeline.model.names import Heads
from pipeline.proof import FILES, prove
from pipeline.proof.finished import read
from pipeline.render.letter import words_seen
from pipeline.render.press import Press
from pipeline.render.simulate import Scheme, View, simulate
from pipeline.store import Newsroom, queue_name
from pipeline.theme import HOUSE, Theme

_ENDING = re.compile(r"[?#].*")


@dataclass(frozen=True, slots=True)
class _Mail:
    """A mail as it was when somebody looked: its issue, its files, what it costs, what was found in a draft."""

    issue: Issue
    files: Mapping[str, bytes]
    costs: MailCosts | None
    findings: tuple[Finding, ...] = ()


class MailPage:
    """The mail of an issue, or of its draft on a `day`, made anew each time that the page is asked for.

    All methods but `trouble` raise PipelineError when the mail can't be made or read.
    """

    def __init__(self, newsroom: Newsroom, issue: str, day: date | None) -> None:
        self._newsroom = newsroom
        self._issue = issue
        self._day = day
        self._first = Press(newsroom.folder.templates())  # what breaks in one meanwhile can still be told
        self._latest: _Mail | None = None
        self._making = threading.Lock()

    def printed(self, view: View) -> str:
        """Print the page, which shows the mail in a view."""
        mail = self.renew()
        finished = read(mail.files, self._newsroom.config.newsletter)
        hidden = finished.sent.root.xpath("string(//*[@class='preheader'])")
        return Press(self._newsroom.folder.templates()).print(
            "preview/mail.html",
            issue=mail.issue,
            masthead=mail.issue.masthead,
            asked=_asked(view),
            headers=[(each, SMTP.header_factory(each.name, each.value)) for each in finished.headers],
            pieces=[part for part in finished.message.walk() if not part.is_multipart()],
            message=finished.message,
            size=len(finished.raw),
            preheader=" ".join(str(hidden).replace("\u034f", "").replace("\u200c", "").split()),
            text=finished.text,
            words=words_seen(mail.files["email.html"].decode("utf-8", "replace")),
            bytes=len(mail.files["email.html"]),
            costs=mail.costs,
            frame=FRAME,
            rulings=prove(mail.files, self._newsroom.config.newsletter, mail.issue),
            findings=[each for each in mail.findings if not each.waived],
            queue=queue_name(self._issue),
            pages=f"/{self._folder}/web/index.html" if self._day else f"/site/{self._issue}/index.html",
        )

    def mail(self, view: View) -> str:
        """Make the mail in a view, as it was when the page was last asked for."""
        mail = self._latest or self.renew()
        web = f"{mail.issue.masthead.base_url.rstrip('/')}/"
        html = mail.files["email.html"].decode("utf-8", "replace")
        return simulate(html, view, lambda address: self._local(address, web))

    def style(self) -> str:
        """Print the page's style sheet."""
        head = self._latest and self._latest.issue.masthead
        return self._first.print(
            "preview/style.css", theme=self._first.theme(head) if head else Theme.of(HOUSE, Heads.SERIF)
        )

    def trouble(self, error: PipelineError) -> str:
        """Print a page that says why there is nothing to see."""
        return self._first.print("preview/trouble.html", issue=self._issue, draft=self._day is not None, why=str(error))

    def renew(self) -> _Mail:
        """Build the draft anew, or read the files of the built issue as they are now."""
        with self._making:
            self._latest = self._draft(self._day) if self._day else self._built(self._latest)
            return self._latest

    @property
    def _folder(self) -> str:
        return f"{self._issue}/draft" if self._day else self._issue

    def _draft(self, day: date) -> _Mail:
        done = build(self._newsroom, self._issue, day, BuildOptions(draft=True))
        assert done.issue is not None, "a draft is built whatever blocks"
        return _Mail(done.issue, self._files(), done.costs, done.findings)

    def _built(self, before: _Mail | None) -> _Mail:
        """Read a built issue; what it costs is known where the same files come of it today."""
        files = self._files()
        issue = next(each for each in self._newsroom.built.issues if each.key == self._issue)
        if before and before.issue == issue and before.files == files:
            return before
        made = press(self._newsroom, issue)
        same = made.files["email.html"] == files["email.html"]
        return _Mail(issue, files, made.costs if same else None)

    def _files(self) -> dict[str, bytes]:
        return {name: self._newsroom.folder.content(f"outbox/{self._folder}/{name}") for name in FILES}

    def _local(self, address: str, web: str) -> str:
        """Say where a page or picture of the archive lies in the outbox; other addresses stay as they are."""
        if not address.startswith(web):
            return address
        path = address.removeprefix(web)
        own = f"{self._folder}/web/{path.removeprefix(f'{self._issue}/')}"
        there = (each for each in (own, f"site/{path}") if self._newsroom.folder.has(f"outbox/{_ENDING.sub('', each)}"))
        return next((f"/{each}" for each in there), address)


def read_view(query: Mapping[str, str]) -> View:
    """Read which view is asked for; what isn't said, or isn't known, is as most programs have it."""
    scheme = query.get("colours", "")
    return View(
        scheme=Scheme(scheme) if scheme in set(Scheme) else Scheme.LIGHT,
        pictures=query.get("pictures") != "off",
        twice=query.get("text") == "200",
    )


def _asked(view: View) -> dict[str, str]:
    """Write a view as it is asked for."""
    return {
        "colours": view.scheme,
        "pictures": "on" if view.pictures else "off",
        "text": "200" if view.twice else "100",
    }
