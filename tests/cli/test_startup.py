"""What a command loads before it does anything: help must come at once, and nobody pays for what he doesn't use."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.loading

NETWORK = ("httpcore2", "httpx2", "ssl")
PARSERS = ("feedparser", "nh3")
PRINTING = ("babel", "cssutils", "jinja2", "lxml", "premailer")
VALUES = ("pydantic", "rapidfuzz", "ruamel")


def loaded_by(*words):
    """The packages that a command leaves loaded."""
    return {name.partition(".")[0] for name in loaded_modules(*words)}


def loaded_modules(*words):
    """The modules that a command leaves loaded; the command itself must have gone well."""
    script = "\n".join((
        "import sys, contextlib, io",
        f"sys.argv = {['hope', *words]!r}",
        "from pipeline.__main__ import main",
        "try:",
        "    with contextlib.redirect_stdout(io.StringIO()) as told: main()",
        "except SystemExit as end: assert not end.code, end.code",
        "assert told.getvalue().strip()",
        "print(*sys.modules)",
    ))  # fmt: skip
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def loaded_with(module):
    """The modules that are loaded with one of ours."""
    script = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    return set(done.stdout.split())


def test_what_a_gather_says_needs_no_templates_either():
    assert loaded_with("pipeline.report.screens").isdisjoint(PRINTING)


@pytest.mark.parametrize("words", [("--help",), ("--version",), ("gather", "--help"), ("build", "-h")], ids=" ".join)
def test_help_loads_click_and_nothing_that_takes_its_time(words):
    found = loaded_by(*words)
    assert "click" in found
    assert found.isdisjoint((*NETWORK, *PARSERS, *PRINTING, *VALUES, "asyncio", "multiprocessing", "pebble"))


def test_the_list_of_commands_needs_click_and_closed_lists_alone():
    ours = {name for name in loaded_modules("--help") if name.startswith("pipeline.")}
    assert {name for name in ours if not name.startswith("pipeline.cli")} == {
        "pipeline.__main__",
        "pipeline.errors",
        "pipeline.model",
        "pipeline.model.names",
    }


def test_a_command_loads_its_own_module_and_no_other_commands():
    ours = loaded_modules("explain", "--help")
    assert "pipeline.cli.checking" in ours
    assert ours.isdisjoint({"pipeline.cli.queueing", "pipeline.cli.building", "pipeline.cli.deciding"})


def test_a_gather_loads_no_templates_and_no_parser():
    """Templates are for a build; parsers are for the children that read."""
    found = loaded_with("pipeline.flow.gather")
    assert "pipeline" in found
    assert found.isdisjoint((*PRINTING, *PARSERS, "pydantic", "httpcore2", "httpx2"))


def test_the_children_that_read_load_nothing_of_the_command():
    """A child loads the file of the `hope` command, as every fresh process of multiprocessing does."""
    assert "click" not in loaded_with("pipeline.__main__")
