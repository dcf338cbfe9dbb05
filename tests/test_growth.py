"""How many files a change takes: each done on a copy of the package, as somebody would who adds to it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from newsrooms import REPO
from package_copy import copy_package, run_in

PAGE = '''\
"""Who signed what we printed."""

from pipeline.render.pages import PageKind


def _pages(site):
    for issue in site.archive.issues:
        yield f"people/{issue.key}/index.html", {"credits": issue.credits}


PAGE_KIND = PageKind("web/people.html", _pages, path="people/2026-12/index.html")
'''
TEMPLATE = """\
{% extends "web/page.html" %}
{% block title %}Who signed, {% endblock %}
{% block link %}Who signed & when{% endblock %}
{% block content %}
<h1>Who signed</h1>
<ul>{% for each in credits %}<li>{{ each.name }}</li>{% endfor %}</ul>
<p><a href="{{ links.page("index.html") }}">All issues</a></p>
{% endblock %}
"""
BUILD = """
from issues import earlier_issue, sample_issue, templates
from pipeline.render import render
site = render(sample_issue(), (earlier_issue(),), templates()).site
page = site["people/2026-12/index.html"].decode()
assert all(each.name in page for each in sample_issue().credits), page
assert 'href="../../index.html"' in page
assert "people/2026-12/" in site["sitemap.xml"].decode()
linked = [path for path in site if path.endswith(".html") and path != "404.html"]  # its links are whole
assert {path.count("/") for path in linked} == {0, 1, 2}
for path in linked:
    folder = "../" * path.count("/")
    assert f'<a href="{folder}people/2026-12/index.html">Who signed & when</a>' in site[path].decode(), path
print(sum(path.startswith("people/") for path in site))
"""


def test_a_kind_of_page_is_its_file_and_its_template(tmp_path: Path) -> None:
    copy_package(tmp_path)
    shutil.copytree(REPO / "tests", tmp_path / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "pipeline/render/pages/people.py").write_text(PAGE, encoding="utf-8")
    (tmp_path / "templates/web/people.html").write_text(TEMPLATE, encoding="utf-8")
    assert run_in(tmp_path, f"import sys; sys.path.insert(0, 'tests')\n{BUILD}") == "2"


SETTING = """
from dataclasses import replace
from pathlib import Path
from pipeline.config import parse_config
from pipeline.demo.newsroom import sources_yml
from pipeline.files import Folder
from pipeline.flow.new import new
from pipeline.sources import kinds
options = {name: kind.options for name, kind in kinds().items()}
text = sources_yml("http://127.0.0.1:1").replace("  language: en\\n", "  language: en\\n  motto: Slow news\\n", 1)
letter = parse_config(text, "sources.yml", options).newsletter
assert letter.motto == "Slow news"
there = Folder(Path("room").resolve(), Path("cache").resolve())
new(there, letter, options, ())
assert "  motto: Slow news # what stands below the name\\n" in there.read("sources.yml")
print(parse_config(there.read("sources.yml"), "sources.yml", options).newsletter.motto)
"""


def test_a_setting_is_its_field_and_its_words_in_the_documentation(tmp_path: Path) -> None:
    copy_package(tmp_path)
    for name in ("tests", "docs"):
        shutil.copytree(REPO / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("README.md", "CONTRIBUTING.md", "pyproject.toml"):
        shutil.copy(REPO / name, tmp_path / name)
    _edit(
        tmp_path / "pipeline/model/settings.py",
        '    fictional: str = ""\n',
        '    motto: str = _line("what stands below the name", default="")\n    fictional: str = ""\n',
    )
    assert _documented(tmp_path) == 1  # what the documentation lacks fails the suite
    _edit(tmp_path / "docs/editors.md", "`accent` (colour)", "`accent` (colour), `motto` (below the name)")
    assert _documented(tmp_path) == 0
    assert run_in(tmp_path, SETTING) == "Slow news"


def _documented(folder: Path) -> int:
    """Run the tests that hold settings and documentation together; the exit code."""
    ask = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "tests/test_docs.py"]
    done = subprocess.run(
        [*ask, "-k", "every_setting"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        check=False,
    )
    return done.returncode


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
