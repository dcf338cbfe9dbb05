"""What an e-mail template keeps to, so that setting its styles on the elements changes nothing else.

At most one plain `<style>`, with simple selectors, is set on the elements; one with `data-premailer="ignore"` (media
rules, dark colours) goes through as it is. What premailer would drop, misread or fetch is a fault of the template, with
its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import permutations

from pipeline.errors import Fault, InputError
from pipeline.render.layout import Layout
from pipeline.text import clip, plain

_JINJA = re.compile(r"{{.*?}}|{%.*?%}|{#.*?#}", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLOCK = re.compile(r"<style\b([^>]*)>(.*?)</style>", re.DOTALL | re.IGNORECASE)
_AT_RULE = re.compile(r"@[\w-]+")
_STATEMENT = re.compile(r"@[^{};]*;")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE = re.compile(r"[\w.\-\s,]+")
_SHORT_FORM = re.compile(r"<!\[(?:if|endif)(?![^<]*-->)", re.IGNORECASE)
_NO_LONGHANDS = frozenset({"border-collapse", "border-spacing"})
"""Properties that begin as a shorthand does and are not set by it."""

_PAGE = "email/issue.html"
_PASSED = "data-premailer"
_ELSEWHERE = f'it belongs into the block marked {_PASSED}="ignore"'


def hold(templates: Mapping[str, str]) -> None:
    """Hold the e-mail's HTML templates to the contract; raises InputError with every fault."""
    names = [name for name in templates if name.startswith("email/") and name.endswith(".html")]
    mail = {name: templates[name] for name in sorted(names, key=lambda each: each != _PAGE)}
    faults = [fault for name, text in mail.items() for fault in _faults(f"templates/{name}", text)]
    for passed, what in ((False, "plain <style>"), (True, f'<style {_PASSED}="ignore">')):
        found = [(name, line) for name, text in mail.items() for line, its in _blocks(text) if its is passed]
        said = f"a second {what}: one of each kind is all there may be"
        faults += [_fault(f"templates/{name}", line, said) for name, line in found[1:]]
    if faults:
        raise InputError(faults)


def whole(before: str, after: str, templates: Mapping[str, str]) -> str:
    """Give a page with its styles set, once what is for Word and what goes through is all there, byte for byte.

    Raises InputError naming the template and what did not stay whole.
    """
    pieces = [each for each in _COMMENT.findall(before) if "[if" in each or "[endif]" in each]
    pieces += [body for attributes, body in _BLOCK.findall(before) if _PASSED in attributes]
    for piece in pieces:
        if after.count(piece) < before.count(piece):
            name, line = _place(piece, templates)
            said = f"“{clip(plain(piece), 60)}” doesn't stay whole when styles are set on the elements"
            raise InputError([_fault(f"templates/{name}", line, said)])
    return after


def hold_corrections(page: str, layout: Layout) -> None:
    """Make sure that a mail leads to what it corrects; templates of before don't. Raises InputError."""
    hint = "Let it print `corrections` of its parts, as the one does that comes with the program."
    web = f"{layout.issue.masthead.base_url.rstrip('/')}/"
    addresses = [each.of.address for laid in layout.parts for each in laid.corrections]
    faults = [
        Fault(f"templates/{_PAGE}", 0, 0, "", f"the correction of {address} is not in the mail", hint)
        for address in addresses
        if f"{web}{address}/" not in page
    ]
    if faults:
        raise InputError(faults)


def _faults(file: str, source: str) -> Iterator[Fault]:
    text = _blank(_JINJA, source)
    for found in _SHORT_FORM.finditer(text):
        said = "only <!--[if !mso]><!--> … <!--<![endif]--> stays whole when styles are set on the elements"
        yield _fault(file, _line(text, found.start()), said)
    for start, passed, css in _located(text):
        for at, said in _css_faults(_blank(_CSS_COMMENT, css), passed=passed):
            yield _fault(file, _line(text, start + at), said)


def _css_faults(css: str, *, passed: bool) -> Iterator[tuple[int, str]]:
    """Say what is wrong with a block, and where in it."""
    for found in _AT_RULE.finditer(css):
        if found[0].lower() == "@import":
            yield found.start(), "@import would fetch something whenever a mail is made or read"
        elif not passed:
            yield found.start(), f"{found[0]} is lost where styles are set on the elements: {_ELSEWHERE}"
    for rule in () if passed else _RULE.finditer(_blank(_STATEMENT, css)):
        at = rule.start() + len(rule[1]) - len(rule[1].lstrip())
        if not _SIMPLE.fullmatch(rule[1]):
            yield at, _misread(rule[1].strip())
        yield from ((at, f"{pair} in one rule: which of them counts is not certain") for pair in _pairs(rule[2]))


def _misread(selector: str) -> str:
    if ":" in selector:
        return f"“{selector}” is set on no element, as it has a colon: {_ELSEWHERE}"
    if "*" in selector:
        return f"“{selector}” is set on no element, as it has a star: name tags or classes"
    return f"“{selector}” may be set wrongly on the elements: name tags and classes alone, as “p” or “.panel p”"


def _pairs(declarations: str) -> Iterator[str]:
    """Name what a rule sets twice, as a shorthand and as one of its longhands."""
    names = dict.fromkeys(each.partition(":")[0].strip().lower() for each in declarations.split(";"))
    for short, long in permutations(filter(None, names), 2):
        if (long.startswith(f"{short}-") and long not in _NO_LONGHANDS) or (short, long) == ("font", "line-height"):
            yield f"`{short}` stands beside `{long}`"


def _blocks(source: str) -> Iterator[tuple[int, bool]]:
    return ((_line(source, start), passed) for start, passed, _ in _located(_blank(_JINJA, source)))


def _located(text: str) -> Iterator[tuple[int, bool, str]]:
    """Give the style blocks of a page, those for Word apart: where the CSS begins, whether it goes through, the CSS."""
    for found in _BLOCK.finditer(_blank(_COMMENT, text)):
        yield found.start(2), _PASSED in found[1], found[2]


def _blank(what: re.Pattern[str], text: str) -> str:
    """Put letters in place of what is found, so that lines and places stay."""
    return what.sub(lambda found: re.sub(r"[^\n]", "x", found[0]), text)


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _place(piece: str, templates: Mapping[str, str]) -> tuple[str, int]:
    """Find the template, and its line, that has the beginning of what was printed."""
    first = piece.strip()[:24]
    found = ((n, t.find(first)) for n, t in templates.items() if n.startswith("email/"))
    return next(((name, _line(templates[name], at)) for name, at in found if at >= 0), (_PAGE, 0))


def _fault(file: str, line: int, message: str) -> Fault:
    return Fault(file, line, 1 if line else 0, "", message)
