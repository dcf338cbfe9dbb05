"""What a build left: for people with what each item costs a reader, and as JSON for scripts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass

from pipeline.flow.build import Built
from pipeline.model.costs import FRAME, ItemCost, MailCosts
from pipeline.model.issue import Issue
from pipeline.model.item import Item
from pipeline.model.names import Format, Status
from pipeline.model.settings import MailBounds
from pipeline.report.findings import as_text
from pipeline.text import clip, count

_WIDTH = 80


@dataclass(frozen=True, slots=True)
class BuildListing:
    """A build to be written; the text may be in `colour`."""

    done: Built
    colour: bool = False


def built(done: Built, issue: Issue) -> str:
    """Say what was built, what its mail asks of a reader, and where to look."""
    kind = "Draft of" if issue.draft else "Issue"
    stories = count(len(issue.stories), "story", "stories")
    lines = [f"{kind} {issue.key}: {stories}, {count(done.changed, 'file')} written in {done.folder}/"]
    if done.costs:
        lines += ["", *_mail(done.costs, issue.masthead.mail), ""]
    warned = sum(not f.waived for f in done.checked.findings)
    if warned:
        lines.append(f"{count(warned, 'remark')} left (`hope check` shows them).")
    if issue.colophon.undecided and not issue.draft:
        lines.append(_pending(issue, done.checked.queue.queue.items))
    if examples := _examples(issue):
        lines.append(f"sources.yml still holds examples ({', '.join(examples)}): replace them before this goes out.")
    lines.append("Look at it: hope preview" + (" --draft" if issue.draft else ""))
    return "\n".join(lines)


def _pending(issue: Issue, items: Iterable[Item]) -> str:
    """Say what becomes of the items that nobody decided on."""
    ours = sum(item.comes_along for item in items if item.status is Status.PENDING)
    gone = issue.colophon.undecided - ours
    lines = []
    if gone:
        lines = [
            f"{count(gone, 'item')} still pending: not printed, not carried over, and gone from the next issue.",
            f"Before you deliver, put on hold what you want to keep: hope hold ID --issue {issue.key}",
        ]
    if ours:
        lines.append(f"{count(ours, 'item')} added by hand still pending: not printed, and in the next issue again.")
    return "\n".join(lines)


def _mail(costs: MailCosts, most: MailBounds) -> Iterator[str]:
    """List what each item costs, as long as it stands in the mail, in the mail's order."""
    yield f"The mail has {costs.words:,} of {most.words:,} words and {costs.bytes:,} of {most.bytes:,} bytes."
    if costs.frame is None:
        yield "What each item costs isn't known: templates/email/_parts.html doesn't mark them (<!--item …-->)."
    else:
        yield f"All that is no item has {costs.frame:,} words ({FRAME} at most)."
    if costs.items:
        yield f"  {'words':>5} {'bytes':>7}  {'stands as':<{_EXTENT}}  item"
    yield from map(_line, costs.items)
    if costs.shortened or costs.moved:
        yield f"Shortened to fit: {len(costs.shortened)}. Moved online: {len(costs.moved)}."


_EXTENT = len("online, not card")


def _line(item: ItemCost) -> str:
    extent = f"{item.extent}, not {item.full}" if item.extent is not item.full else str(item.extent)
    head = f"  {_number(item.words):>5} {_number(item.bytes):>7}  {extent:<{_EXTENT}}  "
    return head + clip(item.headline, _WIDTH - len(head))


def _number(n: int | None) -> str:
    return f"{n:,}" if n else "-"


def _examples(issue: Issue) -> list[str]:
    """Names of settings that stand as they came with the program; an invented newsletter may keep them."""
    head = issue.masthead
    if head.fictional:
        return []
    left = [name for name in ("base_url", "contact", "unsubscribe") if "example.org" in getattr(head, name)]
    return left + ["interests"] * any((c.interests or "").startswith("Placeholder") for c in issue.credits)


def _as_json(of: BuildListing) -> str:
    done, costs, issue = of.done, of.done.costs, of.done.issue
    said = {
        "issue": issue.key if issue else None,
        "folder": done.folder,
        "changed": done.changed,
        "mail": asdict(costs) | {"most": asdict(issue.masthead.mail) | {"frame": FRAME}} if costs and issue else None,
        "findings": [asdict(f) for f in done.findings],
    }
    return json.dumps(said, ensure_ascii=False, indent=2)


def _as_text(of: BuildListing) -> str:
    found = of.done.proved if of.done.issue else [f for f in of.done.findings if not f.waived]
    listed = [as_text(found, of.done.checked.queue.lines, colour=of.colour)] * bool(found)
    return "\n\n\n".join([*listed, *([built(of.done, of.done.issue)] if of.done.issue else [])])


BUILDS: Mapping[Format, Callable[[BuildListing], str]] = {Format.TEXT: _as_text, Format.JSON: _as_json}
