"""The wheel holds all that the program needs. `make wheel` goes on from here: it installs it and runs the demo."""

from __future__ import annotations

import subprocess
import sys
import zipfile

import pytest
from newsrooms import REPO
from wheel import built

from pipeline import __version__


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return built(tmp_path_factory.mktemp("wheel"))


def files_of(*names):
    """All files of the checkout below some paths, relative to it, without what Python made of them."""
    found = (each for name in names for each in [REPO / name, *(REPO / name).rglob("*")] if each.is_file())
    return {each.relative_to(REPO).as_posix() for each in found if each.suffix != ".pyc"}


def test_the_wheel_holds_the_package_and_what_editors_own_and_nothing_else(wheel):
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    own = {f"pipeline/shipped/{name}" for name in files_of("templates", "glossary.yml", "sources.yml")}
    assert own > {"pipeline/shipped/glossary.yml", "pipeline/shipped/sources.yml"}
    assert inside == files_of("pipeline") | own


def test_the_wheel_bears_the_version_of_the_program(wheel):
    assert wheel.name.startswith(f"hopeline-{__version__}-")


def test_an_installed_program_reads_the_files_of_its_own_wheel(wheel, tmp_path):
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    (tmp_path / "site" / "templates").mkdir()  # of another program
    (tmp_path / "site" / "glossary.yml").write_text("another program's")
    (tmp_path / "newsroom").mkdir()
    script = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from pipeline.files import Folder, shipped
folder = Folder(Path("newsroom"), Path("cache"))
print(shipped())
print(len(folder.templates()), len(folder.glossary()), len((shipped() / "sources.yml").read_text("utf-8")))
"""
    words = [sys.executable, "-c", script, str(tmp_path / "site")]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60)
    place, sizes = done.stdout.splitlines()
    assert place == str(tmp_path / "site" / "pipeline" / "shipped")
    templates = [name for name in files_of("templates") if name.endswith((".html", ".txt", ".xml", ".css", ".js"))]
    lengths = [len((REPO / name).read_text("utf-8")) for name in ("glossary.yml", "sources.yml")]
    assert sizes == f"{len(templates)} {lengths[0]} {lengths[1]}"
