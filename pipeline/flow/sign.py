"""Record that a named person approves exact words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pipeline.queue import sign as sign_items
from pipeline.queue.signing import signable, signer
from pipeline.store import Newsroom
from pipeline.text import plain


def sign(
    room: Newsroom, issue: str, ids: Iterable[str], person: str, role: str | None, checked: str | None, today: date
) -> tuple[str, ...]:
    """Record sign-offs of items by a named person; raises UsageError when person, role or item don't fit."""
    who, as_role = signer(room.config.newsletter, person, role)
    with room.folder.locked():
        old = room.queue(issue)
        texts = dict(signable(old, each) for each in ids)
        new = sign_items(old, tuple(texts), by=who.key, role=as_role, on=today, checked=plain(checked or "") or None)
        room.save_queue(new)
    told = "was signed by" if new is old else "signed by"
    return tuple(f"{name}: {told} {who.name} as {as_role} ({text[:14]}…)" for name, text in texts.items())
