"""The contract of the e-mail's templates: what setting styles on the elements would drop, misread or fetch."""

from __future__ import annotations

import re

import pytest
from issues import earlier_issue, sample_issue, templates

from pipeline.errors import InputError
from pipeline.render import render
from pipeline.render.contract import hold, whole
from pipeline.render.inline import inline

TEMPLATES = templates()
ISSUE = "email/issue.html"


def faults(old: str, new: str, name: str = ISSUE) -> list[tuple[str, int, str]]:
    """What is said of our templates with a change to one of them."""
    text = TEMPLATES[name]
    assert old in text
    with pytest.raises(InputError) as raised:
        hold(TEMPLATES | {name: text.replace(old, new, 1)})
    assert raised.value.exit_code == 2
    return [(f.file, f.line, f.message) for f in raised.value.faults]


def line(words: str, name: str = ISSUE) -> int:
    """The line of one of our templates on which these words stand first."""
    return TEMPLATES[name][: TEMPLATES[name].index(words)].count("\n") + 1


def test_our_own_templates_keep_to_it() -> None:
    hold(TEMPLATES)


@pytest.mark.parametrize(
    ("css", "said"),
    [
        ("* { margin: 0; }", "“*” is set on no element, as it has a star"),
        (".pad * { margin: 0; }", "as it has a star"),
        ("a:hover { margin: 0; }", "“a:hover” is set on no element, as it has a colon"),
        ("tr:nth-child(even) { margin: 0; }", "as it has a colon"),
        ('a[href^="https://x"] { margin: 0; }', "as it has a colon"),
        ("td > p { margin: 0; }", "“td > p” may be set wrongly"),
        ("@import url(https://fonts.example/x.css);", "@import would fetch something"),
        ("@media (max-width: 620px) { p { margin: 0; } }", "@media is lost"),
        ("@font-face { font-family: x; }", "@font-face is lost"),
        ("q { padding: 0; padding-left: 4px; }", "`padding` stands beside `padding-left` in one rule"),
        ("q { font: 16px serif; line-height: 1.5; }", "`font` stands beside `line-height`"),
        ("q { border-left: 0; border-left-color: {{ accent }}; }", "`border-left` stands beside `border-left-color`"),
        ("/* * */ q, * { margin: 0; }", "as it has a star"),
    ],
)
def test_what_the_plain_block_may_not_hold_is_told_with_its_line(css: str, said: str) -> None:
    rule = "h1 { margin: 0;"
    (found,) = [each for each in faults(rule, f"{css}\n{rule}") if said in each[2]]
    assert found[:2] == (f"templates/{ISSUE}", line(rule))


@pytest.mark.parametrize(
    "css", ["q { border: 0; border-collapse: collapse; }", "q { color: red; } /* a:b, * @import */"]
)
def test_what_only_looks_like_it_is_no_fault(css: str) -> None:
    hold(TEMPLATES | {ISSUE: TEMPLATES[ISSUE].replace("h1 { margin: 0;", f"{css}\nh1 {{ margin: 0;", 1)})


def test_the_block_that_goes_through_may_hold_all_but_an_import() -> None:
    passed = ":root { color-scheme"
    hold(TEMPLATES | {ISSUE: TEMPLATES[ISSUE].replace(passed, f"a:hover, * {{ color: red; }}\n{passed}", 1)})
    (found,) = faults(passed, f'@import "x.css";\n{passed}')
    assert found[1] == line(passed)
    assert "@import" in found[2]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('<style data-premailer="ignore">', "<style>", "a second plain <style>"),
        ("<style>\n", '<style data-premailer="ignore">\n', 'a second <style data-premailer="ignore">'),
        ("<!--[if mso]><table", "<![if !mso]><br><![endif]><!--[if mso]><table", "only <!--[if !mso]><!-->"),
    ],
)
def test_two_style_blocks_at_most_and_one_form_of_comment_for_word(old: str, new: str, said: str) -> None:
    assert any(said in message for _, _, message in faults(old, new))


def test_a_block_in_another_file_counts_too() -> None:
    (found,) = faults("{% macro online", "<style>p { margin: 0; }</style>{% macro online", "email/_parts.html")
    assert found == (
        "templates/email/_parts.html",
        line("{% macro online", "email/_parts.html"),
        "a second plain <style>: one of each kind is all there may be",
    )


def test_every_fault_is_told_at_once_and_a_build_refuses() -> None:
    own = TEMPLATES | {
        ISSUE: TEMPLATES[ISSUE].replace("<style>\n", "<style>\n* { margin: 0; }\na:hover { margin: 0; }\n")
    }
    with pytest.raises(InputError) as raised:
        render(sample_issue(), (sample_issue(), earlier_issue()), own)
    assert len(raised.value.faults) == 2


def test_what_is_for_word_and_what_goes_through_is_whole_after_styles_are_set() -> None:
    page = render(sample_issue(), (sample_issue(),), TEMPLATES).files["email.html"].decode()
    source = re.sub(r"{{.*?}}", "", TEMPLATES[ISSUE])
    comments = [each for each in re.findall(r"<!--.*?-->", source, re.DOTALL) if "[if" in each]
    assert len(comments) > 2
    assert all(each in page for each in comments)
    dark = source.partition("@media (prefers-color-scheme: dark) {")[2].partition("\n")[2].partition("\n")[0]
    assert dark in page


def test_what_does_not_stay_whole_is_told_with_the_template_it_is_in() -> None:
    before = (
        '<html><body><!--[if mso]><p>Word</p><![endif]--><style data-premailer="ignore">a:b {}</style></body></html>'
    )
    assert whole(before, inline(before), {}) == inline(before)
    for lost in ("<!--[if mso]><p>Word</p><![endif]-->", "a:b {}"):
        with pytest.raises(InputError, match="doesn't stay whole") as raised:
            whole(before, inline(before).replace(lost, ""), {ISSUE: f"\n{lost}"})
        assert (raised.value.faults[0].file, raised.value.faults[0].line) == (f"templates/{ISSUE}", 2)
