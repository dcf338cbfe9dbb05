"""A picture of the editors' own as readers get it: upright, in two sizes, with nothing in it but what is seen.

What a camera writes beside a picture can tell where somebody lives; it is left out. The one file that knows Pillow.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import PipelineError

if TYPE_CHECKING:
    from PIL import Image

MOST_BYTES, MOST_PIXELS = 20_000_000, 50_000_000
_SORTS = {"JPEG": (".jpg", ".jpeg"), "PNG": (".png",), "WEBP": (".webp",)}
_PHONES = "MPO"
"""What Pillow calls a JPEG with a second picture behind it, as phones make them; the first is what is seen."""
_SIZES = {"small": (720, 60_000), "large": (1600, 160_000)}
"""How wide or high a picture is at most, and how many bytes it has."""


_SMALLER = "Export the picture smaller: 1600 pixels either way are plenty."


class PhotoError(PipelineError):
    """A file that can't be printed as a picture: what is wrong with it, and what to do."""

    def __init__(self, what: str, hint: str) -> None:
        self.what, self.hint = what, hint
        super().__init__(f"{what}\n{hint}")


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture in one size: a JPEG, and its pixels."""

    content: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture in its two sizes; `sha256` is that of the file it was made from, and names what was made."""

    sha256: str
    small: Shot
    large: Shot

    @property
    def files(self) -> dict[str, Shot]:
        """The sizes by their paths, in an issue's folder and in the archive."""
        return dict(zip(paths(self.sha256), (self.small, self.large), strict=True))


def paths(sha256: str) -> tuple[str, ...]:
    """Where the sizes of a picture lie."""
    return tuple(f"pictures/{sha256[:16]}-{size}.jpg" for size in _SIZES)


def digest(content: bytes) -> str:
    """The hash by which a picture is known, and to which sign-offs are bound."""
    return hashlib.sha256(content).hexdigest()


def read_photo(name: str, content: bytes) -> Photo:
    """Make the sizes of a picture; raises PhotoError for one that is broken, huge, moving or misnamed."""
    if len(content) > MOST_BYTES:
        what = f"this file has {len(content) / 1_000_000:.0f} MB, and {MOST_BYTES // 1_000_000} are the most"
        raise PhotoError(what, _SMALLER)
    from PIL import Image, ImageOps  # noqa: PLC0415  it loads slowly, and most commands meet no picture

    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(content), formats=tuple(_SORTS)) as image:
            _refuse(name, image)
            clean = _clean(ImageOps.exif_transpose(image))
    except Image.DecompressionBombError:
        raise _huge() from None
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError):
        raise _broken() from None
    return Photo(digest(content), *(_shot(clean, side, most) for side, most in _SIZES.values()))


def kept(sha256: str, small: bytes, large: bytes) -> Photo:
    """Take the sizes that were made before, as they are; raises PhotoError for one that is broken."""
    from PIL import Image  # noqa: PLC0415  see above

    try:
        return Photo(sha256, *(Shot(each, *Image.open(io.BytesIO(each)).size) for each in (small, large)))
    except (OSError, SyntaxError, ValueError):
        raise _broken() from None


def _refuse(name: str, image: Image.Image) -> None:
    """Look at what the head of a file says, before anything is unpacked."""
    sort = "JPEG" if image.format == _PHONES else image.format or ""
    endings = _SORTS[sort]
    if not name.lower().endswith(endings):
        hint = f"Name it with {' or '.join(endings)} at its end, or export it as what its name says."
        raise PhotoError(f"this file is a {sort}, which its name does not say", hint)
    if image.width * image.height > MOST_PIXELS:
        raise _huge()
    if image.format != _PHONES and getattr(image, "n_frames", 1) > 1:
        raise PhotoError("this picture moves", "Export one still picture of it.")


def _clean(image: Image.Image) -> Image.Image:
    """Copy what is seen onto white, and nothing else of a file: no place, no camera, no comment."""
    from PIL import Image  # noqa: PLC0415  see above

    seen = image.convert("RGBA")
    made = Image.new("RGB", seen.size, "white")
    made.paste(seen, mask=seen.getchannel("A"))
    return made


def _shot(image: Image.Image, side: int, most: int) -> Shot:
    """Save a picture at the best quality that keeps to a number of bytes."""
    for size, quality in _tries(side):
        made = image.copy()
        made.thumbnail((size, size))
        out = io.BytesIO()
        made.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= most:
            break
    return Shot(out.getvalue(), *made.size)


def _tries(side: int) -> Iterator[tuple[int, int]]:
    """The sizes and qualities to try; the last is small enough whatever is seen."""
    while side > 60:
        yield from ((side, quality) for quality in (85, 75, 65))
        side = side * 3 // 4


def _huge() -> PhotoError:
    return PhotoError(f"this picture unpacks to more than {MOST_PIXELS // 1_000_000} million pixels", _SMALLER)


def _broken() -> PhotoError:
    hint = "Use a whole JPEG, PNG or WebP file; export the picture again."
    return PhotoError("this is no picture that can be read", hint)
