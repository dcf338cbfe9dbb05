"""`python -m pipeline` and the `hope` command."""

from __future__ import annotations

import gc
from typing import NoReturn


def main() -> NoReturn:
    """Run the command. What it needs is loaded only now: the children that read documents load this file too."""
    # Circles of values would be looked for every 700 new ones, which is a tenth of a second of a check.
    gc.set_threshold(200_000)
    from pipeline.cli import main as run  # noqa: PLC0415  not in the children, which load this file

    run()


if __name__ == "__main__":
    main()
