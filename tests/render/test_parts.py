"""Every signed item stands in a part of the issue; a new section is two edits, and nothing is swallowed."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from issues import earlier_issue, sample_issue, templates
from lxml import html
from newsrooms import JUNE, REPO
from tracked import TWO, tracks

from pipeline.errors import InputError
from pipeline.model.names import Section
from pipeline.render import render
from pipeline.render.archive import Archive
from pipeline.render.layout import PARTS, lay_out
from pipeline.render.press import FORMER, set_up

BUILD = """
from dataclasses import replace
from issues import sample_issue, templates
from pipeline.model.names import Section
from pipeline.render import render
issue = sample_issue()
new = replace(next(i for i in issue.stories if i.section is Section.STOPPED), id="2026-12/pregnancy", section=Section("families"),
              headline="What is known about pregnancy afterwards")
issue = replace(issue, stories=(*issue.stories, new))
edition = render(issue, (), templates())
for name, content in (("email.html", edition.files["email.html"]), ("email.txt", edition.files["email.txt"]),
                      ("page", edition.site["2026-12/index.html"])):
    text = content.decode() if isinstance(content, bytes) else content
    assert "What is known about pregnancy afterwards" in text, name
    assert "For families" in text, name
print("all three")
"""


def issue_and_archive():
    issue = sample_issue()
    return issue, Archive.of(issue, (earlier_issue(),))


def test_every_item_stands_in_exactly_one_part():
    layout = lay_out(*issue_and_archive())
    assert sorted(c.printed.slug for c in layout.cards) == sorted(i.slug for i in sample_issue().stories)


@pytest.mark.parametrize("section", Section)
def test_every_section_has_a_part(section):
    issue, archive = issue_and_archive()
    cards = [c for c in lay_out(issue, archive).cards if c.item.section is section]
    assert all(any(part.belongs(card) for part in PARTS) for card in cards)
    assert cards


def test_an_item_that_no_part_takes_is_a_clear_error_and_not_a_silence():
    issue, archive = issue_and_archive()
    without = tuple(part for part in PARTS if part.name != "safety")
    with pytest.raises(InputError, match="no part of the issue takes the section “safety”") as printed:
        lay_out(issue, archive, without)
    assert all(i.id in str(printed.value) for i in issue.stories if i.section in {Section.SAFETY, Section.REGULATION})


def test_a_newsrooms_own_template_may_ask_for_one_part_by_name():
    own = """{% for c in layout.research %}{{ c.item.id }} {% endfor %}{{ layout.depth.item.id }} {{ layout.heaps|length > 0 }}"""
    layout = lay_out(*issue_and_archive())
    printed = set_up({"own.txt": own}).print("own.txt", layout=layout)
    assert printed.split() == [*(c.item.id for c in layout["research"]), layout["depth"][0].item.id, "True"]
    with pytest.raises(InputError, match=r"templates/own\.txt:1:1: .*nowhere"):
        set_up({"own.txt": "{{ layout.nowhere.at }}"}).print("own.txt", layout=layout)


def test_a_newsrooms_own_templates_may_use_the_names_of_before():
    """Every name that templates were ever given, in all that come with the program: the same files, byte for byte."""
    name = re.compile(
        r'"[^"]*"|(?<=\.)(?:printed|number|change_type|milestones|plain_status|latest_changes|lists)\b|'
        r"\b(?:layouts?|archive|links|change_types|pagination)\b"
    )  # a word in quotes is no name
    code = re.compile(r"{{.*?}}|{%.*?%}", re.DOTALL)
    own = {
        path: code.sub(lambda part: name.sub(lambda found: FORMER.get(found[0], found[0]), part[0]), text)
        for path, text in templates().items()
    }
    assert own != templates()
    assert set(re.findall(r"\w+", "".join(own.values()))) >= set(FORMER.values())
    issues = (earlier_issue(), sample_issue())
    assert render(issues[-1], issues, own, tracks(TWO)) == render(issues[-1], issues, templates(), tracks(TWO))


def test_words_of_a_newsrooms_own_are_filled_in_with_those_that_came(at):
    """Those of before the mail had rows, with a word of her own, a table that lacks a word, and an error in them."""
    room = at("both")
    came = templates()["web/words.txt"]
    own = re.sub(
        r"{% set (THERAPIES|MOVED_ONLINE|NOT_ADVICE_SHORT|ROWS_LEAD) = (\{.*?\n\}|\".*?\") %}\n",
        "",
        came,
        flags=re.DOTALL,
    )
    own = own.replace('  "minute": "This month in a minute",\n', "").replace('"In depth"', '"At length"')
    assert len(came) - len(own) > 600
    assert len(own.splitlines()) < len(came.splitlines()) - 10
    file = room.root / "templates" / "web" / "words.txt"
    file.parent.mkdir(parents=True)
    file.write_text(own, "utf-8")
    before = (room.outbox / JUNE / "email.html").read_text("utf-8")
    assert room.hope("build", "--issue", JUNE, "--again").code == 0
    after = (room.outbox / JUNE / "email.html").read_text("utf-8")
    assert after == before.replace(">In depth<", ">At length<")
    assert after != before
    file.write_text(own + "{% set WRONG = %}\n", "utf-8")
    wrong = room.hope("build", "--issue", JUNE, "--again")
    assert f"templates/web/words.txt:{len(own.splitlines()) + 1}:" in wrong.err


def test_a_newsrooms_own_mail_of_before_still_prints_its_items():
    items = "{% for l in layout.parts %}{% for c in l.cards %}{{ card(c, l.part.full and level != 'bare') }}{% endfor %}{% endfor %}"
    own = {
        f"email/issue.{kind}": f"{{% from 'email/_parts.{kind}' import card with context %}}{items}{{{{ layout.leave.href }}}}"
        for kind in ("html", "txt")
    }
    files = render(sample_issue(), (earlier_issue(),), templates() | own).files
    for item in sample_issue().stories:
        assert (item.headline or "") in " ".join(html.fromstring(files["email.html"]).text_content().split())
        assert (item.headline or "") in " ".join(files["email.txt"].decode().split())
    assert "level" not in templates()["email/issue.html"]


def test_a_newsrooms_own_page_that_names_no_link_is_linked_by_its_title():
    own = templates() | {
        path: re.sub(r"{% block link %}.*\n", "", templates()[path])
        for path in ("web/glossary.html", "web/corrections.html")
    }
    home = render(sample_issue(), (), own).site["index.html"].decode()
    assert '<a href="corrections/index.html">Corrections</a>' in home
    assert '<a href="glossary/index.html">Words explained</a>' in home


def test_a_new_section_is_its_name_and_its_words(tmp_path: Path):
    for each in ("pipeline", "templates", "tests"):
        shutil.copytree(REPO / each, tmp_path / each, ignore=shutil.ignore_patterns("__pycache__"))
    names, words = tmp_path / "pipeline/model/names.py", tmp_path / "templates/web/words.txt"
    _edit(names, '    REGULATION = "regulation"\n', '    REGULATION = "regulation"\n    FAMILIES = "families"\n')
    _edit(
        words,
        '  "safety": "Safety and regulation",\n',
        '  "safety": "Safety and regulation",\n  "families": "For families",\n',
    )
    done = subprocess.run(
        [sys.executable, "-c", BUILD],
        cwd=tmp_path,
        env={"PYTHONPATH": f"{tmp_path}:{tmp_path / 'tests'}"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout.strip() == "all three", done.stderr


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
