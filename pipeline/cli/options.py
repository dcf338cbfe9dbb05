"""What every command shares: where the newsroom is, what day it is, and how failures are told."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pipeline.errors import PipelineError

if TYPE_CHECKING:
    from pipeline.store import Newsroom

F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A day, as 2026-12-31."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day."""
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"“{value}” is not a date like 2026-12-31", param, ctx)
        if not 1990 <= day.year <= 2199:
            self.fail(f"“{value}” is far out of our time", param, ctx)
        return day


class Issue(click.ParamType[str]):
    """An issue’s month, as 2026-12."""

    name = "month"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read the month."""
        try:
            date.fromisoformat(f"{value}-01")
        except ValueError:
            self.fail(f"“{value}” is not an issue like 2026-12", param, ctx)
        return str(value)


def common(command: F) -> F:
    """Give a command the two options that make any run repeatable."""
    command = click.option("--today", type=Day(), help="Run as if this were the day.")(command)
    return click.option("--root", type=click.Path(path_type=Path), help="The newsletter's folder.")(command)


def issue_option(command: F) -> F:
    """Let a command name the issue it is about."""
    return click.option("--issue", type=Issue(), help="Which issue; else the one at work.")(command)


@contextlib.contextmanager
def told() -> Iterator[None]:
    """Tell expected failures on stderr; nothing else is caught."""
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


def newsroom(root: Path | None) -> Newsroom:
    """Open the newsroom a command is about."""
    from pipeline.files import Folder
    from pipeline.language.conditions import plain_conditions
    from pipeline.sources import kinds
    from pipeline.store import Newsroom

    given = root or said("root")
    folder = Folder.find(given or Path.cwd(), cache(), exact=given is not None)
    return Newsroom(folder, {name: kind.options for name, kind in kinds().items()}, plain_conditions())


def cache() -> Path:
    """Where fetched bodies are kept for a while: $HOPELINE_CACHE, else the user's cache folder."""
    from platformdirs import user_cache_path

    told = os.environ.get("HOPELINE_CACHE")
    return Path(told) if told else user_cache_path("hopeline")


def said(name: str) -> Any:
    """What was given before the command’s name."""
    ctx = click.get_current_context(silent=True)
    return ctx.find_root().obj.get(name) if ctx and ctx.find_root().obj else None


def clock(today: date | None) -> tuple[date, datetime]:
    """The day and the moment a run counts as its own."""
    day = today or said("today")
    now = datetime.now(UTC).replace(microsecond=0)
    return (day, datetime.combine(day, now.timetz())) if day else (now.astimezone().date(), now)


def spoken() -> str:
    """How this command was called, for advice that can be typed as it stands: `hope`, or its path when not on PATH."""
    called = Path(sys.argv[0])
    if called.name != "hope":
        return "python -m pipeline"
    if shutil.which("hope") == str(called.resolve()) or not called.is_file():
        return "hope"
    return os.path.relpath(called) if Path.cwd() in called.resolve().parents else str(called)
