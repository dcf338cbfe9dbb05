"""What the sources file must survive: alias bombs, many people, several faults at once."""

from __future__ import annotations

import re

import pytest
from growth import LINEAR, growth

from pipeline.config import parse_config
from pipeline.errors import InputError, PipelineError
from pipeline.yamltext import parse

KINDS = {"feed": None, "clinicaltrials": None}
LETTER = """\
newsletter:
  name: Measured Hope
  base_url: https://news.example.org/
  sender: Measured Hope <editors@news.example.org>
  people:
  - {key: anna, name: Anna Example, roles: [editor]}
  - {key: dr-m, name: Dr M. Example, roles: [medical]}
sources:
"""
ONE = "- key: lancet-rheum\n  kind: feed\n  url: https://feeds.example.org/lanrhe.xml\n"
GOOD = LETTER + ONE


def faults(text):
    with pytest.raises(InputError) as caught:
        parse_config(text, "sources.yml", KINDS)
    return caught.value.faults


def test_an_alias_that_holds_itself_is_a_fault_and_no_crash():
    assert faults(f"{GOOD}  note: &n [*n]\n")


def test_aliases_of_aliases_are_not_walked_a_billion_times():
    def laughs(deep: int) -> str:
        walls = (f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 10)}]" for i in range(1, deep))
        return "\n".join((f"a0: &a0 [{','.join('x' * 10)}]", *walls, ""))

    assert len(parse(laughs(5), "s.yml").faults) < 200
    assert growth(laughs, lambda text: parse(text, "s.yml"), 1) < LINEAR


def test_an_alias_is_told_where_it_stands_not_where_its_anchor_does():
    assert [f.line for f in faults(f"{GOOD}  name: &n A\n  note: *n\n")] == [12, 13]


@pytest.mark.parametrize("url", ["https://a b.example.org/f", "https://a.example.org/f g"])
def test_an_address_with_a_space_is_no_address(url):
    assert [f.path for f in faults(GOOD.replace("https://feeds.example.org/lanrhe.xml", url))] == ["sources[1].url"]


@pytest.mark.parametrize(
    "fetching",
    ["at_once: 0", "per_host: 0", "pause: -1", "total_timeout: nan", "read_timeout: 0", "max_bytes: 0", "retries: -1"],
)
def test_fetching_that_could_never_end_or_start_is_a_fault(fetching):
    text = GOOD.replace("sources:\n", f"  fetching: {{{fetching}}}\nsources:\n")
    assert [f.path for f in faults(text)] == [f"newsletter.fetching.{fetching.partition(':')[0]}"]


def test_options_are_not_a_name_of_the_file():
    assert [f.path for f in faults(f"{GOOD}  options: {{a: b}}\n")] == ["sources[1].options"]


def test_a_bad_address_is_told_beside_other_faults_of_the_same_source():
    text = GOOD.replace("https://feeds", "ftp://feeds") + "  tier: jurnal\n"
    assert [f.path for f in faults(text)] == ["sources[1].url", "sources[1].tier"]


def test_a_wrong_kind_does_not_hide_the_sources_other_faults():
    text = GOOD.replace("kind: feed", "kind: fead") + "  tier: jurnal\n"
    assert [f.path for f in faults(text)] == ["sources[1].kind", "sources[1].tier"]


def test_one_wrong_word_in_the_newsletter_does_not_hide_its_other_faults():
    text = GOOD.replace("https://news.example.org/", "news").replace("roles: [medical]", "roles: [medikal]")
    assert [f.path for f in faults(text)] == ["newsletter.base_url", "newsletter.people[2].roles[1]"]


def test_a_missing_key_is_told_once():
    assert [
        f.path for f in faults(LETTER + ONE.replace("key: lancet-rheum", "name: x").replace("name: x", "name:", 1))
    ] == ["sources[1].key"]


def test_many_people_and_roles_are_matched_at_once():
    def letter(people: int) -> str:
        text = "newsletter:\n  name: X\n  base_url: https://x.example/\n  sender: a@x.example\n  people:\n"
        text += "".join(f"  - {{key: p{i}, name: P, roles: [editor]}}\n" for i in range(people))
        return text + f"  sign_off: [{', '.join(['editor'] * (people - 1))}, medical]\n"

    assert faults(letter(12))
    assert growth(letter, faults, 6) < LINEAR


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ('accent: "#FFFF00"', "its contrast is 1.07, and text needs 4.5", '"#727200"'),
        ("accent: teal", "“teal” can't be read on a tinted box", '"#007c7c"'),
        ("accent: navy", "is not written as a colour", '"#000080"'),
        ("accent: “#0b4f9c”", "““#0b4f9c”” is not a colour", "in quotes"),
        ("accent: #aa0000", "without quotes is a comment", '"#aa0000"'),
        ("accent: [red]", "this must be text", ""),
        ("heads: script", "“script” is not one of the words allowed here", "serif, sans"),
        ("pictures: some", "“some” is not one of the words allowed here", "all, none"),
        ("mail: {words: 40}", "“40” is too small; 400 is the least", ""),
        ("mail: {bytes: 102000}", "“102000” is too large; 100000 is the most", ""),
        ("mail: {words: many}", "“many” is not a whole number", ""),
        ("mail: {letters: 5}", "“letters” is not a name this file knows", "words, bytes"),
        ("logo: pictures/logo.png", "is not the name of a file beside this one", "as logo.png"),
        ("logo: ../logo.png", "is not the name of a file beside this one", "as logo.png"),
        ("logo: none.png", "none.png can't be read: gone", "leave “logo” empty"),
        ("logo: photo.jpg", "photo.jpg: this file is no PNG", "Export the picture as PNG"),
    ],
)
def test_what_can_not_be_printed_is_told_with_all_other_faults(line, message, hint):
    def beside(name):
        if name == "photo.jpg":
            return b"\xff\xd8\xff"
        raise PipelineError(f"{name} can't be read: gone.")

    text = GOOD.replace("  people:\n", f"  {line}\n  people:\n").replace("kind: feed", "kind: fead")
    with pytest.raises(InputError) as caught:
        parse_config(text, "sources.yml", KINDS, beside=beside)
    first, second = caught.value.faults
    where = ".".join(re.findall(r"(\w+):", line))
    assert (first.line, first.path) == (5, f"newsletter.{where}")
    assert message in first.message
    assert hint in first.hint
    assert second.path == "sources[1].kind"


@pytest.mark.parametrize(
    "line", ["accent:", "accent: # the colour of links", 'accent: "#0B4F9C" # blue', "logo:", 'logo: ""']
)
def test_a_setting_left_empty_is_no_fault(line):
    text = GOOD.replace("  people:\n", f"  {line}\n  people:\n")
    assert parse_config(text, "sources.yml", KINDS).newsletter.accent.lower() == "#0b4f9c"


def test_the_settings_of_the_mail_have_bounds_of_their_own_each():
    letter = parse_config(
        GOOD.replace("sources:\n", "  mail: {words: 900}\nsources:\n"), "sources.yml", KINDS
    ).newsletter
    assert (letter.mail.words, letter.mail.bytes) == (900, 90_000)
    assert letter.pictures == "all"


@pytest.mark.parametrize(
    ("lines", "path"),
    [
        ("  name: أمل محسوب\n", "newsletter.name"),
        ("  name: Надежда\n  list: Hope!\n", "newsletter.list"),
        ("  name: Hope\n  list: -hope\n", "newsletter.list"),
        ("  name: Hope\n  subscribe: http://news.example.org/join\n", "newsletter.subscribe"),
        ("  name: Hope\n  subscribe: join us\n", "newsletter.subscribe"),
    ],
)
def test_a_list_has_a_name_for_mail_programs_and_a_page_to_join_by(lines, path):
    (found,) = faults(GOOD.replace("  name: Measured Hope\n", lines))
    assert (found.path, found.line) == (path, 1 + lines.count("\n") if path != "newsletter.name" else 2)
    assert "list: measured-hope" in found.hint or "example.org" in found.hint or "a to z" in found.hint


def test_a_name_of_another_script_and_a_name_for_mail_programs_are_in_order():
    text = GOOD.replace(
        "  name: Measured Hope\n", "  name: أمل محسوب\n  list: amal-2\n  subscribe: https://x.example/join\n"
    )
    head = parse_config(text, "sources.yml", KINDS).newsletter
    assert (head.list, head.subscribe) == ("amal-2", "https://x.example/join")
