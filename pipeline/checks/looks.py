"""A rule that is only phrases: its YAML file says all of it, and here it becomes a rule.

id: H12                     name: war            severity: warn
binds: [item, opening, text]                     final-in: [headline]   waivable: no   (these two where they apply)
reason: |                   why, and a line that begins "Source:"
looks:
- for: war                  a list under `phrases`
why: | / try: |           what is said of the words found, which "{}" stands for
in: [headline]            the fields; all words unless said
severity: note            where it is not the rule's; `headline: block` for a headline
excused: [denied, named]  what may excuse the words; else all that is usual (`pipeline.language.context.excused`)
despite: refusing         a list that takes back any excuse
milder: [hedged]          outside a headline this makes a block a warning
unless:                   lists of what makes the words innocent, by where they are looked for:
beside: …               in the sentence, the ‹words› marked
holding: …              around the words, as a part of it
after: …                in what follows, up to the end of the next sentence
next: …                 at the beginning of the next sentence
sentence: …             anywhere in the sentence
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from pipeline.checks.hits import Excuse, hits, remark
from pipeline.checks.rule import Bound, Context, Rule
from pipeline.language import context
from pipeline.language.hit import Hit
from pipeline.language.names import named
from pipeline.language.phrase_list import Pack, PhraseList, pack
from pipeline.language.shipped import ShippedFileError, Value, shipped, shipped_text, texts
from pipeline.language.voices import Speaker, speaker
from pipeline.model.finding import Remark
from pipeline.model.item import WORDS, Item
from pipeline.model.names import Severity


def _holds(phrases: PhraseList, hit: Hit) -> bool:
    """Whether the words found are a part of a phrase."""
    at = hit.start - hit.sentence.start
    return any(found.start <= at < found.end for found in phrases.finditer(hit.sentence.text))


_EXCUSES: Mapping[str, Excuse] = {
    "denied": context.denied,
    "warned": context.warned,
    "asked": context.asked,
    "countered": context.countered,
    "hedged": context.hedged,
    "urgent": context.urgent_care,
    "named": named,
    "patient": lambda hit: speaker(hit) is Speaker.PATIENT,
}
_PLACES: Mapping[str, Callable[[PhraseList, Hit], bool]] = {
    "beside": lambda phrases, hit: phrases.stands(hit.marked),
    "holding": _holds,
    "after": lambda phrases, hit: phrases.stands(f"{hit.after} {hit.following}"),
    "next": lambda phrases, hit: phrases.opens(hit.following),
    "sentence": lambda phrases, hit: phrases.stands(hit.sentence.text),
}
_HEAD = frozenset({"id", "name", "severity", "binds", "final-in", "waivable", "reason", "looks"})
_LOOK = frozenset({"for", "why", "try", "in", "severity", "headline", "excused", "despite", "milder", "unless"})


class PhraseLook(NamedTuple):
    """Phrases that a rule looks for, what it says of them, and what makes them innocent."""

    phrases: PhraseList
    why: str
    suggestion: str
    fields: tuple[str, ...]
    severity: Severity | None
    headline: Severity | None
    excuse: Excuse
    milder: tuple[Excuse, ...]
    unless: tuple[tuple[str, PhraseList], ...]

    def remarks(self, item: Item) -> Iterator[Remark]:
        """Remark on each place of an item where a phrase claims something."""
        for field, hit in hits(item, self.phrases, self.fields, self.excuse):
            if not any(_PLACES[place](phrases, hit) for place, phrases in self.unless):
                yield remark(field, hit, self.why, self.suggestion, self._weight(field, hit))

    def _weight(self, field: str, hit: Hit) -> Severity | None:
        if field == "headline":
            return self.headline or self.severity
        return Severity.WARN if any(excuse(hit) for excuse in self.milder) else self.severity


def rule_of(package: str, stem: str) -> Rule:
    """Make the rule that a YAML file of a package holds. Raises ShippedFileError with what is wrong in it."""
    name = f"{stem}.yml"
    read = shipped(package, name, before="phrases")
    _no_others(name, read, _HEAD, {"id", "name", "severity", "binds", "reason", "looks"})
    if "\ncases:" not in shipped_text(package, name):
        raise ShippedFileError(f"{name}: no cases. Under `cases:` stand at least two bad and two good ones.")
    try:
        looks = tuple(_look(name, each, pack(f"{package}.{stem}")) for each in _mappings(name, read["looks"]))
        severity, binds = Severity(str(read["severity"])), tuple(map(Bound, texts(read["binds"])))
    except ValueError as error:  # a word that is none of a closed list
        raise ShippedFileError(f"{name}: {error}") from error
    return Rule(
        id=str(read["id"]),
        name=str(read["name"]),
        severity=severity,
        binds=binds,
        check=_checking(looks),
        final_in=frozenset(texts(read.get("final-in"))),
        waivable=read.get("waivable", "yes") == "yes",
        reason=str(read["reason"]).strip(),
        package=package,
        stem=stem,
    )


def _checking(looks: tuple[PhraseLook, ...]) -> Callable[[Item, Context], Iterable[Remark]]:
    def check(item: Item, _context: Context) -> Iterator[Remark]:
        for look in looks:
            yield from look.remarks(item)

    return check


def _look(name: str, read: Mapping[str, Value], lists: Pack) -> PhraseLook:
    _no_others(name, read, _LOOK, {"for", "why", "try"})
    unless = read.get("unless", {})
    if not isinstance(unless, dict):
        raise ShippedFileError(f"{name}: under “unless” each list has the place where it is looked for")
    _no_others(name, unless, frozenset(_PLACES), set())
    return PhraseLook(
        phrases=lists[str(read["for"])],
        why=" ".join(str(read["why"]).split()),
        suggestion=" ".join(str(read["try"]).split()),
        fields=texts(read.get("in")) or WORDS,
        severity=_severity(read.get("severity")),
        headline=_severity(read.get("headline")),
        excuse=_excuse(_excuses(name, read.get("excused")), lists, read.get("despite")),
        milder=_excuses(name, read.get("milder")),
        unless=tuple((place, lists[str(key)]) for place, key in unless.items()),
    )


def _severity(value: Value | None) -> Severity | None:
    return Severity(str(value)) if value else None


def _excuses(name: str, value: Value | None) -> tuple[Excuse, ...]:
    chosen = texts(value)
    _no_others(name, dict.fromkeys(chosen, ""), frozenset(_EXCUSES), set())
    return tuple(_EXCUSES[each] for each in chosen)


def _excuse(chosen: tuple[Excuse, ...], lists: Pack, despite: Value | None) -> Excuse:
    usual = chosen or (context.excused,)
    despite_ = lists[str(despite)] if despite else None
    return lambda hit: any(each(hit) for each in usual) and not (despite_ and despite_.stands(hit.marked))


def _mappings(name: str, value: Value) -> Iterator[Mapping[str, Value]]:
    for each in value if isinstance(value, list) else [value]:
        if not isinstance(each, dict):
            raise ShippedFileError(f"{name}: each entry under “looks” begins with “for”, not with “{each}”")
        yield each


def _no_others(name: str, read: Mapping[str, Value], known: frozenset[str], due: set[str]) -> None:
    if wrong := [*(key for key in read if key not in known), *(key for key in sorted(due) if key not in read)]:
        raise ShippedFileError(f"{name}: “{wrong[0]}” is {'missing' if wrong[0] in due else 'no word for this'}")
