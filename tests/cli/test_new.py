"""`hope new` makes a newsroom that works at once, says all that is missing, and overwrites nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest
from newsrooms import MAY, REPO, Room, hope
from pngs import png

from pipeline.config import parse_config
from pipeline.demo.content import TODAY
from pipeline.language.terms import terms
from pipeline.sources import kinds

GIVEN = ("--name", "Hope: #1 “today”", "--base-url", "https://news.example.org/", "--sender", "H <e@news.example.org>")
PEOPLE = ("--person", "anna=Anna Müller:editor,writer", "--person", "m=Dr M: the second:medical")


def read(folder):
    text = (folder / "sources.yml").read_text(encoding="utf-8")
    return parse_config(text, "sources.yml", {name: kind.options for name, kind in kinds().items()}, terms().conditions)


def test_what_was_given_stands_in_the_file_with_the_sources_that_are_switched_on(tmp_path):
    words = ("--condition", "lupus", "--condition", "myasthenia gravis", "--language", "de")
    said = hope("new", str(tmp_path / "a"), *GIVEN, *PEOPLE, *words)
    assert said.code == 0, said.text
    config = read(tmp_path / "a")
    letter = config.newsletter
    assert letter.name == "Hope: #1 “today”"
    assert (letter.base_url, letter.sender) == ("https://news.example.org/", "H <e@news.example.org>")
    assert (letter.contact, letter.language) == ("e@news.example.org", "de")
    assert letter.topics.conditions == ("lupus", "myasthenia gravis")
    assert [(p.key, p.name, list(p.roles)) for p in letter.people] == [
        ("anna", "Anna Müller", ["editor", "writer"]),
        ("m", "Dr M: the second", ["medical"]),
    ]
    assert all("Placeholder" in p.interests for p in letter.people)
    bundled = read(REPO)
    assert config.sources == tuple(s for s in bundled.enabled if s.language in {"en", "de"})
    assert len(config.sources) > 20
    shown = [line for line in said.out.splitlines() if line.startswith("  ")]
    assert [next(w for w in line.split() if w in {"gather", "sources", "queue"}) for line in shown] == [
        "gather",
        "sources",
        "queue",
    ]
    assert max(map(len, said.out.replace(str(tmp_path), "").splitlines())) <= 80
    assert hope("sources", "--root", str(tmp_path / "a")).code == 0


def test_everything_that_is_missing_is_said_at_once(tmp_path):
    words = [sys.executable, "-m", "pipeline", "new", str(tmp_path / "a"), "--name", "A"]
    said = subprocess.run(
        words, cwd=REPO, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60
    )
    assert said.returncode == 2
    assert "--base-url, --sender, --person" in said.stderr
    assert "--name," not in said.stderr
    assert not (tmp_path / "a").exists()


def test_every_fault_is_said_at_once_and_nothing_is_written(tmp_path):
    words = ("--name", "A", "--base-url", "nowhere", "--sender", "nobody", "--person", "a=A:editor")
    said = hope("new", str(tmp_path / "a"), *words, "--condition", "lupuss")
    assert said.code == 2
    for fault in ("a web address that ends in", "must hold an e-mail address", "did you mean “lupus”", "medical must"):
        assert fault in said.err
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("written", ["anna", "anna=Anna", "anna=:editor", "=Anna:editor", "a=A:editor,boss", "a=A:"])
def test_a_person_written_otherwise_is_refused_with_an_example(tmp_path, written):
    said = hope("new", str(tmp_path / "a"), *GIVEN, "--person", written)
    assert said.code == 2
    assert "anna=Anna Example:editor" in said.err
    assert not (tmp_path / "a").exists()


def test_a_newsroom_that_is_there_is_never_overwritten(at):
    room = at("built")
    before = room.files()
    said = hope("new", str(room.root), "--like", "demo")
    assert said.code == 2
    assert "already" in said.err
    assert room.files() == before


def test_a_newsroom_like_another_one_has_its_settings_and_sources_and_gathers(at, tmp_path):
    pattern = at("gathered")
    said = hope("new", str(tmp_path / "own"), "--like", str(pattern.root), "--name", "Own")
    assert said.code == 0, said.text
    old, new = read(pattern.root), read(tmp_path / "own")
    assert new.newsletter.name == "Own"
    assert new.newsletter.people == old.newsletter.people
    assert new.newsletter.fictional == old.newsletter.fictional
    assert new.sources == old.sources
    room = Room(tmp_path / "own")
    with room.served():
        gathered = room.hope("gather", today=TODAY[MAY])
    assert gathered.code == 0, gathered.text
    assert [i.id for i in room.items] == [i.id for i in pattern.items]


def test_a_newsroom_like_the_demo_keeps_real_sources(tmp_path):
    assert hope("new", str(tmp_path / "own"), "--like", "DEMO").code == 0
    config = read(tmp_path / "own")
    assert config.newsletter.fictional
    assert [p.key for p in config.newsletter.people] == ["anna", "dr-m", "sam"]
    assert all("127.0.0.1" not in s.url for s in config.sources)


@pytest.mark.skipif(os.name == "nt", reason="no such terminal there")
def test_at_a_terminal_it_asks(tmp_path):
    import pty

    answers = ["Own", "https://own.example.org/", "Own <e@own.example.org>", "de", "Anna", "Dr B", "lupus, myositis"]
    leader, follower = pty.openpty()
    words = [sys.executable, "-m", "pipeline", "new", str(tmp_path / "own")]
    with subprocess.Popen(words, cwd=REPO, stdin=follower, stdout=follower, stderr=follower) as running:
        os.close(follower)
        os.write(leader, "".join(f"{each}\n" for each in answers).encode())
        end = time.monotonic() + 60
        while running.poll() is None and time.monotonic() < end:
            time.sleep(0.05)
        running.kill()
    shown = os.read(leader, 65536).decode()
    os.close(leader)
    assert running.returncode == 0, shown
    assert "Who signs as medical" in shown
    letter = read(tmp_path / "own").newsletter
    assert (letter.name, letter.language, letter.topics.conditions) == ("Own", "de", ("lupus", "myositis"))
    assert [(p.key, p.name) for p in letter.people] == [("anna", "Anna"), ("dr-b", "Dr B")]


def test_looks_and_bounds_of_another_newsroom_come_along_but_not_its_logo(tmp_path):
    assert hope("new", str(tmp_path / "a"), *GIVEN, *PEOPLE).code == 0
    path = tmp_path / "a" / "sources.yml"
    text = path.read_text(encoding="utf-8")
    assert "  mail: {words: 1300, bytes: 90000} # the most" in text
    for old, new in (
        ("heads: serif", "heads: sans"),
        ("words: 1300", "words: 900"),
        ("pictures: all", "pictures: none"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    (tmp_path / "a" / "mark.png").write_bytes(png())
    path.write_text(text.replace("  logo:", "  logo: mark.png"), encoding="utf-8")
    assert hope("new", str(tmp_path / "b"), "--like", str(tmp_path / "a")).code == 0
    letter = read(tmp_path / "b").newsletter
    assert (letter.heads, letter.mail.words, letter.pictures, letter.logo) == ("sans", 900, "none", "")
    assert hope("sources", "--root", str(tmp_path / "b")).code == 0
