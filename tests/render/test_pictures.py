"""Counts and the ladder as pictures: what is drawn is what is counted, and a benefit never stands alone."""

from __future__ import annotations

import hashlib
import re
import struct
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from issues import templates
from shapes import BENEFIT, EMPTY, pixels, shapes
from shapes import HARM as INK

from pipeline.model.item import Fact
from pipeline.model.names import Shows
from pipeline.render.pictures import Drawing, Picture, draw, drawable
from pipeline.render.pictures import ladder as drawn_ladder
from pipeline.render.press import Press

PRESS = Press(templates())

GOOD = Fact(value="9 of 12", shows=Shows.BENEFIT, says="were better")
HARM = Fact(value="4 of 12", shows=Shows.HARM, says="had an infection")


def drawn(*facts: Fact) -> list[str]:
    return [f"{fact.shows}: {d.alt}" for fact, d in draw(drawable(facts), PRESS, BENEFIT) if d]


def drawings(*facts: Fact, accent: str = BENEFIT) -> list[Drawing]:
    return [d for _, d in draw(drawable(facts), PRESS, accent) if d]


def ladder(step: int, steps: int) -> Drawing:
    return drawn_ladder(step, steps, PRESS, BENEFIT)


def svg(picture: Picture) -> str:
    """The picture as the web has it."""
    return PRESS.macro("web/_shapes.html", "count", picture, BENEFIT)


@pytest.mark.parametrize(
    ("value", "pair"),
    [("0 of 12", (0, 12)), ("12 of 12", (12, 12)), ("1 of 1", (1, 1)), ("24 of the 100", (24, 100)), ("7 von 9", (7, 9)),
     (" 7 of 9 ", (7, 9)), ("7 of 101", None), ("3 of 2", None), ("7 of 0", None), ("7 of 9 people", None), ("71%", None),
     ("٣ of 9", None), ("-1 of 9", None), ("", None)],
)  # fmt: skip
def test_only_true_counts_are_drawn(value: str, pair: tuple[int, int] | None) -> None:
    ((_, found),) = drawable([Fact(value=value, shows=Shows.HARM, says="fell ill")])
    assert found == (pair and Picture(*pair, Shows.HARM, most=pair[1]))


def test_a_fact_that_does_not_say_what_it_shows_is_never_drawn() -> None:
    assert drawn(replace(HARM, shows=None), replace(GOOD, shows=None)) == []
    assert drawn(replace(HARM, says=None), replace(HARM, says=" ")) == []


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((GOOD,), []),
        ((HARM,), ["harm: 4 of 12"]),
        ((HARM, GOOD), ["harm: 4 of 12", "benefit: 9 of 12"]),
        ((GOOD, replace(HARM, value="7 of 101")), []),
        ((GOOD, replace(HARM, value="3 of 2")), []),
        ((GOOD, replace(HARM, shows=None)), []),
        ((GOOD, replace(HARM, value="0 of 12")), ["benefit: 9 of 12", "harm: 0 of 12"]),
        ((GOOD, replace(HARM, value="1 of 1")), ["benefit: 9 of 12", "harm: 1 of 1"]),
    ],
)
def test_a_benefit_is_drawn_only_beside_a_counted_harm(facts: tuple[Fact, ...], expected: list[str]) -> None:
    assert drawn(*facts) == expected


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 100).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.sampled_from(Shows))
def test_the_filled_shapes_of_a_picture_are_its_count(count: tuple[int, int], shows: Shows) -> None:
    some, total = count
    facts = [Fact(value=f"{some} of {total}", shows=shows, says="x"), replace(HARM, value="0 of 1")]
    drawing = drawings(*facts)[0]
    filled = shapes(drawing.png, INK if shows is Shows.HARM else BENEFIT)
    assert (len(filled), len(shapes(drawing.png, EMPTY))) == (some, total - some)
    assert drawing.alt == f"{some} of {total}"


def test_the_filled_come_first_in_rows_of_one_block() -> None:
    made = svg(Picture(21, 58, Shows.HARM))
    places = [(int(y), int(x)) for x, y in re.findall(r'<rect x="(\d+)" y="(\d+)"', made)]
    assert places == sorted(places)
    assert len(places) == 58
    fills = re.findall(r'y="\d+" width="\d+" height="\d+" class="\w+" fill="(#\w+)"', made)
    assert fills == [INK] * 21 + [EMPTY] * 37


def test_harms_and_benefits_differ_in_their_shape() -> None:
    good, harm = (svg(Picture(4, 6, shows)) for shows in Shows)
    assert (good.count("<circle"), good.count("<rect")) == (6, 0)
    assert (harm.count("<circle"), harm.count("<rect")) == (0, 6)


def test_pictures_of_one_item_have_one_scale() -> None:
    good, harm = drawings(replace(GOOD, value="22 of 31"), replace(HARM, value="1 of 6"))
    (width,) = {len({x for x, _ in shape}) for shape in shapes(harm.png, INK)}
    assert width == 18
    assert {len({y for _, y in shape}) for shape in shapes(good.png, BENEFIT)} <= {16, 17, 18}
    (alone,) = drawings(replace(HARM, value="1 of 6"))
    assert alone.width > harm.width


@pytest.mark.parametrize("step", [1, 3, 11])
def test_the_ladder_has_its_step_filled(step: int) -> None:
    drawing = ladder(step, 11)
    (bar,) = shapes(drawing.png, BENEFIT)
    empty = shapes(drawing.png, EMPTY)
    assert len(empty) == 10
    assert sum(min(x for x, _ in each) < min(x for x, _ in bar) for each in empty) == step - 1
    assert drawing.alt == ""


def test_a_picture_is_twice_its_size_in_pixels_opaque_and_named_by_its_bytes() -> None:
    for drawing in (*drawings(GOOD, HARM), ladder(2, 11)):
        assert struct.unpack(">II", drawing.png[16:24]) == (2 * drawing.width, 2 * drawing.height)
        assert {alpha for row in pixels(drawing.png) for *_, alpha in row} == {255}
        assert drawing.name == f"{hashlib.sha256(drawing.png).hexdigest()[:16]}.png"
        assert drawing.width <= 256


def test_no_letters_no_style_and_nothing_from_elsewhere_is_drawn() -> None:
    made = svg(Picture(7, 9, Shows.BENEFIT))
    assert re.findall(r"<(?!/?(?:svg|rect|circle)\b)", made) == []
    assert re.findall(r"(?:style|href|font)\w*=", made) == []


def test_the_bytes_are_the_same_everywhere() -> None:
    known = {
        "7 of 9": "bee6ac08614c0272.png",
        "4 of 12": "d8336188735b33eb.png",
        "ladder": "f72c34e58e76443a.png",
    }
    found = {d.alt: d.name for d in drawings(replace(GOOD, value="7 of 9"), HARM)}
    assert found | {"ladder": ladder(3, 11).name} == known


def test_colours_are_those_asked_for() -> None:
    good, harm = drawings(GOOD, HARM, accent="#7a1f5c")
    assert (len(shapes(good.png, "#7a1f5c")), len(shapes(harm.png, INK))) == (9, 4)


def test_of_what_was_withdrawn_nothing_is_drawn() -> None:
    assert drawable([GOOD, HARM], withdrawn=True) == ((GOOD, None), (HARM, None))
