"""Send a built issue out by a channel, just as it was built."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from pipeline.channels import Channel, Sent, channel
from pipeline.errors import BlockedError
from pipeline.flow.addresses import note
from pipeline.flow.search import hold_search
from pipeline.model.issue import Edition, OnDemand, Receipt
from pipeline.store import SITE, Newsroom
from pipeline.text import sha256


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a delivery did. `receipt` is of the first time this edition went this way.

    `sent` is None where nothing was sent, as it went before. `left` are files in the archive that no build wrote.
    """

    receipt: Receipt
    sent: Sent | None
    first: bool
    left: tuple[str, ...]


def deliver(newsroom: Newsroom, issue: str, way: str, to: str, today: date) -> Delivery:
    """Send a built issue out by a channel: once, or as often as you like where the channel may repeat itself.

    The receipt names the edition by its manifest's hash, so that a corrected edition may go again. Raises BlockedError
    when a file is no longer as it was built. The channel works without the newsroom's lock: others can go on.
    """
    out = channel(way)
    with newsroom.folder.locked():
        edition, left = _as_built(newsroom, issue)
    digest = sha256(edition.files["manifest.json"])
    old = _receipt(newsroom.receipts(issue), out, to, digest)
    if old is not None and not out.repeatable:
        return Delivery(old, None, first=False, left=left)
    sent = out.send(to, edition)
    new = Receipt(channel=way, to=out.label(to), issue=issue, edition=digest, on=today, note=sent.note)
    with newsroom.folder.locked():
        note(newsroom, edition.site)  # before the receipt: without it, whoever delivers does so again
        receipts = newsroom.receipts(issue)
        old = _receipt(receipts, out, to, digest)
        if old is None:
            newsroom.save_receipts(issue, (*receipts, new))
    return Delivery(old or new, sent, first=old is None, left=left)


def _receipt(receipts: tuple[Receipt, ...], out: Channel, to: str, edition: str) -> Receipt | None:
    """The receipt of an edition that went this way; older ones hold the address itself."""
    wanted = (out.name, out.label(to), edition)
    return next((r for r in receipts if (r.channel, out.label(r.to), r.edition) == wanted), None)


def _as_built(newsroom: Newsroom, issue: str) -> tuple[Edition, tuple[str, ...]]:
    """An edition with the files of the archive that were made, and what else lies there; raises BlockedError.

    Raises InputError when a built issue was changed by hand: building it again would not help.
    """
    _ = newsroom.built
    edition, pages = newsroom.edition(issue), newsroom.site.pages
    noted = newsroom.manifests()[issue]
    own = {name: kept for name, kept in noted.edition.items() if name in edition.files}
    wrong = [f"outbox/{issue}/{name}" for name in _differing(edition.files, own)]
    if noted.halfway or len(own) < len(edition.files) - 1:  # all but the manifest itself
        wrong.append(f"outbox/{issue}/manifest.json")
    again = f"hope build --issue {issue}" if wrong else "hope site"
    if not wrong:
        hold_search(newsroom, newsroom.site.search)
    index = newsroom.search.files.items() if newsroom.search else set()
    listed = pages and index <= pages.items()
    wrong += [f"{SITE}/{path}" for path in _differing(edition.site, pages)] if listed else [f"{SITE}.json"]
    if wrong:
        raise BlockedError(_changed(wrong, again))
    left = tuple(f"{SITE}/{path}" for path in sorted(edition.site.keys() - pages.keys()))
    as_made = OnDemand(lambda: {path: partial(_page, edition, path, pages[path]) for path in pages})
    return replace(edition, site=as_made), left


def _page(edition: Edition, path: str, made: str) -> bytes:
    """Read a page when it is its turn; raises BlockedError for one that somebody changed meanwhile."""
    content = edition.site[path]
    if sha256(content) != made:
        raise BlockedError(f"{SITE}/{path} has changed while the archive was sent. Run `hope site`, and deliver again.")
    return content


def _differing(files: Mapping[str, bytes], kept: Mapping[str, str]) -> list[str]:
    """The files that are gone, or no longer hold what has the hash that was kept of them."""
    return sorted(path for path, old in kept.items() if path not in files or sha256(files[path]) != old)


def _changed(files: list[str], again: str) -> str:
    named = "\n".join(f"  {path}" for path in files[:10]) + (f"\n  … and {len(files) - 10} more" * (len(files) > 10))
    return (
        f"These files have changed since they were made, so nothing was sent:\n{named}\n"
        f"Run `{again}` to make them anew, then deliver. "
        "Changes made to a page by hand will\nbe lost: change the queue or the templates instead."
    )
