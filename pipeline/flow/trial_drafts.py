"""How gather has the drafts of trial items written."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pipeline.model.entry import Trial
from pipeline.model.story import Change
from pipeline.queue.also_changed import Drafts
from pipeline.store import Newsroom


def drafts(newsroom: Newsroom) -> Drafts:
    """How drafts are written: in the newsroom's own templates, which are read when the first draft is needed."""

    @cache
    def templates() -> Mapping[str, str]:
        return newsroom.folder.templates()

    def item(trial: Trial, changes: tuple[Change, ...]) -> str:
        from pipeline.render.trials.drafts import draft  # noqa: PLC0415  templates load slowly, and no news needs none

        return draft(trial, changes, templates(), newsroom.config.newsletter.language).text

    def line(trial: Trial, changes: tuple[Change, ...]) -> str:
        from pipeline.render.trials.drafts import line as written  # noqa: PLC0415  see above

        return written(trial, changes, templates(), newsroom.config.newsletter.language)

    def also(number: int) -> str:
        from pipeline.render.trials.drafts import also as headed  # noqa: PLC0415  see above

        return headed(number, templates(), newsroom.config.newsletter.language)

    return Drafts(item=item, line=line, also=also)
