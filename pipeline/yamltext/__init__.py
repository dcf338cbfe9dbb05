"""A YAML document that knows its places: text -> plain values, each with where it stands, and edits back into the text.

YAML 1.2 (ruamel.yaml), so that the country code NO stays text. Every scalar stays the text that was
written; what type it should have is for the caller's model to say. No value is built, no tag obeyed.
"""

from pipeline.yamltext.document import Document, Path, Place, spell
from pipeline.yamltext.edits import Add, Edit, Put, Swap
from pipeline.yamltext.splice import change, moved
from pipeline.yamltext.tree import parse
from pipeline.yamltext.typed import UnreadableError, adapter, load_json, read
from pipeline.yamltext.writing import folded, literal, quoted, scalar

__all__ = [
    "Add",
    "Document",
    "Edit",
    "Path",
    "Place",
    "Put",
    "Swap",
    "UnreadableError",
    "adapter",
    "change",
    "folded",
    "literal",
    "load_json",
    "moved",
    "parse",
    "quoted",
    "read",
    "scalar",
    "spell",
]
