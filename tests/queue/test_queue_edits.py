"""Any edit an editor can make to a valid queue file survives gather, approve, sign and add."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.model.entry import Entry, Ids
from pipeline.model.evidence import Evidence, Stage
from pipeline.model.names import Excerpt, PersonRole, Section, Status
from pipeline.model.source import Source
from pipeline.model.story import About, Story, Verdict
from pipeline.queue import QueueText, Signing, decide, read_queue, sign
from pipeline.queue.layout import new_file
from pipeline.queue.merge import Background, merge

SOURCES = {"jei": Source(key="jei", kind="feed", name="JEI", url="https://jei.example/", excerpt=Excerpt.FULL)}

words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn"), exclude_characters="\u2028\u2029\ufeff"),
    min_size=1,
    max_size=60,
).map(lambda t: " ".join(t.split()))
sentences = st.lists(words.filter(bool), min_size=1, max_size=6).map(" ".join)
comments = st.sampled_from(
    ["", "", "", "# ask Dr M.", "#", "# 50 % : [really]?", "#- id: not-an-item", "# 'quoted \" thing"]
)
gaps = st.sampled_from(["", "", "", "\n", "\n\n", "# between\n", "   # indented\n", "\n# a\n\n# b\n"])


def story(n: int, title: str, summary: str = "", **more: Any) -> Story:
    entry = Entry(
        source="jei",
        title=title,
        ids=Ids(doi=f"10.5555/x.{n}"),
        link=f"https://jei.example/{n}",
        summary=summary,
        **more,
    )
    verdict = Verdict(
        kept=True,
        reason="",
        about=About(conditions=("lupus",)),
        evidence=Evidence(stage=Stage.PHASE_1, participants=9),
        section=Section.RESEARCH,
    )
    return Story(entry, (), verdict)


@st.composite
def scalars(draw: st.DrawFn, text: str, pad: str) -> str:
    """One text, written in one of the ways YAML has for it."""
    style = draw(st.sampled_from(["double", "single", "literal", "folded", "keep", "plain"]))
    if style == "single":
        return "'" + text.replace("'", "''") + "'"
    if style in ("literal", "folded", "keep") and text and not text[0].isspace():
        head = {"literal": "|", "folded": ">-", "keep": "|+"}[style]
        lines = text.split(" ") if style == "folded" and all(text.split(" ")) else [text]
        if all(line and not line.startswith((" ", "\t")) for line in lines):
            return f"{head}\n" + "\n".join(f"{pad}    {line}" for line in lines)
    if (
        style == "plain"
        and re.fullmatch(r"[A-Za-z][A-Za-z0-9 ,.]*[a-z]", text)
        and text.lower() not in ("null", "true", "no", "yes")
    ):
        return text
    return json.dumps(text, ensure_ascii=False)


@st.composite
def queues(draw: st.DrawFn) -> tuple[str, int]:
    """A valid queue file as an editor may have left it, and how many items it has."""
    n = draw(st.integers(0, 3))
    root = draw(st.sampled_from(["", "", "  "]))
    dash = root + draw(st.sampled_from(["", "  ", "    "]))
    gap = draw(st.sampled_from(["- ", "-   "]))
    out = [draw(gaps), f"{root}issue: 2026-12   {draw(comments)}\n"]
    intro = f"{root}intro: {draw(scalars(draw(sentences), root))}\n" if draw(st.booleans()) else ""
    late = draw(st.booleans())
    out.append("" if late else intro)
    empty = draw(st.sampled_from(["", " []", " null", " ~", " []  # none yet", "   # soon"]))
    out.append(f"{root}items:{empty if n == 0 else ''}\n")
    for i in range(n):
        pad = dash + " " * len(gap)
        status = draw(st.sampled_from(["pending", "hold", '"pending"', "'approved'"]))
        fields = [f"id: 2026-12/item-{i}", f"status: {status} {draw(comments)}".rstrip()]
        fields += [
            f"section: {draw(st.sampled_from(['research', 'emerging']))}",
            f"title: {draw(scalars(draw(sentences), pad))}",
        ]
        fields += ["source: jei", f"ids: {{doi: 10.5555/x.{i}}}"]
        fields += [
            f"headline: {draw(scalars(draw(sentences), pad))}",
            f"summary: {draw(scalars(draw(sentences), pad))}",
        ]
        fields += draw(
            st.sampled_from(
                [
                    [],
                    ["also: []"],
                    ["also:"],
                    ["also: []   # others"],
                    ["also:", "- {source: jei, title: T}"],
                    ["also: [{source: jei, title: T}]"],
                ]
            )
        )
        fields += draw(
            st.sampled_from(
                [[], ["signed: []"], ["signed:  # nobody"], ["notices: [ ]"], ["facts: [{value: '7 of 9'}]"]]
            )
        )
        head, tail = fields[0], fields[1:]
        blocks: list[list[str]] = [[]]
        for line in tail:  # a dash line belongs to the name above it
            (blocks[-1].append(line) if line.startswith("- ") else blocks.append([line]))
        order = draw(st.permutations([b for b in blocks if b]))
        out.append(f"{dash}{gap}{head}\n")
        for block in order:
            out.append(draw(gaps))
            out += [f"{pad}{line}\n" for line in block]
        out.append(draw(gaps))
    out.append(intro if late else "")
    out.append(draw(gaps))
    text = "".join(out)
    if draw(st.booleans()):
        text = text.rstrip("\n") if not text.rstrip("\n").endswith(("|+", ">-")) else text
    return (text.replace("\n", "\r\n") if draw(st.booleans()) else text), n


def assert_survives(old: str, new: str) -> None:
    """Every line of the old text stands in the new one, in order; a line may only gain or change its last value."""
    lines = iter(new.splitlines())
    for line in old.splitlines():
        may_change = re.match(r"[ -]*(status|reason|also|signed|notices|items|facts):", line)
        comment = line[line.rfind("#") :] if "#" in line else ""
        strip = {line, line.rstrip("+") + "-"} if line.endswith(("|", "|+")) and not old.endswith("\n") else {line}
        assert any(
            now in strip or (may_change and now.startswith(may_change[0]) and comment in now) for now in lines
        ), f"lost: {line!r}"


@settings(max_examples=150, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(queues(), sentences, sentences)
def test_no_edit_is_lost(made: tuple[str, int], title: str, summary: str) -> None:
    text, n = made
    try:
        old = read_queue(text, "queue.yml")
    except InputError:
        return  # not a valid file: then nothing is written at all, which other tests hold
    stories = [story(90, title, summary), *(story(i, "A paper", retracts=None) for i in range(n))]
    merged = merge(old, stories, Background(sources=SOURCES)).queue
    assert_survives(text, merged.text)
    assert [i.id for i in merged.queue.items][:n] == [i.id for i in old.queue.items]
    assert merged.queue.items[:n] == old.queue.items
    assert merged.queue.items[-1].title == title
    assert ("\r\n" in merged.text) == (merged.text.count("\r\n") == merged.text.count("\n") and "\r\n" in text)
    assert merge(merged, stories, Background(sources=SOURCES)).queue.text == merged.text
    approved = decide(merged, [merged.queue.items[-1].id], Status.APPROVED, "because: it's #1")
    signed = sign(
        approved,
        [i.id for i in approved.queue.items],
        Signing(by="anna", role=PersonRole.EDITOR, on=date(2026, 12, 1)),
    )
    assert_survives(merged.text, signed.text)
    assert all(i.signed and i.signed[-1].text == i.text_hash for i in signed.queue.items)
    assert [i.headline for i in signed.queue.items] == [i.headline for i in merged.queue.items]


@pytest.mark.parametrize(
    "title",
    [
        "{{ 7*7 }}",
        "<script>alert(1)</script>",
        "a\r\nBcc: x@y",
        "- not: a list",
        "#no",
        "'",
        '"',
        "!!python/object",
        "&a *b",
        "\u0000nul",
        "\ufeffbom",
        "\U0001f600",
        "---",
        "...",
        "? a",
        "NO",
        "12:30",
        "0x1F",
        "1e3",
        "~",
        "null",
        "tab\there",
        "\u2028line",
        "trailing:",
        "x" * 3000,
    ],
)
def test_hostile_titles_come_back_as_they_were(title: str) -> None:
    queue = merge(
        read_queue(new_file("2026-12"), "queue.yml"), [story(1, title, title)], Background(sources=SOURCES)
    ).queue
    assert queue.queue.items[0].title == title
    assert len(queue.queue.items) == 1


def _with(text: str) -> QueueText:
    return read_queue(text, "queue.yml")


def test_an_item_in_flow_style_can_be_decided_and_signed() -> None:
    old = _with("issue: 2026-12\nitems: [{id: a, status: pending, section: research, title: T, source: jei}]\n")
    new = sign(
        decide(old, ["a"], Status.HOLD),
        ["a"],
        Signing(by="x", role=PersonRole.MEDICAL, on=date(2026, 1, 1), checked="all"),
    )
    assert new.queue.items[0].status is Status.HOLD
    assert new.queue.items[0].signed[0].by == "x"


def test_what_cannot_be_changed_cleanly_is_left_alone() -> None:
    old = _with("issue: 2026-12\nitems:\n- id: a\n  status: pending\n  section: research\n  title: T\n  source: jei\n")
    with pytest.raises(InputError):
        read_queue(old.text + "items: []\n", "queue.yml")
