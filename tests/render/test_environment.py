"""Our own Jinja environment prints what Jinja's would, with less work."""

from __future__ import annotations

from itertools import count

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError, select_autoescape
from markupsafe import Markup

from pipeline.render.environment import Templates
from pipeline.render.unbroken import unbroken

VALUES = ("a < b & c", Markup("<b>bold</b>"), 7, 0.5, None, True, "", "“Zürich” 東京", ["<", 1], "x" * 300 + "<")


def _set_up(kind: type[Environment], **templates: str) -> Environment:
    named = {f"{name.replace('_', '.')}": text for name, text in templates.items()}
    return kind(loader=DictLoader(named), autoescape=select_autoescape(("html", "xml")), undefined=StrictUndefined)


@pytest.mark.parametrize("value", VALUES, ids=repr)
@pytest.mark.parametrize("name", ["page.html", "page.txt", "feed.xml"])
def test_it_prints_what_jinja_prints(value: object, name: str) -> None:
    text = "{% macro m(v) %}<i>{{ v }}</i>{% endmacro %}{{ v }}|{{ m(v) }}|{{ m(v=v) }}|{{ 'a' ~ v }}|{{ '<' }}"
    ours, theirs = (_set_up(kind, **{name.replace(".", "_"): text}) for kind in (Templates, Environment))
    assert ours.get_template(name).render(v=value) == theirs.get_template(name).render(v=value)


def test_nothing_that_reorders_or_hides_words_is_printed() -> None:
    env = _set_up(Templates, page_html="{{ v }}", page_txt="{{ v }}")
    bad = "safe\u202e<b>\x07\u00adword"
    assert env.get_template("page.html").render(v=bad) == "safe &lt;b&gt; word"
    assert env.get_template("page.txt").render(v=bad) == "safe <b> word"


def test_what_is_absent_stays_an_error() -> None:
    for text in ("{{ nothing }}", "{{ v.nothing }}", "{% macro m(a) %}{{ a }}{% endmacro %}{{ m() }}"):
        with pytest.raises(UndefinedError):
            _set_up(Templates, page_html=text).get_template("page.html").render(v=1)


def test_the_same_values_are_printed_once_and_others_anew() -> None:
    numbers = count()
    env = _set_up(
        Templates, page_html="{% macro m(v) %}{{ v }}{{ next() }}{% endmacro %}{{ once(m, v) }} {{ once(m, v) }}"
    )
    env.globals["next"] = lambda: next(numbers)
    page = env.get_template("page.html")
    assert page.render(v="<") == "&lt;0 &lt;0"
    assert page.render(v=">") == "&gt;1 &gt;1"


def test_what_was_kept_of_markup_is_never_taken_for_words() -> None:
    for given in ((Markup("<i>CAR-T</i>"), "<i>CAR-T</i>"), ("<b>7 of 9</b>", Markup("<b>7 of 9</b>"))):
        for value in given:
            assert ("&lt;" in unbroken(value)) is not isinstance(value, Markup)
