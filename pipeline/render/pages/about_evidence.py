"""How to read the evidence: every step of the ladder, and what the pictures and key facts mean."""

from collections.abc import Iterable, Iterator, Mapping

from pipeline.language.catalog import in_language
from pipeline.model.evidence import FLAG_SENTENCES, LABELS, SENTENCES, Stage
from pipeline.render.card import STEPS
from pipeline.render.pages import PageKind, Site

_PATH = "about/evidence/index.html"


def _pages(site: Site) -> Iterator[tuple[str, Mapping[str, object]]]:
    said = in_language(site.archive.newest.masthead.language).said

    def explained(stages: Iterable[Stage]) -> tuple[tuple[str, str], ...]:
        return tuple((said(LABELS[stage]), said(SENTENCES[stage])) for stage in stages)

    yield (
        _PATH,
        {
            "steps": explained(STEPS),
            "events": explained(stage for stage in Stage if stage not in STEPS),
            "flags": tuple(map(said, FLAG_SENTENCES.values())),
        },
    )


PAGE_KIND = PageKind("web/about_evidence.html", _pages, path=_PATH)
