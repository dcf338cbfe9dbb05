"""Record that a named person approves exact words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pipeline.model.names import PersonRole
from pipeline.queue import Signing
from pipeline.queue import sign as sign_items
from pipeline.queue.corrections import sign as sign_correction
from pipeline.queue.signing import signable, signer
from pipeline.store import Newsroom
from pipeline.text import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """Who signs: a key of the people in sources.yml, the role (None: the one that is due), and what was checked."""

    person: str
    role: str | None = None
    checked: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A sign-off: the item, the hash of its words, and by whom; not `new` where all of it was signed before."""

    item: str
    text: str
    person: str
    role: PersonRole
    new: bool


def sign(newsroom: Newsroom, issue: str, ids: Iterable[str], signatory: Signatory, today: date) -> tuple[Signed, ...]:
    """Record sign-offs of items and corrections by a person; raises UsageError when person, role or id don't fit."""
    person, role = signer(newsroom.config.newsletter, signatory.person, signatory.role)
    signing = Signing(by=person.key, role=role, on=today, checked=plain(signatory.checked or "") or None)
    with newsroom.folder.locked():
        known, ids = newsroom.corrections, tuple(dict.fromkeys(ids))
        corrections = [each for each in ids if known.index(each) is not None]
        done = _sign_items(newsroom, issue, [each for each in ids if each not in corrections], signing)
        done += _sign_corrections(newsroom, corrections, signing)
    return tuple(Signed(item=item, text=text, person=person.name, role=role, new=new) for item, text, new in done)


_Done = list[tuple[str, str, bool]]
"""Ids, the hashes that were signed, and whether that was new."""


def _sign_items(newsroom: Newsroom, issue: str, ids: list[str], signing: Signing) -> _Done:
    if not ids:
        return []
    old = newsroom.queue(issue)
    texts = dict(signable(old, each) for each in ids)
    new = sign_items(old, tuple(texts), signing)
    newsroom.save_queue(new)
    return [(item, text, new is not old) for item, text in texts.items()]


def _sign_corrections(newsroom: Newsroom, ids: list[str], signing: Signing) -> _Done:
    done: _Done = []
    for each in ids:
        old = newsroom.corrections
        new = sign_correction(old, each, signing)
        if new is not old:
            newsroom.save_corrections(new)
        done += [(c.id, c.text_hash, new is not old) for c in old.corrections if c.id == each]
    return done
