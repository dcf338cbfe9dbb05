"""Who may sign, as what, and what there is to sign."""

from __future__ import annotations

from pipeline.errors import UsageError
from pipeline.model.names import PersonRole
from pipeline.model.settings import Newsletter, Person
from pipeline.queue import INTRO, QueueText
from pipeline.text import nearest


def signer(letter: Newsletter, key: str, role: str | None) -> tuple[Person, PersonRole]:
    """Find the person and the role a sign-off counts for; raises UsageError that names the choices."""
    person = letter.person(key)
    if person is None:
        keys = [p.key for p in letter.people]
        raise UsageError(
            f"Nobody in sources.yml has the key “{key}”. {_sentence(nearest(key, keys)) or 'Add them under “people:”.'}"
        )
    roles = [str(r) for r in person.roles]
    if role is not None:
        if role not in roles:
            raise UsageError(f"{person.name} does not sign as “{role}”, only as {' or '.join(roles)}.")
        return person, PersonRole(role)
    needed = [r for r in person.roles if r in letter.sign_off]
    if len(needed) == 1 or len(roles) == 1:
        return person, (needed or list(person.roles))[0]
    raise UsageError(f"{person.name} has several roles: say which with --role {' or --role '.join(roles)}.")


def signable(source: QueueText, name: str) -> tuple[str, str]:
    """Find what is to be signed, an item or the opening: its id and the hash of its words.

    Raises UsageError when its words are not written yet.
    """
    if name == INTRO:
        if not source.queue.opens:
            raise UsageError(f"There is nothing to sign yet: the intro of {source.queue.issue} is empty.")
        return INTRO, source.queue.intro_hash
    item = source.queue.items[source.index(name)]
    if not (item.headline and item.summary):
        raise UsageError(f"There is nothing to sign yet: {item.id} has no headline and summary.")
    return item.id, item.text_hash


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
