"""Send a built issue out by a channel, once."""

from __future__ import annotations

import hashlib
from datetime import date

from pipeline.channels import channel
from pipeline.model.issue import Receipt
from pipeline.store import Newsroom


def deliver(room: Newsroom, issue: str, way: str, to: str, today: date) -> tuple[Receipt, bool]:
    """Send a built issue out by a channel, once; returns the receipt, and whether it went just now.

    The receipt names the edition by its manifest's hash, so that a corrected edition may go again.
    """
    files = room.edition(issue)
    edition = hashlib.sha256(files["manifest.json"]).hexdigest()
    receipts = room.receipts(issue)
    old = next((r for r in receipts if (r.channel, r.to, r.edition) == (way, to, edition)), None)
    if old is not None:
        return old, False
    with room.folder.locked():
        note = channel(way).send(to, files, room.site())
        receipt = Receipt(channel=way, to=to, issue=issue, edition=edition, on=today, note=note)
        room.save_receipts(issue, (*receipts, receipt))
    return receipt, True
