"""Correct what was printed: an editor's own error, said openly, in the words that are right."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from textwrap import fill

from pipeline import checks
from pipeline.checks.corrections import check_correction, muted, unsigned
from pipeline.checks.engine import ALL, Choice
from pipeline.checks.waivers import holds
from pipeline.errors import UsageError
from pipeline.model.correction import Correction, Reworded, fields_of, reworded, words_in
from pipeline.model.finding import Finding
from pipeline.model.item import Waiver
from pipeline.model.names import CorrectionKind
from pipeline.queue import corrections as file
from pipeline.queue.corrections import CorrectionsText
from pipeline.store import Newsroom
from pipeline.text import nearest, plain

_ADDRESS = re.compile(r"(?:^|/)(\d{4}-\d\d)/#?([a-z0-9-]+)/?(?:index\.html)?$", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an editor has to say of a printed item: a note, new words by field, and the rules she overrules."""

    kind: CorrectionKind
    note: str
    words: tuple[tuple[str, str], ...] = ()
    waive: tuple[Waiver, ...] = ()


@dataclass(frozen=True, slots=True)
class CorrectedItem:
    """A correction, and what the standard has to say of it; where something blocks it was not written."""

    correction: Correction
    findings: tuple[Finding, ...]

    @property
    def written(self) -> bool:
        """Whether it is in the file."""
        return not checks.blocks(self.findings)


@dataclass(frozen=True, slots=True)
class KnownCorrection:
    """A correction with the issue that told it, None where none has, and what it waits for.

    The item of one that is `gone` is printed no more, so nothing tells it.
    """

    correction: Correction
    issue: str | None
    waits: tuple[Finding, ...]
    gone: bool = False


def correct(newsroom: Newsroom, name: str, wanted: Wanted, today: date) -> CorrectedItem:
    """Write a correction of a printed item into the file, unsigned, unless the standard refuses its words.

    `name` is the item's id or the end of it, or its address. Raises UsageError for what can't be corrected so.
    """
    with newsroom.folder.locked():
        known = newsroom.corrections
        correction = _correction(newsroom, known, _address(newsroom, name), wanted, today)
        added = file.hold(file.add(known, correction), newsroom.built.issues, newsroom.addresses)
        found = _findings(newsroom, added, len(added.corrections) - 1, today)
        done = CorrectedItem(correction, found)
        if done.written:
            newsroom.save_corrections(added)
    return done


def undo(newsroom: Newsroom, correction: str) -> Correction:
    """Take a correction out of the file; raises UsageError for one that somebody signed, or that isn't there."""
    with newsroom.folder.locked():
        known = newsroom.corrections
        each = known.corrections[find(known, correction)]
        if each.signed:
            raise UsageError(
                f"{each.id} is signed by {each.signed[0].by}, so it can't be undone. Take the sign-offs out of "
                f"{file.NAME} first; once it is printed, correct it by another one."
            )
        newsroom.save_corrections(file.drop(known, each.id))
    return each


def listed(newsroom: Newsroom) -> tuple[KnownCorrection, ...]:
    """Every correction in the file, in its order."""
    frozen = {each.id: issue.key for issue in newsroom.built.issues for each in issue.corrections}
    newsletter, known = newsroom.config.newsletter, newsroom.corrections
    said = zip(known.corrections, known.items, strict=True)
    return tuple(
        KnownCorrection(
            each,
            frozen.get(each.id),
            () if each.id in frozen or item is None else unsigned(each, newsletter),
            gone=item is None,
        )
        for each, item in said
    )


def printable(newsroom: Newsroom) -> tuple[Correction, ...]:
    """The corrections that may be printed and that no issue has told yet: those that are signed."""
    return tuple(c.correction for c in listed(newsroom) if c.issue is None and not (c.waits or c.gone))


def due_in(newsroom: Newsroom, issue: str, *, again: bool = False) -> tuple[Correction, ...]:
    """What an issue has to tell: all signed corrections of earlier ones that no other told.

    One that is built tells what it told, and what was corrected since waits for the next: its mail may be on its way,
    and other tools leave no receipt. Built `again` it tells that too, unless a receipt says that it went out.
    """
    built = next((each for each in newsroom.built.issues if each.key == issue), None)
    mine = built.corrections if built else ()
    if built and (not again or newsroom.receipts(issue)):
        return mine
    return (*mine, *(each for each in printable(newsroom) if each.issue < issue))


def findings(newsroom: Newsroom, today: date, choice: Choice = ALL) -> tuple[Finding, ...]:
    """Hold the corrections that no issue has told yet against the standard, and say what they wait for."""
    known, due = newsroom.corrections, choice.rules is None or checks.find("S01").id in choice.rules
    found: list[Finding] = []
    for n, each in enumerate(listed(newsroom)):
        if each.issue is None:
            said = _findings(newsroom, known, n, today, choice)
            found += muted(said) if each.waits else said
            line, column = known.place(("corrections", n, "signed"))
            found += [replace(w, file=file.NAME, line=line, column=column) for w in each.waits if due]
    return tuple(found)


def find(known: CorrectionsText, name: str) -> int:
    """Find a correction by its id; raises UsageError with the nearest."""
    at = known.index(name)
    if at is None:
        ids = [each.id for each in known.corrections]
        hint = nearest(name, ids) if ids else "There are none."
        raise UsageError(f"There is no correction “{name}” in {file.NAME}. {hint[:1].upper()}{hint[1:]}")
    return at


def _findings(
    newsroom: Newsroom, known: CorrectionsText, n: int, today: date, choice: Choice = ALL
) -> tuple[Finding, ...]:
    correction, item = known.corrections[n], known.items[n]
    if item is None:
        return ()
    context = checks.Context(
        config=newsroom.config,
        today=today,
        glossary=newsroom.glossary,
        terms=newsroom.terms,
        texts=newsroom.texts(correction.issue),
    )

    def at(field: str) -> tuple[int, int]:
        words = [k for k, each in enumerate(correction.words) if each.field.startswith(field.partition(".")[0])]
        return known.place(("corrections", n, *(("words", words[0], "now") if words else (field,))))

    found = check_correction(correction, item, context, at, choice)
    return tuple(replace(each, file=file.NAME) for each in found)


def _correction(newsroom: Newsroom, known: CorrectionsText, address: str, wanted: Wanted, today: date) -> Correction:
    """Make the entry; raises UsageError for words that stand there already, and for a field that there is not."""
    note = plain(wanted.note)
    if not note:
        raise UsageError('Say in a sentence or two what was wrong: --note "…". Readers see it first.')
    if wanted.words and wanted.kind is CorrectionKind.RETRACTION:
        raise UsageError("What is taken back is not worded anew: leave out --field, or say --kind correction.")
    item = file.printed(newsroom.built.issues)[address]
    for earlier in known.corrections:
        item = reworded(item, earlier.words) if earlier.of == address else item
    fields = [field for field, _ in wanted.words]
    for field in fields:
        if field not in fields_of(item):
            near = nearest(field, list(fields_of(item)))
            hint = fill(near[:1].upper() + near[1:], 100, break_on_hyphens=False)
            raise UsageError(f"{address} has no field “{field}”.\n{hint}")
        if fields.count(field) > 1:
            raise UsageError(f"--field {field} is there twice: which of the two is right?")
    words = tuple(Reworded(field=field, was=words_in(item, field), now=now.strip()) for field, now in wanted.words)
    waive = tuple(_waiver(newsroom, each, today) for each in wanted.waive)
    made = Correction(id="", of=address, kind=wanted.kind, on=today, note=note, words=words, waive=waive)
    _refuse_twice(known, made, newsroom)
    for each in words:
        if each.was == each.now:
            raise UsageError(f"These are the words that stand in {each.field} already. Nothing was written.")
        try:
            reworded(item, (each,))
        except ValueError as error:
            raise UsageError(f"“{each.now}” can't stand in {each.field}: {error}") from None
    return replace(made, id=_id(known, address, today))


def _waiver(newsroom: Newsroom, wanted: Waiver, today: date) -> Waiver:
    """Complete a waiver; raises UsageError for one that would not hold."""
    rule = checks.find(wanted.rule)
    if not rule.waivable:
        raise UsageError(f"{rule.id} keeps a promise to readers, so it can't be waived: change the words.")
    if not holds(wanted, today, newsroom.config.newsletter):
        keys = ", ".join(person.key for person in newsroom.config.newsletter.people) or "nobody so far"
        raise UsageError(f"Say in a sentence why {rule.id} is wrong here, and who says so: --reason “…” --as ({keys}).")
    return replace(wanted, rule=rule.id)


def _refuse_twice(known: CorrectionsText, made: Correction, newsroom: Newsroom) -> None:
    """Refuse what says the same as another one, or changes a field for which another one waits."""
    newsletter = newsroom.config.newsletter
    fields = {each.field for each in made.words}
    for each in (each for each in known.corrections if each.of == made.of):
        same = [(w.field, w.now) for w in each.words] == [(w.field, w.now) for w in made.words]
        if same and (each.kind, each.note) == (made.kind, made.note):
            raise UsageError(f"{each.id} says just that already. Nothing was written.")
        waits = fields & {w.field for w in each.words} if unsigned(each, newsletter) else set()
        if waits and not any(each in issue.corrections for issue in newsroom.built.issues):
            raise UsageError(
                f"{each.id} changes {', '.join(sorted(waits))} too, and waits to be signed. "
                f"Sign it first, or take it back: hope correct --undo {each.id}"
            )


def _id(known: CorrectionsText, address: str, today: date) -> str:
    made = f"correction-{today}-{address.partition('/')[2]}"
    taken = {each.id for each in known.corrections}
    return next(name for n in range(1, len(taken) + 2) if (name := made + f"-{n}" * (n > 1)) not in taken)


def _address(newsroom: Newsroom, name: str) -> str:
    """Find a printed item's address; raises UsageError that says what is wrong with the name."""
    printed = file.printed(newsroom.built.issues)
    if (found := _ADDRESS.search(name.strip().partition("?")[0])) and (address := f"{found[1]}/{found[2]}") in printed:
        return address
    ids = [address for address, item in printed.items() if name in {item.id, item.slug, address.partition("/")[2]}]
    if len(ids) == 1:
        return ids[0]
    if ids:
        raise UsageError(f"“{name}” was printed more than once: say {' or '.join(ids)}.")
    _refuse_unprinted(newsroom, name)
    if re.fullmatch(r"\d{4}-\d\d/?", name.strip(), re.ASCII):
        raise UsageError("Only items can be corrected, not the opening of an issue yet: say which item is meant.")
    near = nearest(name, [*printed, *(address.partition("/")[2] for address in printed)])
    hint = near if near.startswith("did") else "`hope queue --issue MONTH` lists an issue's items."
    raise UsageError(f"No issue printed “{name}”. {hint[:1].upper()}{hint[1:]}")


def _refuse_unprinted(newsroom: Newsroom, name: str) -> None:
    """Say of an item that is in a queue only why it can't be corrected."""
    built = newsroom.built
    for issue in reversed(newsroom.folder.issues()):
        for item in newsroom.queue(issue).queue.items if newsroom.has_queue(issue) else ():
            if name in {item.id, item.slug}:
                why = "did not print it" if built.has(issue) else "is not built yet, so change its words in the queue"
                raise UsageError(f"{item.id} can't be corrected: the issue of {issue} {why}.")
