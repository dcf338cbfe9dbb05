"""Jinja's environment for pages by the thousand: what it does at every word and every macro, in fewer steps.

Pages and mails have the same bytes as with Jinja's own. A third of the time of a whole archive went into these steps.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache, lru_cache
from typing import Any

from jinja2 import Environment
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from pipeline.render.finish import mark
from pipeline.text import plain

_SHORT = 100
"""Up to how many letters a text is worth keeping escaped: labels come back on every page, paragraphs do not."""


def printable(text: str) -> str:
    """Take control characters and text-direction tricks out of words; a line of nothing else stays as it is."""
    return text if text.isprintable() else plain(text)


class _Output(CodeGenerator):
    """Has each thing that a template prints go through one call, which depends on the template's kind.

    Jinja's own native environment sets in at the same hook, which no documentation promises: without it, all would
    still be escaped, and the tests would tell.
    """

    def _output_child_pre(self, _node: object, frame: Frame, _finalize: object) -> None:
        mail = "mail_" if (self.name or "").startswith("email/") else ""
        self.write(f"environment.{mail}{'markup' if frame.eval_ctx.autoescape else 'words'}(")


class _Calls(Context):
    """Calls what asks for no context, as nearly all does, without more ado; no template has globals of its own."""

    def __init__(self, *values: Any, **named: Any) -> None:
        super().__init__(*values, **named)
        self.globals_keys = set()  # those that imported templates would have to be printed anew for

    def call(self, obj: Any, /, *args: Any, **values: Any) -> Any:
        kind = type(obj)
        if kind is Macro:
            args = (self.eval_ctx, *args)
        elif hasattr(obj, "jinja_pass_arg") or _asks(kind):  # type: ignore[arg-type]  # a type is hashable
            return super().call(obj, *args, **values)
        values.pop("_block_vars", None)
        values.pop("_loop_vars", None)
        return obj(*args, **values)


@cache
def _asks(kind: type) -> bool:
    """Whether things of a kind, when they are called, ask for the context or the like."""
    return any(hasattr(vars(each).get("__call__"), "jinja_pass_arg") for each in kind.__mro__)


class Templates(Environment):
    """An environment that takes control characters out of all it prints and, in a mail, a mailing tool's tags."""

    code_generator_class = _Output
    context_class = _Calls

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.globals["once"] = lru_cache(maxsize=5_000)(_once)

    @staticmethod
    def words(value: object) -> str:
        """Print a value where nothing is escaped."""
        return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else str(value)

    @staticmethod
    def markup(value: object) -> str:
        """Print a value as HTML or XML."""
        if type(value) is str:
            return _kept(value) if len(value) < _SHORT else _escaped(value)
        if type(value) is Markup:
            return value
        return str(value) if type(value) is int else _escaped(value)

    @staticmethod
    def mail_words(value: object) -> str:
        """Print a value in the text of a mail."""
        return mark(printable(value)) if isinstance(value, str) and not isinstance(value, Markup) else str(value)

    @staticmethod
    def mail_markup(value: object) -> str:
        """Print a value in the HTML of a mail."""
        if isinstance(value, str) and not isinstance(value, Markup):
            value = mark(printable(value))
        return str(escape(value))


def escaped(context: Context, value: object) -> Markup:
    """Escape what a macro printed, or words, as they would be where the template of the context prints them."""
    printed = Templates.mail_markup if (context.name or "").startswith("email/") else Templates.markup
    return Markup(printed(str(value)))  # noqa: S704  escaped just now


def _once(macro: Macro, *values: Hashable) -> str:
    """Print a macro; with the same values again it need not be printed. It must depend on these alone."""
    return macro(*values)


def _escaped(value: object) -> str:
    if isinstance(value, str) and not isinstance(value, Markup):
        value = printable(value)
    return str(escape(value))


_kept = lru_cache(maxsize=10_000)(_escaped)
