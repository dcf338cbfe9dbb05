"""How to read the evidence: every step of the ladder, and what the pictures and key facts mean."""

from pipeline.model.evidence import FLAG_SENTENCES, LABELS, SENTENCES, Stage
from pipeline.render.card import STEPS
from pipeline.render.pages import PageKind

_PATH = "about/evidence/index.html"


def _explained(stages: tuple[Stage, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((LABELS[stage], SENTENCES[stage]) for stage in stages)


PAGE_KIND = PageKind(
    "web/about_evidence.html",
    lambda _site: [
        (
            _PATH,
            {
                "steps": _explained(STEPS),
                "events": _explained(tuple(stage for stage in Stage if stage not in STEPS)),
                "flags": tuple(FLAG_SENTENCES.values()),
            },
        )
    ],
    path=_PATH,
)
