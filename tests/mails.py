"""A message read back as what it was made of, and its page with larger letters."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage

LARGER = """times => {
  const all = [...document.querySelectorAll('body *')].map(e => [e, parseFloat(getComputedStyle(e).fontSize)]);
  all.forEach(([e, size]) => e.style.setProperty('font-size', `${size * times}px`, 'important'));
}"""
"""Makes all letters of a page so many times as large, whatever its styles say."""


def read_parts(raw: bytes, archive: str = "https://news.example.org/") -> tuple[str, str, dict[str, bytes]]:
    """Read text, HTML and pictures of a message; pictures are named where the archive has them, as in email.html."""
    read = message_from_bytes(raw, policy=policy.default)
    text, page = read.iter_parts()
    html, *pictures = page.iter_parts() if page.is_multipart() else (page,)
    assert isinstance(html, EmailMessage)
    words = html.get_content().replace("\r\n", "\n")
    found = {}
    for picture in pictures:
        name, cid = picture.get_filename(), picture["Content-ID"].strip("<>")
        path = name if name == "logo.png" else f"pictures/{name}"
        words = words.replace(f'"cid:{cid}"', f'"{archive}{path}"')
        found[path] = picture.get_content()
    return text.get_content().replace("\r\n", "\n"), words, found
