"""Every issue tells its readers how to leave the list, by a link that nobody on the way can read or change.

A list about a disease says what its readers may have, so that leaving is no business of anybody else; and mail without
a way to leave is reported as spam by those who can't find one. Gmail and Yahoo ask for a link of each reader's own that
works with one click, within two days. Mailing tools have a tag for it, which Hopeline leaves as it is; with `{reader}`
the sending program puts each reader's own token there.

Source: RFC 2369 and RFC 8058; Gmail's and Yahoo's rules for senders, in force since 2024; Regulation (EU) 2016/679,
articles 7(3) and 9.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.checks.rule import Bound, Context, Rule
from pipeline.model.finding import Remark
from pipeline.model.item import Item
from pipeline.model.leave import LeaveKind, read_leave
from pipeline.model.names import Severity


def check(_item: Item, _context: Context) -> Iterable[Remark]:
    """Say nothing of single items."""
    return ()


def whole(context: Context) -> Iterable[Remark]:
    """Remark on settings that give readers no way to leave, or an open one."""
    head = context.config.newsletter
    leave = read_leave(head.unsubscribe)
    if leave is None:
        why = "Readers have no way to leave the list: the setting “unsubscribe” in sources.yml is empty."
    elif leave.kind is LeaveKind.WORDS:
        why = f"Nobody can leave by “{leave.text}”: it is no link, no e-mail address and no tag of a mailing tool."
    elif not leave.secure:
        why = f"The way to leave, {head.unsubscribe}, is not https: anyone on the way can see and change it."
    else:
        return
    yield Remark(field="issue", setting="unsubscribe", why=why, suggestion=_line(head.unsubscribe, head.base_url))


def _line(setting: str, home: str) -> str:
    """Give the line to write: the same address with https where there is one."""
    where = "Write in sources.yml, below “newsletter:”,"
    if setting.lower().startswith("http://"):
        return f"{where} once the address opens with https:   unsubscribe: https{setting[4:]}"
    tag = 'or your mailing tool\'s tag, as   unsubscribe: "*|UNSUB|*"'
    return f"{where} the page where people leave:   unsubscribe: {home}leave/{{reader}}   {tag}"


RULE = Rule(
    id="E17",
    name="way-to-leave",
    severity=Severity.BLOCK,
    binds=(Bound.ITEM,),
    check=check,
    whole=whole,
    waivable=False,
)
