"""A colour is read on every ground where it stands, or the settings say which shade would be."""

from __future__ import annotations

import re
from colorsys import rgb_to_hls
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsrooms import REPO

from pipeline.language.shipped import shipped
from pipeline.model.names import Heads
from pipeline.theme import HOUSE, Theme, accent_fault
from pipeline.theme.colour import READABLE, contrast, darkened, nearest_shade, parse_colour

DATA: Any = shipped("pipeline.theme", "theme.yml")
LIGHT, DARK = (tuple(DATA[mode].values()) for mode in ("light", "dark"))
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def hue(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return rgb_to_hls(red, green, blue)[0] * 360


@pytest.mark.parametrize(
    ("written", "read"),
    [("#0B4F9C", "#0b4f9c"), (" 0b4f9c ", "#0b4f9c"), ("#069", "#006699"), ("teal", None), ("#12345", None), ("", None),
     ("red;} body{display:none}", None), ("#0b4f9c\n;", None), ("#١٢٣", None)],
)  # fmt: skip
def test_only_digits_are_a_colour(written: str, read: str | None) -> None:
    assert parse_colour(written) == read


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # fails, as WebAIM's checker says
    assert contrast("#123456", "#123456") == pytest.approx(1)


@given(COLOURS)
@settings(deadline=None)  # the machine may be busy
def test_the_shade_that_is_named_is_accepted_and_the_dark_one_can_be_read(colour: str) -> None:
    light = nearest_shade(colour, LIGHT)
    assert accent_fault(light) is None
    assert all(contrast(light, ground) >= READABLE for ground in LIGHT)
    dark = Theme.of(light, Heads.SERIF).dark
    assert all(contrast(dark, ground) >= READABLE for ground in DARK)


@pytest.mark.parametrize("colour", ["#ffff00", "#ff6600", "#0b4f9c", "#00c853", "#d500f9"])
def test_a_shade_keeps_its_hue(colour: str) -> None:
    for shade in (nearest_shade(colour, LIGHT), nearest_shade(colour, DARK)):
        assert hue(shade) == pytest.approx(hue(colour), abs=2)


def test_no_shade_between_a_colour_and_its_nearest_one_can_be_read() -> None:
    assert nearest_shade("#ffff00", LIGHT) == "#727200"
    assert contrast("#747400", LIGHT[1]) < READABLE < contrast("#727200", LIGHT[1])
    assert nearest_shade("#000000", LIGHT) == "#000000"


def test_the_fault_names_ground_ratio_and_shade() -> None:
    message, hint = accent_fault("#FFFF00") or ("", "")
    assert message == "“#FFFF00” can't be read on the page (#ffffff): its contrast is 1.07, and text needs 4.5"
    assert hint == 'The nearest shade that can be read everywhere is "#727200".'
    message, hint = accent_fault("teal") or ("", "")
    assert "“teal” can't be read on a tinted box (#eef3f8): its contrast is 4.27" in message
    assert '"#007c7c"' in hint


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("navy", 'Write "#000080".'),
        ("0b4f9c", 'Write "#0b4f9c".'),
        ("#039", 'Write "#003399".'),
        ("blue-ish", f'"{HOUSE}"'),
    ],
)
def test_what_is_written_otherwise_is_a_fault_with_the_way_to_write_it(written: str, hint: str) -> None:
    _, said = accent_fault(written) or ("", "")
    assert hint in said


@pytest.mark.parametrize("frozen", ["#ffcc00", "teal", "#fc0", "red;} body{display:none}", ""])
def test_an_old_issue_keeps_the_colour_it_was_printed_in(frozen: str) -> None:
    assert Theme.of(frozen, Heads.SANS).accent == HOUSE
    assert Theme.of(" #007F7F ", Heads.SANS).accent == "#007f7f"  # it was read on white, which was all that was asked


@pytest.mark.parametrize("name", ["email/issue.html", "web/style.css"])
def test_every_ground_of_the_templates_is_known(name: str) -> None:
    text = (REPO / "templates" / name).read_text(encoding="utf-8").partition("@media print")[0]
    grounds = re.findall(
        r"(?:background(?:-color)?: ?|bgcolor=\"|--(?:ground|soft|warn|focus): )(#[0-9a-f]{3,6})\b", text
    )
    assert len(grounds) > 7
    assert {parse_colour(each) for each in grounds} <= {*LIGHT, *DARK, *DATA["without_accent"]}


@pytest.mark.parametrize("heads", Heads)
def test_headings_have_fonts_that_are_there(heads: Heads) -> None:
    assert Theme.of(HOUSE, heads).heads.endswith("sans-serif" if heads == "sans" else ", serif")


@pytest.mark.parametrize(
    ("light", "dark"),
    [("#ffffff", "#333333"), ("#000000", "#ffffff"), ("#999999", "#777777"), ("#ff0000", "#ff2711"),
     ("#00ffff", "#005357"), ("#ffff00", "#383e00"), ("#0c64c0", "#6da0ff"), ("#f5d427", "#5d4d00"),
     ("#570606", "#ffc0b1"), ("#80ff80", "#005500")],
)  # fmt: skip
def test_a_colour_is_darkened_as_in_the_tests_of_roosterjs(light: str, dark: str) -> None:
    found = darkened(light)
    assert all(abs(int(found[at : at + 2], 16) - int(dark[at : at + 2], 16)) <= 1 for at in (1, 3, 5)), found
