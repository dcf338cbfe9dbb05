"""YAML that knows where it stands: text -> plain values, and the place of each in the text.

YAML 1.2 (ruamel.yaml), so that the country code NO stays text. Every scalar stays the text that was
written; what type it should have is for the caller's model to say. No value is built, no tag obeyed.
"""

from pipeline.yamltext.places import Marked, Path, Place, Plain, spell
from pipeline.yamltext.tree import parse
from pipeline.yamltext.typed import adapter, read
from pipeline.yamltext.writing import folded, literal, quoted, scalar

__all__ = [
    "Marked",
    "Path",
    "Place",
    "Plain",
    "adapter",
    "folded",
    "literal",
    "parse",
    "quoted",
    "read",
    "scalar",
    "spell",
]
