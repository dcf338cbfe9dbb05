"""What the words around a hit do to it: deny it, doubt it, warn of it, ask for it, or set it right.

In rated texts most top words of a hype list were innocent: denied ("not yet a cure"), warned of ("clinics that promise
a cure"), asked by a reader. A sentence-bound window in the manner of NegEx (Chapman 2001) finds the denial; what only
looks like one ("not only", "no doubt", "who wouldn't call it a miracle?") is taken out first.

The cues, English and German, with what each does, which way and how far, stand in `context.yml`; here is how they work.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

from pipeline.language.hit import Hit
from pipeline.language.names import named
from pipeline.language.phrase_list import PhraseList, pack
from pipeline.language.shipped import Value, texts

_CUES = pack(__name__)
_WHERE: Mapping[str, Callable[[Hit], str]] = {
    "before": lambda hit: hit.before,
    "right after": lambda hit: hit.after,
    "around": lambda hit: f"{hit.before}|{hit.after}",
    "sentence": lambda hit: hit.sentence.text,
    "previous": lambda hit: hit.preceding,
    "opens sentence": lambda hit: hit.sentence.text,
    "opens sentence before": lambda hit: hit.before,
    "opens next": lambda hit: hit.following,
}


class Cue(NamedTuple):
    """One list of cues: where it is looked for, how many characters away at most, and what undoes it."""

    phrases: PhraseList
    where: str
    reach: int = 0
    in_clause: bool = False
    hides: tuple[PhraseList, ...] = ()
    unless: PhraseList | None = None

    def acts(self, hit: Hit) -> bool:
        """Whether a cue of the list does its work on the words found."""
        text = _WHERE[self.where](hit)
        for each in self.hides:
            text = each.blanked(text)
        text = text[-self.reach :]
        if self.where.startswith(("opens", "right")):
            return self.phrases.opens(text)
        start = max((end.end for end in _CUES["terminator"].finditer(text)), default=0) if self.in_clause else 0
        return self.phrases.stands(text, start) and not (self.unless and self.unless.stands(text))


def denied(hit: Hit) -> bool:
    """Whether the sentence denies or doubts the words: "not yet a cure", "far from clear that it cures"."""
    return not _rhetorical(hit) and _any("denies", hit)


def warned(hit: Hit) -> bool:
    """Whether the words are warned of, called a myth, or only named as words."""
    return _any("warns", hit)


def asked(hit: Hit) -> bool:
    """Whether a reader's own question holds the words, or a question that is answered soberly at once."""
    return (_question(hit) or "?" in hit.after[:60]) and not _rhetorical(hit) and _any("asks", hit)


def countered(hit: Hit) -> bool:
    """Whether the words are somebody else's and are set right at once: "called it a miracle, but only 8 people …"."""
    said_by, sober = _CUES["said-by"], _CUES["sober"]
    if not said_by.stands(hit.before) and not said_by.stands(hit.after[:60]):
        return False
    if _CUES["refuted"].stands(hit.after):
        return True
    turned = _CUES["turn"].search(hit.after)
    if turned:
        found = sober.search(hit.after, turned.end)
        return found is not None and not (turned.words == ";" and found.words[0].isdigit())
    return _CUES["turns-next"].opens(hit.following) and sober.stands(hit.following)


def hedged(hit: Hit) -> bool:
    """Whether a "may" or "could" stands before the words in their clause."""
    return _any("hedges", hit)


def urgent_care(hit: Hit) -> bool:
    """Whether the sentence tells somebody to call for help at once."""
    return _CUES["urgent-care"].stands(hit.sentence.text)


_EXCUSES: tuple[Callable[[Hit], bool], ...] = (denied, warned, asked, countered, named)


def excused(hit: Hit) -> bool:
    """Whether the words claim nothing here: denied, warned of, asked, set right, or a name."""
    return any(excuse(hit) for excuse in _EXCUSES)


def _rhetorical(hit: Hit) -> bool:
    """Whether the sentence asks in order to say yes: "Why wouldn't you call this a miracle?"."""
    return _question(hit) and _any("asks to say yes", hit)


def _question(hit: Hit) -> bool:
    return hit.sentence.text.rstrip("\"')] ").endswith("?")


def _any(does: str, hit: Hit) -> bool:
    return any(cue.acts(hit) for cue in _cues()[does])


@cache
def _cues() -> Mapping[str, tuple[Cue, ...]]:
    """All cues by what they do."""
    found: dict[str, tuple[Cue, ...]] = {}
    for key, value in _CUES.lists.items():
        if isinstance(value, dict) and "does" in value:
            does = str(value["does"])
            found[does] = (*found.get(does, ()), _cue(key, value))
    return found


def _cue(key: str, value: Mapping[str, Value]) -> Cue:
    return Cue(
        phrases=_CUES[key],
        where=str(value["where"]),
        reach=int(str(value.get("reach", 0))),
        in_clause=value.get("within") == "clause",
        hides=tuple(_CUES[each] for each in texts(value.get("hides"))),
        unless=_CUES[str(value["unless"])] if "unless" in value else None,
    )
