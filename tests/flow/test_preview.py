"""The page on which a mail is looked at, over real HTTP: each way of showing it, and a draft that follows its queue."""

from __future__ import annotations

import html
import re
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from newsrooms import JUNE, MAY, Room

from pipeline.cli.command import newsroom
from pipeline.demo.content import TODAY
from pipeline.flow.preview import Previewed, preview
from pipeline.model.names import Status

At = Callable[[str], Room]
Get = Callable[[str], "Page"]


class Page(str):
    """A page as it was answered, with the status and the headers."""

    __slots__ = ("headers", "status")
    status: int
    headers: dict[str, str]


@contextmanager
def shown(room: Room, *, draft: bool = False) -> Iterator[Get]:
    """Serve an issue while the block runs, and give what gets a path of it."""
    with preview(newsroom(room.root), Previewed(room.month, TODAY[room.month], draft)) as served:
        thread = threading.Thread(target=served.serve)
        thread.start()

        def get(path: str = "/mail/") -> Page:
            try:
                with urlopen(served.mail.removesuffix("/mail/") + path, timeout=180) as answer:
                    page, status, headers = Page(answer.read().decode()), answer.status, dict(answer.headers)
            except HTTPError as error:
                page, status, headers = Page(error.read().decode()), error.code, dict(error.headers)
            page.status, page.headers = status, headers
            return page

        try:
            yield get
        finally:
            served.stop()
            thread.join()


def seen(page: str) -> str:
    """The words of a page, on one line."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page)))


@pytest.fixture(scope="module")
def may(steps) -> Iterator[Get]:
    """The built issue of May; nobody writes in it."""
    with shown(Room(steps / "built")) as get:
        yield get


def test_the_page_shows_the_mail_at_three_widths_in_frames_that_can_run_nothing(may):
    page = may("/mail/")
    frames = re.findall(r"<iframe [^>]*>", page)
    assert [re.findall(r'width="(\d+)"', frame)[0] for frame in frames] == ["375", "700", "320"]
    assert all('sandbox="allow-popups allow-popups-to-escape-sandbox"' in frame for frame in frames)
    view = may("/mail/view")
    policy = view.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox allow-popups" in policy
    assert "allow-scripts" not in policy + page
    assert "script" not in page


def test_the_mail_in_a_frame_is_the_one_that_was_built(may, steps):
    built = (steps / "built/outbox" / MAY / "email.html").read_text(encoding="utf-8")
    assert seen(may("/mail/view").partition("<body")[2]) == seen(built.partition("<body")[2])


def test_dark_is_shown_by_the_mails_own_colours_and_light_without_them(may, steps):
    assert "prefers-color-scheme" in (steps / "built/outbox" / MAY / "email.html").read_text(encoding="utf-8")
    light, dark = may("/mail/view?colours=light"), may("/mail/view?colours=dark")
    assert "@media (max-width: 0px) {\nbody" in light
    assert "color-scheme: light !important" in light
    assert "@media (min-width: 0px) {\nbody" in dark
    assert "color-scheme: dark !important" in dark
    assert "prefers-color-scheme" not in light + dark


def test_forced_dark_turns_every_light_colour_and_says_that_it_is_a_simulation(may):
    forced = may("/mail/view?colours=forced")
    assert "@media (max-width: 0px) {\nbody" in forced
    assert 'bgcolor="#333333"' in forced
    assert "#ffffff" not in forced
    assert "A simulation." in may("/mail/?colours=forced")
    assert "A simulation." not in may("/mail/")


def test_text_at_twice_the_size_doubles_every_size(may):
    once, twice = (
        [float(size) for size in re.findall(r"font-size:\s*([\d.]+)px", may(f"/mail/view?text={text}"))]
        for text in ("100", "200")
    )
    assert once
    assert twice == [2 * size for size in once]


def test_pictures_come_from_this_machine_or_not_at_all(at):
    room = at("built")
    assert room.hope("build", "--draft").code == 0
    web = re.findall(r"base_url: (\S+)", (room.root / "sources.yml").read_text(encoding="utf-8"))[0]
    for draft, place in ((False, "/site/"), (True, f"/{MAY}/draft/web/")):
        with shown(room, draft=draft) as get:
            get("/mail/")
            on, off = get("/mail/view"), get("/mail/view?pictures=off")
            sources = re.findall(r'<img src="([^"]*)"', on)
            assert f"{place}logo.png" in sources
            assert sum(source.startswith(f"{place}pictures/") for source in sources) > 1
            assert all((room.outbox / source.strip("/")).is_file() for source in sources)
            assert f'src="{web}' not in on
            assert set(re.findall(r'<img src="([^"]*)"', off)) == {""}
            assert "img-src 'self';" in on.headers["Content-Security-Policy"]


def test_links_to_the_archive_lead_to_the_pages_on_this_machine(may):
    addresses = re.findall(r'<a [^>]*href="(/[^"#]*)', may("/mail/view"))
    assert f"/site/{MAY}/" in addresses
    assert {may(address).status for address in set(addresses)} == {200}
    assert re.search(r'<a [^>]*href="https://[^"]*(?:leave|unsubscribe)', may("/mail/view"))  # no page of the archive


def test_the_page_has_the_text_part_the_headers_the_costs_and_the_proof(may, steps):
    page = may("/mail/")
    folder = steps / "built/outbox" / MAY
    shown_text = html.unescape(re.findall(r'<pre class="long"[^>]*>(.*?)</pre>', page, re.DOTALL)[0])
    assert shown_text.splitlines() == (folder / "email.txt").read_text(encoding="utf-8").splitlines()
    head = (folder / "message.eml").read_bytes().decode("ascii").partition("\r\n\r\n")[0]
    for name in re.findall(r"(?m)^([A-Z][\w-]+):", head):
        assert f"<dt>{name}</dt>" in page
    size = (folder / "email.html").stat().st_size
    assert re.search(rf"<dt>Bytes of HTML</dt><dd[^>]*>{size:,} ", page)
    items = Room(steps / "built").items
    for each in items:
        if each.status is Status.APPROVED and each.headline:
            assert f'<th scope="row">{html.escape(each.headline, quote=False)}' in page.replace("&#34;", '"').replace(
                "&#39;", "'"
            )
    assert re.search(r"All that is no item</th>.*?>\d{2,3}<", page, re.DOTALL)
    assert page.count('<tr class="fine">') + page.count('<tr class="bad">') + page.count('<tr class="doubt">') > 40
    assert "all ok" in page


def test_a_fictional_newsletter_and_a_draft_say_so(at, may):
    assert 'class="banner">FICTIONAL' in may("/mail/")
    assert "DRAFT" not in seen(may("/mail/")).replace("DRAFT: ", "")
    with shown(at("written"), draft=True) as get:
        page = get("/mail/")
        assert "<title>DRAFT: FICTIONAL: " in page
        assert 'class="banner">DRAFT' in page


def test_a_reload_shows_what_changed_in_the_queue(at):
    room = at("signed")
    item = room.some(Status.APPROVED)
    with shown(room, draft=True) as get:
        before = get("/mail/")
        assert "Changed for the reload" not in before + get("/mail/view")
        room.write(room.queue_file.read_text().replace(item.headline, "Changed for the reload", 1))
        after = get("/mail/")
        assert "Changed for the reload" in after
        assert "Changed for the reload" in get("/mail/view")
        assert "What was found" in after  # its sign-off fell with the words
        line = next(n for n, text in enumerate(room.queue_file.read_text().splitlines(), 1) if f"id: {item.id}" in text)
        places = [int(n) for n in re.findall(rf"outbox/{MAY}/queue\.yml:(\d+):\d+</code>", after)]
        assert any(line <= n <= line + 40 for n in places)


def test_a_broken_queue_is_said_with_file_and_line_and_the_server_goes_on(at):
    room = at("signed")
    good = room.queue_file.read_text()
    with shown(room, draft=True) as get:
        room.write(good.replace("  headline:", "  hedline:", 1))
        line = room.queue_file.read_text().split("  hedline:")[0].count("\n") + 1
        for path in ("/mail/", f"/{MAY}/draft/web/index.html"):
            page = get(path)
            assert page.status == 422
            assert f"outbox/{MAY}/queue.yml:{line}:" in page
            assert "did you mean “headline”" in page
            assert "Traceback" not in page
        assert get("/mail/style.css").status == 200
        room.write(good)
        assert get("/mail/").status == 200
        assert get(f"/{MAY}/draft/web/index.html").status == 200


def test_a_broken_template_of_the_newsrooms_own_is_said_with_file_and_line(at):
    room = at("signed")
    own = room.root / "templates/email/issue.html"
    own.parent.mkdir(parents=True)
    good = newsroom(room.root).folder.templates()["email/issue.html"]
    line = good.partition("<h1>")[0].count("\n") + 1
    with shown(room, draft=True) as get:
        for broken in ("<h1>{% endfo %}", "<h1>{{ masthead.nam }}", '<h1>{% include "email/absent.html" %}'):
            own.write_text(good.replace("<h1>", broken, 1), encoding="utf-8")
            page = get("/mail/")
            assert page.status == 422
            assert f"templates/email/issue.html:{line}:1: " in page
        assert "there is no templates/email/absent.html" in page
        own.write_text(good, encoding="utf-8")
        assert get("/mail/").status == 200


def test_words_of_the_newsrooms_own_that_are_broken_from_the_start_can_be_mended_while_it_runs(at):
    room = at("signed")
    own = room.root / "templates/web/words.txt"
    own.parent.mkdir(parents=True)
    good = newsroom(room.root).folder.templates()["web/words.txt"]
    own.write_text(f"{{% broken %}}\n{good}", encoding="utf-8")
    with shown(room, draft=True) as get:
        page = get("/mail/")
        assert (page.status, "templates/web/words.txt:1:1: " in page) == (422, True)
        own.write_text(good, encoding="utf-8")
        assert get("/mail/").status == 200


def test_an_issue_built_with_other_templates_says_that_its_costs_are_not_known(at):
    room = at("both")
    assert room.month == JUNE
    with shown(room) as get:
        assert "Not known" not in get("/mail/")
        mail = room.outbox / JUNE / "email.html"
        mail.write_bytes(mail.read_bytes().replace(b"</h1>", b"!</h1>", 1))
        assert "Not known: this issue was built with other templates" in get("/mail/")


def test_who_leaves_before_the_answer_leaves_no_trace(steps, capfd):
    """As a reload does while a draft is built."""
    with preview(newsroom(steps / "built"), Previewed(MAY, TODAY[MAY])) as served:
        thread = threading.Thread(target=served.serve)
        thread.start()
        host, port = served.mail.split("/")[2].split(":")
        for path in ("/mail/", f"/site/{MAY}/index.html"):
            with socket.create_connection((host, int(port))) as gone:
                gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # cut off, not closed
                gone.sendall(f"GET {path} HTTP/1.0\r\n\r\n".encode())
        with urlopen(served.mail, timeout=180) as answer:
            assert answer.status == 200
        served.stop()
        thread.join()
    assert capfd.readouterr().err == ""


def test_nothing_else_changes_for_the_pages(may):
    assert may("/").startswith("<!DOCTYPE html>")
    assert may("/mail").startswith("<!DOCTYPE html>")
    assert may(f"/site/{MAY}/").status == 200
    assert may("/nothing").status == 404
    assert may("/mail/?colours=nonsense&pictures=&text=300").count('aria-current="true"') == 3
