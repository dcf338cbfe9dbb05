"""What every command shares: where the newsroom is, what day it is, and which issue it is about."""

from __future__ import annotations

import functools
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pipeline.model.names import Format, Group, Section

if TYPE_CHECKING:
    from pipeline.store import Newsroom

E = TypeVar("E", bound=StrEnum)
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
            self.fail(f"“{value}” is too far in the past or future", param, ctx)
        return day


class MonthType(click.ParamType[str]):
    """An issue’s month, as 2026-12."""

    name = "month"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read the month."""
        try:
            date.fromisoformat(f"{value}-01")
        except ValueError:
            self.fail(f"“{value}” is not an issue like 2026-12", param, ctx)
        return str(value)


class OneOf(click.Choice[E]):
    """A member of a closed list, by the word that stands in files; click alone would ask for the member's name."""

    def normalize_choice(self, choice: object, ctx: click.Context | None) -> str:  # noqa: ARG002  click's
        """Give the word of a member."""
        return str(choice)


@dataclass(frozen=True, slots=True)
class Invocation:
    """What a command was called with: the newsroom's folder, the day, the moment, and the issue if one is named."""

    root: Path | None
    today: date
    now: datetime
    issue: str | None

    @property
    def newsroom(self) -> Newsroom:
        """Open the newsroom the command is about."""
        return newsroom(self.root)

    def open_issue(self, newsroom: Newsroom) -> str:
        """The issue that was named, else the one at work."""
        return self.issue or newsroom.open_issue(self.today)

    def latest_issue(self, newsroom: Newsroom) -> str:
        """The issue that was named, else the one at work if it has a queue, else the newest."""
        return self.issue or newsroom.latest_issue(self.today)


class Command(click.Command):
    """A command of `hope`: `--root` and `--today` make any run repeatable; `issue` adds `--issue`.

    Its function is given a `Invocation` first, by `click.pass_obj`.
    """

    def __init__(
        self, name: str | None, *, issue: bool = False, params: list[click.Parameter] | None = None, **more: Any
    ) -> None:
        about = [
            click.Option(["--issue"], type=MonthType(), help="The issue's month. Default: the one in progress.")
        ] * issue
        super().__init__(name, params=[*(params or []), *about, *shared_options()], **more)

    def invoke(self, ctx: click.Context) -> Any:
        """Run it with what was given before and behind its name; the latter counts more."""
        before = ctx.find_root().params
        root, today, issue = (ctx.params.pop(name, None) for name in ("root", "today", "issue"))
        ctx.obj = Invocation(root or before.get("root"), *_clock(today or before.get("today")), issue)
        return super().invoke(ctx)


@functools.cache
def shared_options() -> tuple[click.Parameter, ...]:
    """The two options that make any run repeatable, the same two for all commands."""
    return (
        click.Option(
            ["--root"], type=click.Path(path_type=Path), help="The newsletter's folder. Default: the one you are in."
        ),
        click.Option(["--today"], type=Day(), help="Pretend that today is this date."),
    )


def choosing(command: F) -> F:
    """Let a command name its items one by one, or all pending ones of a group or section at once."""
    command = click.option("--section", type=OneOf(Section), help="All pending items of this section.")(command)
    command = click.option("--group", type=OneOf(Group), help="All pending trial items of this kind.")(command)
    return click.argument("ids", nargs=-1, metavar="[ID...]")(command)


def format_option(*formats: Format) -> Callable[[F], F]:
    """Let a command write its results in one of several formats, the first of them when none is named."""
    return click.option("--format", "form", type=OneOf(formats), default=formats[0].value, show_default=True)


def remark(text: str) -> None:
    """Say on stderr what is no result."""
    click.echo(text, err=True)


def newsroom(root: Path | None) -> Newsroom:
    """Open a newsroom: the folder that was named, else the one we stand in or below."""
    from pipeline.files import Folder
    from pipeline.sources import kinds
    from pipeline.store import Newsroom

    folder = Folder.find(root or Path.cwd(), cache, exact=root is not None)
    return Newsroom(folder, {name: kind.options for name, kind in kinds().items()})


def cache() -> Path:
    """Where fetched bodies are kept for a while: $HOPELINE_CACHE, else the user's cache folder."""
    from platformdirs import user_cache_path

    named = os.environ.get("HOPELINE_CACHE")
    return Path(named) if named else user_cache_path("hopeline")


def spoken() -> str:
    """How this command was called, for advice that can be typed as it stands: `hope`, or its path when not on PATH."""
    called = Path(sys.argv[0])
    if called.name != "hope":
        return "python -m pipeline"
    if shutil.which("hope") == str(called.resolve()) or not called.is_file():
        return "hope"
    return os.path.relpath(called) if Path.cwd() in called.resolve().parents else str(called)


def _clock(day: date | None) -> tuple[date, datetime]:
    """The day and the moment a run counts as its own."""
    now = datetime.now(UTC).replace(microsecond=0)
    return (day, datetime.combine(day, now.timetz())) if day else (now.astimezone().date(), now)
