"""Pictures of the editors' own: upright, small, without anything that nobody sees, or refused with the reason."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image
from pngs import png

from pipeline.theme.photo import MOST_BYTES, PhotoError, kept, read_photo

RED, BLUE = (200, 30, 30), (20, 40, 200)


def photo(sort: str = "JPEG", size: tuple[int, int] = (40, 20), **more: Any) -> bytes:
    """A picture that is red on its left and blue on its right."""
    image, out = Image.new("RGB", size, RED), io.BytesIO()
    image.paste(BLUE, (size[0] // 2, 0, *size))
    image.save(out, sort, **more)
    return out.getvalue()


def noise(side: int) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((side, side), 200).convert("RGB").save(out, "PNG")
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def near(pixel: Any, colour: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 40 for a, b in zip(pixel, colour, strict=True))


def test_what_a_camera_writes_is_left_out_and_the_picture_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "Ward 4, Anna's bed"  # turned by a quarter; a description
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 0.0)  # where it was taken
    made = read_photo("ward.jpg", photo(exif=exif, comment=b"Anna", dpi=(300, 300)))
    for shot in made.files.values():
        image = opened(shot.content)
        assert (image.size, (shot.width, shot.height)) == ((20, 40), (20, 40))
        assert near(image.getpixel((10, 4)), RED)
        assert near(image.getpixel((10, 35)), BLUE)
        assert not image.getexif()
        assert not image.info.keys() & {"comment", "exif", "icc_profile", "xmp", "photoshop"}
        assert b"Anna" not in shot.content


def test_both_sizes_keep_to_their_bytes_whatever_is_seen() -> None:
    made = read_photo("noise.png", noise(2400))
    assert len(made.small.content) <= 60_000
    assert len(made.large.content) <= 160_000
    assert made.small.width < made.large.width
    plain = read_photo("plain.jpg", photo(size=(3000, 1000)))
    assert [(s.width, s.height) for s in plain.files.values()] == [(720, 240), (1600, 533)]


def test_what_is_transparent_is_printed_on_white() -> None:
    made = read_photo("a.png", png(8, 8, 6, rows=(b"\0" + b"\0\0\0\0" * 8) * 8))
    assert near(opened(made.small.content).getpixel((4, 4)), (255, 255, 255))


def test_a_second_picture_that_a_phone_puts_behind_is_left_out() -> None:
    made = read_photo("a.jpg", photo("MPO", save_all=True, append_images=[Image.new("RGB", (40, 20), "white")]))
    assert near(opened(made.small.content).getpixel((4, 10)), RED)


def test_the_sizes_are_named_by_the_file_and_read_back_as_they_are() -> None:
    content = photo()
    made = read_photo("a.jpg", content)
    assert all(path.startswith(f"pictures/{made.sha256[:16]}-") for path in made.files)
    assert kept(made.sha256, made.small.content, made.large.content) == made
    assert read_photo("a.JPEG", content) == made


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.jpg", photo("PNG"), "this file is a PNG, which its name does not say"),
        ("a.png", photo(), "this file is a JPEG, which its name does not say"),
        ("a.jpg", b"", "no picture that can be read"),
        ("a.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no picture that can be read"),
        ("a.gif", photo("GIF"), "no picture that can be read"),
        ("a.jpg", photo(size=(400, 400))[:-200], "no picture that can be read"),
        ("a.png", photo("PNG")[:-30], "no picture that can be read"),
        ("a.webp", photo("WEBP", save_all=True, append_images=[Image.new("RGB", (40, 20))]), "moves"),
        ("a.png", photo("PNG", save_all=True, append_images=[Image.new("RGB", (40, 20))]), "moves"),
        ("a.png", png(60_000, 60_000, 2, rows=b""), "more than 50 million pixels"),
        ("a.png", png(9_000, 9_000, 2, rows=b""), "more than 50 million pixels"),
        ("a.jpg", photo() + bytes(MOST_BYTES), "20 are the most"),
    ],
    ids=["png as jpg", "jpg as png", "empty", "svg", "gif", "half a jpg", "half a png", "webp that moves",
         "png that moves", "bomb", "too many pixels", "too many bytes"],
)  # fmt: skip
def test_a_file_that_is_no_sound_picture_is_refused_with_the_reason(name: str, content: bytes, what: str) -> None:
    with pytest.raises(PhotoError) as refused:
        read_photo(name, content)
    assert what in refused.value.what
    assert refused.value.hint
