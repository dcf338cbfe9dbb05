"""The `hope` command: options, one call, one report. The only reader of clock, environment and terminal."""

from __future__ import annotations

import atexit
import contextlib
import os
import sys
from collections.abc import Iterator
from typing import NoReturn

import click

from pipeline.cli.ending import Ending
from pipeline.cli.group import hope
from pipeline.cli.letters import show_all_letters
from pipeline.errors import PipelineError

__all__ = ["hope", "main", "report_errors"]


def main() -> NoReturn:
    """Run the command and turn expected failures into one clear message and an exit code."""
    show_all_letters()
    # We have no plugins of pydantic's; to look for them it reads what is installed, and the mail package along with it.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    ending = Ending()
    atexit.register(ending.now)  # as the first, so that it runs as the last
    with ending, report_errors():
        sys.exit(hope.main(standalone_mode=False, windows_expand_args=False) or 0)


@contextlib.contextmanager
def report_errors() -> Iterator[None]:
    """Say on stderr what is an expected failure, and end with its exit code; nothing else is caught."""
    try:
        yield
    except PipelineError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nStopped. Nothing was half written.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123  whoever read us has gone
        sys.exit(0)
