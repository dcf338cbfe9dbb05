"""The `hope` group: which module holds which command. A module is loaded when its command is asked for, all for help.

The modules themselves load click and closed lists alone; a command loads what it needs when it runs.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from pipeline import __version__
from pipeline.cli.command import shared_options

_COMMANDS = {
    "starting": ("new", "demo"),
    "queueing": ("gather", "sources", "queue", "show", "why", "add", "schema"),
    "deciding": ("approve", "hold", "reject", "pend", "accept", "sign"),
    "correcting": ("correct",),
    "checking": ("check", "explain"),
    "building": ("build", "site", "proof", "preview", "deliver"),
    "trials": ("trials",),
}


class LazyGroup(click.Group):
    """A group whose commands are found by name in modules that nothing else loads."""

    def __init__(self, name: str | None, *, params: list[click.Parameter] | None = None, **more: Any) -> None:
        super().__init__(name, params=[*(params or []), *shared_options()], **more)
        self._modules = {name: module for module, names in _COMMANDS.items() for name in names}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's
        """Name all commands, without loading any."""
        return sorted(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  click's
        """Load one command; None where there is none of that name."""
        if cmd_name not in self._modules:
            return None
        command = getattr(import_module(f"pipeline.cli.{self._modules[cmd_name]}"), cmd_name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80})
@click.version_option(__version__, prog_name="hope")
def hope(**_: object) -> None:
    """Make an honest newsletter on CAR-T and emerging options in autoimmune disease.

    A typical month: gather, write in the queue, check, sign, build, preview.
    New here? `hope demo` runs two fictional months from start to finish.

    Exit codes: 0 done, 1 something needs an editor, 2 wrong use or broken input.
    """
