"""A logo is a whole, small, opaque PNG, or the settings say what is wrong with the file."""

from __future__ import annotations

import pytest
from pngs import chunk, png

from pipeline.theme.logo import Logo, LogoError, read_logo

PALETTE = chunk(b"PLTE", b"\x7f\x7f\x7f" * 256)


@pytest.mark.parametrize("content", [png(), png(4, 3, 0), png(4, 3, 3, PALETTE), png(1200, 1200)])
def test_an_opaque_png_is_taken_as_it_is(content: bytes) -> None:
    logo = read_logo(content)
    assert logo.content == content
    assert (logo.width, logo.height) in {(4, 3), (1200, 1200)}


def test_words_places_and_movement_stay_behind() -> None:
    more = (chunk(b"tEXt", b"Author\0Anna"), chunk(b"eXIf", b"MM\0*GPS"), chunk(b"acTL", b"\0" * 8))
    assert read_logo(png(4, 3, 2, *more)).content == png()
    assert read_logo(png() + b"<script>").content == png()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no PNG"),
        (b"\xff\xd8\xff\xe0 JFIF", "no PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no PNG"),
        (png()[:-1], "broken"),
        (png()[:40], "broken"),
        (b"\x89PNG\r\n\x1a\n", "broken"),
        (png().replace(b"IDAT", b"IDAX"), "broken"),
        (png(rows=b"\0" * 20), "broken"),  # too few rows
        (png(rows=b"\0" * 5_000_000), "broken"),  # a bomb
        (png(1201, 1), "1201 by 1 pixels"),
        (png(1, 0), "broken"),
        (png(4, 3, 2, chunk(b"teXt", bytes(200_001))), "200 kB"),
    ],
)
def test_what_can_not_be_printed_is_said_with_what_to_do(content: bytes, said: str) -> None:
    with pytest.raises(LogoError) as caught:
        read_logo(content)
    assert said in caught.value.what
    assert caught.value.hint.endswith(".")


@pytest.mark.parametrize("at", range(8, len(png())))
def test_a_byte_that_fell_over_is_noticed(at: int) -> None:
    content = png()
    with pytest.raises(LogoError):
        read_logo(content[:at] + bytes([content[at] ^ 0x10]) + content[at + 1 :])


def test_a_logo_is_scaled_into_its_box_and_never_made_larger() -> None:
    assert Logo(b"", 400, 100).within(200, 56) == (200, 50)
    assert Logo(b"", 40, 40).within(200, 56) == (40, 40)
    assert Logo(b"", 1200, 1).within(200, 56) == (200, 1)


@pytest.mark.parametrize(
    "content",
    [png(4, 3, 6), png(4, 3, 4), png(4, 3, 3, PALETTE, chunk(b"tRNS", b"\0")), png(4, 3, 2, chunk(b"tRNS", bytes(6)))],
)
def test_a_transparent_png_is_known_as_one(content: bytes) -> None:
    assert read_logo(content).transparent
    assert not read_logo(png()).transparent
