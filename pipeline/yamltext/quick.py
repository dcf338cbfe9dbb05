"""YAML text -> nodes, quickly: libyaml reads what both readers read alike, and leaves everything else to ruamel.

ruamel takes some twenty times as long, which was a tenth of every `hope check`. libyaml reads YAML 1.1 and we write
1.2, so a text with anything on which they may differ (tabs, rare line breaks, tags, anchors, directives) is declined,
and so is one with a fault: errors are always ruamel's. A test reads many texts both ways and holds the two together.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

import yaml

_DECLINED = (
    "[\t\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]",
    r"\n(?:%|---|\.\.\.| *(?:- +)*\?(?!\S)| *(?:- +)+#)",
    r"[&*?](?<![^\s\[{,].)\S",
    r"!(?<![^\s\[{,].)",
    r"[\[{,]\s*[?:,-]",
    r":\s*[,\]}]",
    r"[|>][-+\d]*(?:#|[ ]*(?:#[^\n]*)?\n[ ]+\n)",
)
"""What the text may not hold. Each begins with a character that re can skip to: one for all took four times as long."""

_BLANK = re.compile(r"(?:[ \n]|(?<=[ \n])#[^\n]*)*")


@dataclass(frozen=True, slots=True)
class _Mark:
    index: int
    line: int
    column: int


def compose(text: str) -> Any:
    """Read one YAML document into PyYAML's nodes, as ruamel's `compose` does; None when ruamel must read the text."""
    lines = f"\n{text}"
    if not yaml.__with_libyaml__ or any(re.search(each, lines) for each in _DECLINED):
        return None
    try:
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
    except (yaml.YAMLError, RecursionError):
        return None
    if node is not None:
        _settle(node, text, [0, *(m.end() for m in re.finditer("\n", text))])
    return node


def _settle(node: yaml.Node, text: str, starts: list[int]) -> None:
    """Put each empty scalar where the next word or sign stands: there ruamel has it, and so do our edits."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            _settle(key, text, starts)
            _settle(value, text, starts)
    elif isinstance(node, yaml.SequenceNode):
        for each in node.value:
            _settle(each, text, starts)
    elif isinstance(node, yaml.ScalarNode) and not node.value and not node.style:
        blank = _BLANK.match(text, node.start_mark.index)
        at = blank.end() if blank else node.start_mark.index
        line = bisect_right(starts, at) - 1
        node.start_mark = node.end_mark = _Mark(at, line, at - starts[line])
