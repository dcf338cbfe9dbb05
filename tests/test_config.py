"""The settings file is read whole or its faults are told: all at once, each with line, column, path and the nearest word."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from pipeline.config import parse_config
from pipeline.errors import Fault, InputError
from pipeline.model.names import Excerpt, PersonRole, Role, Therapy, Tier


@dataclass(frozen=True)
class Searching:
    """Fields of a kind of its own."""

    therapies: tuple[str, ...] = ("CAR-T",)
    pages: int = 3


KINDS: dict[str, type | None] = {"feed": None, "clinicaltrials": Searching}
CONDITIONS = ("lupus", "myositis", "myasthenia gravis")

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
ONE = """\
- key: lancet-rheum
  kind: feed
  url: https://feeds.example.org/lanrhe.xml
"""
GOOD = LETTER + ONE  # the source stands in lines 9 to 11; a line put behind it is line 12


def read(text: str):
    return parse_config(text, "sources.yml", KINDS, CONDITIONS)


def faults(text: str) -> tuple[Fault, ...]:
    with pytest.raises(InputError) as caught:
        read(text)
    return caught.value.faults


def only(text: str) -> Fault:
    found = faults(text)
    assert len(found) == 1, [str(f) for f in found]
    return found[0]


def swap(old: str, new: str, text: str = GOOD) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


# --- what is read --------------------------------------------------------------------------------------------------


def test_a_source_that_says_little_is_trusted_least():
    (source,) = read(GOOD).sources
    assert (source.tier, source.role, source.excerpt) == (Tier.NEWS, Role.LEAD, Excerpt.TITLE)
    assert (source.name, source.every, source.language, source.enabled) == ("lancet-rheum", 30, "en", True)


def test_no_topics_named_means_all_therapies_and_all_conditions():
    letter = read(GOOD).newsletter
    assert letter.topics.therapies == tuple(Therapy)
    assert letter.topics.conditions == ()
    assert read(swap("sources:\n", "  topics: {conditions: all}\nsources:\n")).newsletter.topics.conditions == ()


def test_two_people_in_different_roles_sign_when_the_file_does_not_say():
    assert read(GOOD).newsletter.sign_off == (PersonRole.EDITOR, PersonRole.MEDICAL)


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("7 days", 7),
        ("1 week", 7),
        ("2 weeks", 14),
        ("1 month", 30),
        ("3 months", 90),
        ("week", 7),
        ("1 year", 365),
        ("10", 10),
    ],
)
def test_a_cadence_is_written_as_people_say_it(written: str, days: int):
    assert read(f"{GOOD}  every: {written}\n").sources[0].every == days


def test_a_field_left_empty_is_the_same_as_one_not_written():
    assert read(f"{GOOD}  licence:\n  every:\n  tier:\n") == read(GOOD)


def test_words_that_other_yaml_readers_bend_stay_what_was_written():
    source = read(f"{GOOD}  region: NO\n  note: 12:30\n  licence: on\n").sources[0]
    assert (source.region, source.note, source.licence) == ("NO", "12:30", "on")


def test_a_kinds_own_fields_go_to_its_options_with_their_defaults():
    text = LETTER + "- {key: ctgov, kind: clinicaltrials, url: https://registry.example.org/api, therapies: [CAR-NK]}\n"
    assert dict(read(text).sources[0].options) == {"therapies": ("CAR-NK",), "pages": 3}
    assert dict(read(GOOD).sources[0].options) == {}


def test_a_source_that_is_off_needs_no_address_but_a_reason():
    text = LETTER + "- {key: pei, kind: feed, enabled: false, because: no feed known}\n"
    config = read(text)
    assert config.enabled == ()
    assert config.source("pei") is not None


@pytest.mark.parametrize("change", ["crlf", "mark", "quoted", "document start"])
def test_what_editors_programs_do_to_a_file_changes_nothing(change: str):
    changed = {
        "crlf": GOOD.replace("\n", "\r\n"),
        "mark": "\ufeff" + GOOD,
        "quoted": swap("kind: feed", "'kind': \"feed\""),
        "document start": f"---\n{GOOD}",
    }[change]
    assert read(changed) == read(GOOD)


# --- one fault each: where it stands, what it is called, what helps -------------------------------------------------

PLUS = [  # a line behind the source -> column, path, words of the message, words of the hint
    ("exerpt: full", 3, "sources[1].exerpt", "“exerpt” is not a name", "did you mean “excerpt”?"),
    ("licens: CC BY", 3, "sources[1].licens", "“licens” is not a name", "did you mean “licence”?"),
    ("zzz: 1", 3, "sources[1].zzz", "“zzz” is not a name", "one of: key, kind, name, url"),
    ("1: one", 3, "sources[1].1", "“1” is not a name", "one of: key"),
    ("pages: 3", 3, "sources[1].pages", "“pages” is not a name", "one of: key"),
    ("tier: jurnal", 9, "sources[1].tier", "“jurnal” is not one of the words", "did you mean “journal”?"),
    ("tier: Journal", 9, "sources[1].tier", "“Journal” is not one of the words", "did you mean “journal”?"),
    ("tier: blog", 9, "sources[1].tier", "“blog” is not one of the words", "registry, regulator, journal"),
    ("role: evidense", 9, "sources[1].role", "“evidense”", "did you mean “evidence”?"),
    ("excerpt: abstrakt", 12, "sources[1].excerpt", "“abstrakt”", "did you mean “abstract”?"),
    ("every: fortnight", 10, "sources[1].every", "“fortnight” is not a length of time", "“2 weeks”"),
    ("every: 2 wks", 10, "sources[1].every", "“2 wks” is not a length of time", "“2 weeks”"),
    ("every: -1", 10, "sources[1].every", "“-1” is not a length of time", "“7 days”"),
    ("every: 1.5", 10, "sources[1].every", "“1.5” is not a length of time", "“7 days”"),
    ("every: 0 days", 10, "sources[1].every", "not a length of time", "“7 days”"),
    ("every: [1]", 10, "sources[1].every", "this must be a whole number", ""),
    ("enabled: nope", 12, "sources[1].enabled", "“nope” is neither true nor false", ""),
    ("enabled: false", 12, "sources[1].enabled", "say why this source is off", "because"),
    ("expect: rheum", 11, "sources[1].expect", "this must be a list, not rheum", ""),
    ("name: [a, b]", 9, "sources[1].name", "this must be text, not a list", ""),
    ("name: {a: b}", 9, "sources[1].name", "this must be text, not a block of names", ""),
    ("kind: feed", 3, "sources[1].kind", "“kind” is here twice", "Keep one"),
    ("name: &n A", 9, "sources[1].name", "anchors (&name) and aliases", "Write the value in full."),
    ("name: !!python/object:os.system x", 9, "sources[1].name", "tags", "Remove the tag."),
    ("name: !mine x", 9, "sources[1].name", "tags (!mine)", "Remove the tag."),
]


@pytest.mark.parametrize(("line", "column", "path", "message", "hint"), PLUS, ids=[p[0] for p in PLUS])
def test_a_wrong_line_is_told_with_its_place_and_the_nearest_word(
    line: str, column: int, path: str, message: str, hint: str
):
    fault = only(f"{GOOD}  {line}\n")
    assert (fault.file, fault.line, fault.column, fault.path) == ("sources.yml", 12, column, path)
    assert message in fault.message
    assert hint in fault.hint
    assert bool(hint) == bool(fault.hint)


SWAPS = [  # old, new -> line, column, path, message, hint
    ("kind: feed", "kind: fead", 10, 9, "sources[1].kind", "“fead” is not a kind of source", "did you mean “feed”?"),
    ("kind: feed", "kind: rss", 10, 9, "sources[1].kind", "“rss” is not a kind", "one of: clinicaltrials, feed"),
    ("kind: feed", "kind: [feed]", 10, 9, "sources[1].kind", "this must be text", ""),
    ("  kind: feed\n", "", 9, 3, "sources[1].kind", "“kind” is missing", ""),
    ("https://feeds", "htp://feeds", 11, 8, "sources[1].url", "is not a web address", "https://"),
    ("https://feeds", "file://feeds", 11, 8, "sources[1].url", "is not a web address", "https://"),
    (".org/lanrhe", ".org:99999/lanrhe", 11, 8, "sources[1].url", "is not a web address", "https://"),
    (
        "  url: https://feeds.example.org/lanrhe.xml\n",
        "",
        9,
        3,
        "sources[1].url",
        "is not a web address",
        "enabled: false",
    ),
    ("key: lancet-rheum", "key: lancet/rheum", 9, 8, "sources[1].key", "can't be a key", "Letters, digits, hyphens"),
    (ONE, "- lancet-rheum\n", 9, 3, "sources[1]", "a source is a block", "- key:"),
    (ONE, "  lancet: feed\n", 9, 3, "sources", "this must be a list of sources", "- key:"),
    ("sources:\n", "sorces: []\nsources:\n", 8, 1, "sorces", "“sorces” is not a name", "did you mean “sources”?"),
    ("  name: Measured Hope\n", "", 2, 3, "newsletter.name", "“name” is missing", ""),
    (
        "  name: Measured",
        "  nane: x\n  name: Measured",
        2,
        3,
        "newsletter.nane",
        "“nane” is not a name",
        "did you mean “name”?",
    ),
    (
        "https://news.example.org/",
        "news.example.org",
        3,
        13,
        "newsletter.base_url",
        "ends in “/”",
        "https://news.example.org/",
    ),
    (
        "https://news.example.org/",
        "https://news.example.org",
        3,
        13,
        "newsletter.base_url",
        "ends in “/”",
        "For example",
    ),
    ("Measured Hope <editors@news.example.org>", "nobody", 4, 11, "newsletter.sender", "e-mail address", "For example"),
    (
        "roles: [medical]",
        "roles: [medikal]",
        7,
        46,
        "newsletter.people[2].roles[1]",
        "“medikal”",
        "did you mean “medical”?",
    ),
    ("roles: [medical]", "role: [medical]", 7, 5, "newsletter.people[2].roles", "“roles” is missing", ""),
    ("key: dr-m", "key: anna", 7, 11, "newsletter.people[2].key", "stands for two people", "a different key"),
    (
        "sources:\n",
        "  sign_off: []\nsources:\n",
        8,
        13,
        "newsletter.sign_off",
        "at least one person must sign",
        "Nothing is printed",
    ),
    (
        "sources:\n",
        "  sign_off: [editer]\nsources:\n",
        8,
        14,
        "newsletter.sign_off[1]",
        "“editer”",
        "did you mean “editor”?",
    ),
    (
        "sources:\n",
        "  topics: {therapies: [car-tt]}\nsources:\n",
        8,
        24,
        "newsletter.topics.therapies[1]",
        "“car-tt”",
        "“car-t”",
    ),
    (
        "sources:\n",
        "  topics: {conditions: [lupus, lupsu]}\nsources:\n",
        8,
        32,
        "newsletter.topics.conditions[2]",
        "“lupsu”",
        "“lupus”",
    ),
    (
        "sources:\n",
        "  fetching: {paus: 2}\nsources:\n",
        8,
        14,
        "newsletter.fetching.paus",
        "“paus”",
        "did you mean “pause”?",
    ),
    (
        "sources:\n",
        "  translations: [{language: german, url: https://de.example.org/}]\nsources:\n",
        8,
        29,
        "newsletter.translations[1].language",
        "“german” is not a language's code",
        "de, fr or pt-BR",
    ),
    (
        "sources:\n",
        "  translations: [{language: de, url: de.example.org}]\nsources:\n",
        8,
        38,
        "newsletter.translations[1].url",
        "this must be a web address",
        "https://",
    ),
    (
        "sources:\n",
        "  translations: [{language: de, url: https://a.example/}, {language: de, url: https://b.example/}]\nsources:\n",
        8,
        70,
        "newsletter.translations[2].language",
        "“de” stands here twice",
        "once",
    ),
    (
        "sources:\n",
        "  fetching: {at_once: lots}\nsources:\n",
        8,
        23,
        "newsletter.fetching.at_once",
        "“lots” is not a whole number",
        "",
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "path", "message", "hint"), SWAPS, ids=[repr(s[1]) for s in SWAPS]
)
def test_a_wrong_value_is_told_with_its_place_and_the_nearest_word(
    old: str, new: str, line: int, column: int, path: str, message: str, hint: str
):
    found = [f for f in faults(swap(old, new)) if f.path == path]
    assert [(f.line, f.column) for f in found] == [(line, column)]
    assert message in found[0].message
    assert hint in found[0].hint


def test_a_kinds_own_field_with_a_wrong_value_is_told_like_any_other():
    text = LETTER + "- key: ctgov\n  kind: clinicaltrials\n  url: https://registry.example.org/\n  pages: many\n"
    fault = only(text)
    assert (fault.line, fault.column, fault.path) == (12, 10, "sources[1].pages")
    assert "“many” is not a whole number" in fault.message


def test_two_sources_with_one_key_name_both_lines():
    fault = only(GOOD + ONE)
    assert (fault.line, fault.path) == (12, "sources[2].key")
    assert "line 9" in fault.message


MISSING = [
    ("nobody for a role", "  - {key: dr-m, name: Dr M. Example, roles: [medical]}\n", ""),
    (
        "one person for two roles",
        "  - {key: dr-m, name: Dr M. Example, roles: [medical]}\n",
        "  - {key: anna2, name: A, roles: [writer]}\n",
    ),
]


@pytest.mark.parametrize(("old", "new"), [m[1:] for m in MISSING], ids=[m[0] for m in MISSING])
def test_a_role_that_must_sign_and_has_nobody_is_a_fault(old: str, new: str):
    fault = only(swap(old, new).replace("roles: [editor]", "roles: [editor, medical]"))
    assert fault.path == "newsletter.sign_off"
    assert "editor, medical must sign, each a different person" in fault.message
    assert fault.line > 0


def test_people_who_can_stand_in_for_one_another_are_enough():
    both = GOOD.replace("roles: [editor]", "roles: [editor, medical]").replace(
        "roles: [medical]", "roles: [medical, editor]"
    )
    assert len(read(both).newsletter.people) == 2


def test_a_condition_may_be_anything_when_none_are_known():
    text = swap("sources:\n", "  topics: {conditions: [lupsu]}\nsources:\n")
    assert parse_config(text, "sources.yml", KINDS).newsletter.topics.conditions == ("lupsu",)


# --- all at once ----------------------------------------------------------------------------------------------------


def test_all_faults_are_told_at_once_in_the_order_of_the_file():
    text = (
        swap("editors@news", "editors.news")
        + "  exerpt: full\n"
        + "  tier: jurnal\n"
        + "- key: fda\n  kind: feeed\n"
        + "- key: ema\n  kind: feed\n  url: ema.europa.eu\n"
        + "- key: ema\n  kind: feed\n  enabled: false\n"
        + "sorces: []\n"
    )
    assert [(f.line, f.path) for f in faults(text)] == [
        (4, "newsletter.sender"),
        (12, "sources[1].exerpt"),
        (13, "sources[1].tier"),
        (14, "sources[2].url"),
        (15, "sources[2].kind"),
        (18, "sources[3].url"),
        (19, "sources[4].key"),
        (21, "sources[4].enabled"),
        (22, "sorces"),
    ]


def test_the_message_reads_as_file_line_column_path_and_a_hint():
    with pytest.raises(InputError) as caught:
        read(f"{GOOD}  exerpt: full\n")
    assert str(caught.value) == (
        "sources.yml:12:3: sources[1].exerpt: “exerpt” is not a name this file knows\n    did you mean “excerpt”?"
    )
    assert caught.value.exit_code == 2


# --- not a sources file at all --------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "hello\n", "- key: a\n"])
def test_a_file_of_another_sort_is_told_what_belongs_in_it(text: str):
    fault = only(text)
    assert (fault.line, fault.column) == (1, 1)
    assert "not a sources file" in fault.message
    assert "newsletter" in fault.hint


@pytest.mark.parametrize(
    "text", ["sources: []\n", "newsletter:\nsources: []\n", "newsletter: hello\n", "newsletter: [a]\n"]
)
def test_a_file_without_its_newsletter_says_so(text: str):
    fault = only(text)
    assert fault.path == "newsletter"
    assert "part is missing" in fault.message


BROKEN = [  # name, text, line, words
    ("open bracket", f"{GOOD}  expect: [a\n", 13, "not valid YAML"),
    ("tab", f"{GOOD}\ttier: journal\n", 12, "not valid YAML"),
    ("colon in plain text", f"{GOOD}  note: asked: refused\n", 12, "not valid YAML"),
    ("open quote", f'{GOOD}  note: "asked\n', 13, "not valid YAML"),
    ("outdented", f"{GOOD} tier: journal\n", 12, "not valid YAML"),
    ("alias of nothing", f"{GOOD}  note: *n\n", 12, "undefined alias"),
    ("two documents", f"{GOOD}---\na: b\n", 12, "another document"),
    ("nul", f"{GOOD}  note: a\0b\n", 12, "U+0000"),
    ("bell", f"{GOOD}  note: a\x07b\n", 12, "U+0007"),
    ("lone surrogate", f"{GOOD}  note: a\ud800b\n", 12, "U+D800"),
]


@pytest.mark.parametrize(("text", "line", "words"), [b[1:] for b in BROKEN], ids=[b[0] for b in BROKEN])
def test_what_is_not_yaml_is_told_with_its_line(text: str, line: int, words: str):
    fault = only(text)
    assert fault.line == line
    assert words in fault.message
    assert fault.hint


def test_nesting_beyond_reason_is_a_fault_and_no_crash():
    assert "nested" in only(f"{GOOD}  note: {'[' * 5000}\n").message


def test_names_can_not_be_borrowed_from_another_block():
    found = faults(
        swap("sources:\n", "sources:\n- &all {key: a, kind: feed, url: https://a.example.org/}\n") + "  <<: *all\n"
    )
    assert {f.path for f in found} >= {"sources[1]", "sources[2].<<"}
