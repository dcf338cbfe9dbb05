"""The recipes of docs/publishing.md, tried on folders and a bare repository."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import lxml.html
import pytest
from newsrooms import REPO, Room, files_in
from searching import need_pagefind

PAGE = (REPO / "docs" / "publishing.md").read_text(encoding="utf-8")


def recipe(title: str) -> list[str]:
    """The commands under a heading."""
    part = PAGE[PAGE.index(f"## {title}") :]
    return part.split("```\n")[1].splitlines()


def run(room: Room, commands: list[str], instead: dict[str, str]) -> None:
    """Run a recipe in a newsroom, with addresses that are here in the place of those in the docs."""
    told = "\n".join(commands)
    for old, new in instead.items():
        told = told.replace(old, new)
    for command in told.splitlines():
        if command.startswith("hope "):
            said = room.hope(*(str(room.root / w) if w.startswith("../") else w for w in command.split()[1:]))
            assert said.code == 0, said.text
        else:
            me = ["-c", "user.name=Anna", "-c", "user.email=anna@example.org"]
            words = re.sub(r"^git ", f"git {' '.join(me)} ", command)
            subprocess.run(words, shell=True, cwd=room.root, check=True, capture_output=True)


@pytest.mark.skipif(shutil.which("rsync") is None, reason="no rsync here")
def test_a_web_host_by_rsync_gets_what_differs_and_keeps_what_is_not_ours(at, tmp_path):
    room, host = at("both"), tmp_path / "host"
    host.mkdir()
    (host / "CNAME").write_text("news.example.org\n")
    instead = {"you@host.example:/srv/www/hope": str(host), "../hope-site": str(tmp_path / "copy")}
    for _ in range(2):
        run(room, recipe("A web host by rsync"), instead)
        assert files_in(host) == {"CNAME": b"news.example.org\n", **files_in(room.outbox / "site")}
        (host / "index.html").write_text("defaced")
    run(room, recipe("A web host by rsync"), instead)
    assert files_in(host)["index.html"] == (room.outbox / "site" / "index.html").read_bytes()


@pytest.mark.skipif(shutil.which("git") is None, reason="no git here")
def test_a_git_pages_host_serves_the_archive_below_a_path(at, tmp_path):
    room, bare, served = at("both"), tmp_path / "hope.git", tmp_path / "domain" / "hope"
    seed = f"git init --bare -b pages {bare} && git clone {bare} seed && cd seed && git checkout -b pages"
    seed += " && echo news.example.org > CNAME && git add CNAME && git -c user.name=A -c user.email=a@example.org"
    seed += " commit -m Start && git push origin pages"
    subprocess.run(seed, shell=True, cwd=tmp_path, check=True, capture_output=True)
    run(room, recipe("A git pages host"), {"git@host.example:you/hope.git": str(bare)})
    subprocess.run(["git", "clone", "-q", "--branch", "pages", str(bare), str(served)], check=True)
    shutil.rmtree(served / ".git")
    own = {"CNAME": b"news.example.org\n", ".nojekyll": b""}
    assert files_in(served) == {**own, **files_in(room.outbox / "site")}
    assert _dead_links(served) == []


def test_the_recipe_of_search_makes_an_index_and_may_publish_at_once(at, tmp_path):
    need_pagefind()
    room = at("both")
    run(room, recipe("Search"), {})
    assert (room.outbox / "site" / "pagefind" / "pagefind.js").exists()
    (said,) = re.findall(r"`(hope site --search --to [^`]+)`", PAGE)
    run(room, [said], {"../hope-pages": str(tmp_path / "pages")})
    assert files_in(tmp_path / "pages") == files_in(room.outbox / "site")
    assert _dead_links(tmp_path / "pages") == []


def _dead_links(served: Path) -> list[tuple[str, str]]:
    """Links within a served folder that lead to no file of it."""
    dead = []
    for page in served.rglob("*.html"):
        if page.name != "404.html":  # it can't know how deep it is asked for
            links = lxml.html.fromstring(page.read_bytes()).xpath("//@href | //@src")
            local = (link.partition("#")[0] for link in links if not re.match(r"[a-z]+:|#|$", link))
            dead += [(str(page), link) for link in local if not (page.parent / link).is_file()]
    return dead
