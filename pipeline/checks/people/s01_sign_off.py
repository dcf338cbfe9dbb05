"""Nothing leaves without different people, each in a role, having approved these exact words and facts.

One tired person misses what a second one sees; an editor and a clinician see different things. A sign-off is bound to
the text by its hash, so that a later change, however small, asks for another look.

Source: house promise to readers; PIF TICK criterion on evidence and review; EUPATI guidance (checked by people of
another group of stakeholders).
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.checks.rule import Bound, Context, Rule
from pipeline.model.finding import Remark
from pipeline.model.item import Item, Signature, TextHash
from pipeline.model.names import PersonRole, Severity, Status
from pipeline.model.settings import Newsletter


def check(item: Item, context: Context) -> Iterable[Remark]:
    """Remark on each role that nobody has signed in, and on signatures that don't hold."""
    if item.status is not Status.APPROVED:
        return
    newsletter, text = context.config.newsletter, item.text_hash
    faults, sound, roles = _state(item.signed, newsletter, text)
    for n in _open(roles, sound):
        fallen = [s for s in faults if roles[n] in {None, s.role}]
        reasons = [faults[s] for s in fallen]
        yield Remark(
            field=f"signed.{item.signed.index(fallen[0])}" if fallen else "signed",
            why=" ".join([_why(roles[n], sound), *reasons]),
            suggestion=_ask(roles[n], item.id, newsletter),
        )
    answered = {roles[n] for n in _open(roles, sound)}
    renewed = {(s.by, s.role) for s in sound}
    for n, signature in enumerate(item.signed):
        fault = faults.get(signature)
        if fault and not answered & {None, signature.role} and (signature.by, signature.role) not in renewed:
            yield Remark(
                field=f"signed.{n}",
                severity=Severity.WARN,
                why=fault,
                suggestion="Remove the line, or have the item signed again.",
            )


def whole(context: Context) -> Iterable[Remark]:
    """Remark on each role in which nobody has signed the issue's opening."""
    if context.opening or context.picture:
        yield from due("intro", "the intro", context.signed, context.intro_hash, context.config.newsletter)


def due(
    name: str, what: str, signed: tuple[Signature, ...], text: TextHash, newsletter: Newsletter
) -> Iterable[Remark]:
    """Remark on each role in which nobody has signed a text; `name` is what `hope sign` calls it."""
    faults, sound, roles = _state(signed, newsletter, text)
    for n in _open(roles, sound):
        reasons = [fault for s, fault in faults.items() if roles[n] in {None, s.role}]
        why = " ".join([_why(roles[n], sound, what), *reasons])
        yield Remark(field="signed", why=why, suggestion=_ask(roles[n], name, newsletter))


_Roles = tuple[PersonRole | None, ...]


def _state(
    signed: tuple[Signature, ...], newsletter: Newsletter, text: TextHash
) -> tuple[dict[Signature, str], tuple[Signature, ...], _Roles]:
    """Tell the signatures that don't hold, with the reason, from those that do; and the roles that are due."""
    faults = {s: fault for s in signed if (fault := _fault(s, newsletter, text))}
    # Without roles in the settings, one person is still due: the program alone never prints.
    return faults, tuple(s for s in signed if s not in faults), newsletter.sign_off or (None,)


def _fault(signature: Signature, newsletter: Newsletter, text: TextHash) -> str | None:
    """Say why a signature doesn't count; None when it does."""
    person = newsletter.person(signature.by)
    if person is None:
        return f"“{signature.by}” signed, but is not among the people in sources.yml."
    if signature.role not in person.roles:
        return f"{person.name} signed as {signature.role}, a role that sources.yml doesn't give {person.key}."
    if not text.holds(signature.text):
        return (
            f"{person.name} signed as {signature.role} on {signature.on}; words or facts have changed "
            "since, so the sign-off no longer counts."
        )
    return None


def _open(roles: _Roles, sound: tuple[Signature, ...]) -> list[int]:
    """Give each role a person of its own, as many as can be; return the places of roles left open."""
    taken: dict[str, int] = {}

    def seat(n: int, tried: set[str]) -> bool:
        for signature in sound:
            if roles[n] in {None, signature.role} and signature.by not in tried:
                tried.add(signature.by)
                if signature.by not in taken or seat(taken[signature.by], tried):
                    taken[signature.by] = n
                    return True
        return False

    return [n for n in range(len(roles)) if not seat(n, set())]


def _why(role: PersonRole | None, sound: tuple[Signature, ...], what: str = "these words") -> str:
    if role is None:
        return f"Nobody has signed {what} yet."
    same = next((s for s in sound if s.role is role), None)
    if same:
        return f"{same.by} signed as {role}, but in another role too; each role needs a different person."
    return f"Nobody has signed {what} as {role} yet."


def _ask(role: PersonRole | None, name: str, newsletter: Newsletter) -> str:
    able = [p for p in newsletter.people if role is None or role in p.roles]
    if not able:
        return f"Nobody in sources.yml holds the role {role}. Add a person, or change sign_off."
    names = " or ".join(p.name for p in able[:3])
    return f"Ask {names} to read it, then: hope sign {name} --as {able[0].key}"


_EDITOR, _MEDICAL = PersonRole.EDITOR, PersonRole.MEDICAL

RULE = Rule(
    id="S01",
    name="sign-off",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM,),
    check=check,
    whole=whole,
    waivable=False,
)
