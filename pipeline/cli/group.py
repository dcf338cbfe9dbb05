"""The `hope` group itself, with the options that go with every command."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pipeline import __version__
from pipeline.cli.options import common


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80})
@click.version_option(__version__, prog_name="hope")
@common
@click.pass_context
def hope(ctx: click.Context, root: Path | None, today: date | None) -> None:
    """Make an honest newsletter on CAR-T and emerging options in autoimmune disease.

    A month: gather, write in the queue, check, sign, build, preview.
    Try `hope demo` first: it runs two fictional months from start to end.

    Exit codes: 0 done, 1 an editor must look, 2 wrong use or broken input.
    """
    ctx.obj = {"root": root, "today": today}
