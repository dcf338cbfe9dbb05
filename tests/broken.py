"""Breaks each promise of the archive once, in a copy of the checkout, and shows that its acceptance test fails.

    python tests/broken.py [NUMBER …]

The tests are those named `test_acceptance_NN_…`, after fifteen checks that the archive is accepted by. Each promise is
broken by a slip that somebody could make: a few words of one file in place of others. First all of them are run on the
copy as it is. Ends with 1 where a test passes on the broken copy, or fails or is skipped on the whole one; a break
whose words stand no longer where they did must be written anew, and says so.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
LEFT_OUT = shutil.ignore_patterns(".*", "outbox", "build", "dist", "__pycache__", "*.egg-info")
ALIVE, MUTE, SKIPPED = "PASSES ALL THE SAME", "fails for another reason", "is skipped here"

ARCHIVE, PAGES, PAPER = (
    f"tests/render/{name}.py" for name in ("test_acceptance_archive", "test_pages_in_browser", "test_pages_on_paper")
)


@dataclass(frozen=True, slots=True)
class Break:
    """A promise by its number and in words, the slip that breaks it (`old` becomes `new` in a file), and its test."""

    number: str
    promise: str
    slip: str
    file: str
    old: str
    new: str
    test: str


BREAKS = (
    Break(
        "01", "Every item says how many people and for how long, or that there is no result yet",
        "an item no longer says how long people were followed",
        "templates/web/_evidence.html", "{{ w.FOLLOWED|format(time=r.follow_up|spans) }}", "",
        f"{ARCHIVE}::test_acceptance_01_every_item_says_how_many_and_how_long_or_that_there_is_no_result_yet",
    ),
    Break(
        "01", "No percentage of fewer than a hundred people stands without its count",
        "the rule knows the sign, but not the words “per cent”",
        "pipeline/checks/structure/e02_people.py", "(?:%|per ?cent\\b|prozent\\b)", "(?:%|prozent\\b)",
        "tests/checks/test_checks_rules.py::"
        "test_acceptance_01_a_percentage_of_fewer_than_a_hundred_people_stands_with_its_count",
    ),
    Break(
        "02", "A picture draws the very count that it stands beside",
        "one shape more is filled",
        "templates/web/_shapes.html", "{{ on if n < some else off }}", "{{ on if n <= some else off }}",
        "tests/render/test_pictures_on_paper.py::test_acceptance_02_the_markup_counts_without_any_style",
    ),
    Break(
        "03", "Every item says which harms were seen, or that none were told",
        "harms are printed only where a count of them can be drawn",
        "templates/web/_panel.html", "{% else %}<p>{{ harms(c) }}</p>{% endif %}", "{% endif %}",
        f"{ARCHIVE}::test_acceptance_03_every_item_says_which_harms_were_seen_or_that_none_were_told",
    ),
    Break(
        "04", "axe finds no barrier, in light and dark",
        "small words are a little too dark in the dark",
        "templates/web/style.css", "--ground: #12181f; --muted: #b4c0cc;", "--ground: #12181f; --muted: #5f6b78;",
        f"{PAGES}::test_acceptance_04_axe_finds_no_barrier_on_any_kind_of_page",
    ),
    Break(
        "05", "The Nu HTML checker finds no error",
        "a box stands within a paragraph",
        "templates/web/page.html", "<p><strong>{{ w.NOT_ADVICE }}</strong></p>",
        "<p><strong><div>{{ w.NOT_ADVICE }}</div></strong></p>",
        f"{ARCHIVE}::test_acceptance_05_the_nu_checker_finds_no_error_on_any_kind_of_page",
    ),
    Break(
        "06", "Nothing is wider than the narrowest phone, also with text twice as large",
        "the links of the menu stay in one row",
        "templates/web/style.css", ".menu ul { list-style: none; display: flex; flex-wrap: wrap;",
        ".menu ul { list-style: none; display: flex;",
        f"{PAGES}::test_acceptance_06_no_page_is_wider_than_the_narrowest_phone_nor_when_its_text_is_twice_as_large",
    ),
    Break(
        "06", "Long words break",
        "words are no longer broken where they must be",
        "templates/web/style.css", "line-height: 1.6; overflow-wrap: anywhere; }", "line-height: 1.6; }",
        f"{PAGES}::test_acceptance_06_a_word_of_a_hundred_letters_does_not_widen_a_page",
    ),
    Break(
        "07", "No page asks a stranger",
        "a font comes from elsewhere",
        "templates/web/page.html", '<link rel="icon"',
        '<link rel="stylesheet" href="https://fonts.example.net/css?family=Hope">\n<link rel="icon"',
        f"{PAGES}::test_acceptance_07_no_page_asks_a_stranger_sets_a_cookie_or_complains",
    ),
    Break(
        "07", "A strict policy stands on every page",
        "pictures may come from anywhere",
        "templates/web/page.html", "img-src 'self' data:", "img-src *",
        f"{ARCHIVE}::test_acceptance_07_the_strict_policy_stands_on_every_page",
    ),
    Break(
        "08", "Everything can be reached by keyboard alone, with scripts and without",
        "the link that skips to the content is hidden from all",
        "templates/web/style.css", ".skip { position: absolute; left: -999rem; }", ".skip { display: none; }",
        "tests/render/test_by_keyboard.py::test_acceptance_08_from_the_start_page_to_a_word_and_back_by_keyboard_alone",
    ),
    Break(
        "09", "Pages are light",
        "each item on the start page names all that were ever printed",
        "templates/web/home.html", "{{ proof(c) }}\n</article>",
        "{{ proof(c) }}{% for i in archive.printed %}<span>{{ i.item.id }} {{ i.headline }}</span>{% endfor %}\n</article>",
        f"{ARCHIVE}::test_acceptance_09_pages_are_light_after_ten_years_too",
    ),
    Break(
        "09", "A phone's first view has headline and evidence",
        "the headline is as large as on a wide screen, and larger",
        "templates/web/style.css", "  h1 { font-size: 1.4rem; margin: .2rem 0 .6rem; }", "  h1 { font-size: 3.4rem; }",
        f"{PAPER}::test_acceptance_09_headline_and_evidence_stand_in_a_phones_first_view",
    ),
    Break(
        "10", "Every link and every fragment leads somewhere",
        "words in the glossary lose their anchors",
        "templates/web/glossary.html", ' id="{{ word|anchor }}"', "",
        f"{ARCHIVE}::test_acceptance_10_every_link_and_every_fragment_leads_somewhere",
    ),
    Break(
        "10", "No address of the last site map is lost",
        "an item's address follows its headline",
        "pipeline/render/site.py", 'path = f"{issue.key}/{card.printed.slug}/index.html"',
        'path = f"{issue.key}/{card.printed.slug}-{len(card.printed.headline)}/index.html"',
        f"{ARCHIVE}::test_acceptance_10_no_address_of_the_last_site_map_is_lost",
    ),
    Break(
        "11", "The same input gives the same bytes: a build never reads the clock",
        "a page's last change is today",
        "pipeline/render/metadata.py", '"dateModified": max([issue.last_changed, *fixed]).isoformat(),',
        '"dateModified": date.today().isoformat(),',
        "tests/test_house.py::test_acceptance_11_only_the_command_line_reads_the_wall_clock",
    ),
    Break(
        "12", "A correction stands first on its item's page",
        "the box is printed in the issue alone",
        "templates/web/item.html", '{{ parts.box(card, "p") }}\n', "",
        "tests/render/test_render_corrections.py::"
        "test_acceptance_12_the_page_begins_with_the_correction_and_has_the_right_words",
    ),
    Break(
        "12", "A correction is told in the feed, under the entry's own id",
        "a correction moves no date",
        "pipeline/render/feed.py", "_moment(max([card.printed.since, *(each.on for each in card.notices)]))",
        "_moment(card.printed.since)",
        "tests/render/test_render_corrections.py::"
        "test_acceptance_12_the_feed_raises_the_entry_under_its_id_with_the_correction_first",
    ),
    Break(
        "15", "On paper an item is one side, with its address and room to write",
        "the address is on the screen's page alone",
        "templates/web/style.css", "  .paper { display: block; font-size: .9rem; }\n", "",
        f"{PAPER}::test_acceptance_15_paper_says_its_address_and_leaves_room_to_write",
    ),
)  # fmt: skip


def copied(folder: Path) -> Path:
    """Copy the checkout, without what is made from it; npm's packages are lent."""
    tree = folder / "tree"
    shutil.copytree(TOP, tree, ignore=LEFT_OUT)
    if (TOP / ".node").exists():
        (tree / ".node").symlink_to((TOP / ".node").resolve())
    return tree


def slip(tree: Path, each: Break) -> None:
    """Put the slip into a copy."""
    file = tree / each.file
    file.write_text(file.read_text(encoding="utf-8").replace(each.old, each.new), encoding="utf-8")


def misplaced() -> list[str]:
    """Say which slips have no place any more, or more than one."""
    found = [(each, (TOP / each.file).read_text(encoding="utf-8").count(each.old)) for each in BREAKS]
    return [
        f"{each.file} holds {each.old!r} {n} times: write this break of {each.number} anew"
        for each, n in found
        if n != 1
    ]


def tested(tree: Path, *tests: str) -> str:
    """Run tests on a copy: why the first of them failed, or that none did."""
    words = ["-q", "-x", "--tb=line", "-rfEs", "-p", "no:randomly", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words, *tests],
        cwd=tree, env={**os.environ, "PYTHONPATH": str(tree), "COLUMNS": "1000"}, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    if failed := re.search(r"(?m)^FAILED .*?(?: - (.*))?$", done.stdout):
        return f"fails: {failed[1] or 'an assertion'}"
    if done.returncode:
        return f"{MUTE}: {(done.stdout + done.stderr).strip().splitlines()[-1]}"
    return SKIPPED if re.search(r"(?m)^SKIPPED", done.stdout) else ALIVE


def tried(each: Break) -> str:
    """Break one promise in a copy of its own, and run its test there."""
    with tempfile.TemporaryDirectory(prefix="hope-broken-") as folder:
        tree = copied(Path(folder))
        slip(tree, each)
        return tested(tree, each.test)


def whole(chosen: list[Break]) -> str:
    """Run all these tests on a copy that nothing is broken in."""
    with tempfile.TemporaryDirectory(prefix="hope-broken-") as folder:
        return tested(copied(Path(folder)), *(each.test for each in chosen))


def main() -> int:
    if faults := misplaced():
        sys.exit("\n".join(faults))
    chosen = [each for each in BREAKS if not sys.argv[1:] or each.number in sys.argv[1:]]
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        sound, found = pool.submit(whole, chosen), [pool.submit(tried, each) for each in chosen]
        for each, future in zip(chosen, found, strict=True):
            print(f"{each.number}  {each.promise}\n    {each.slip}\n    -> {future.result()[:110]}", flush=True)
    alive = [each for each, future in zip(chosen, found, strict=True) if not future.result().startswith("fails:")]
    print(f"\n{len(chosen) - len(alive)} of {len(chosen)} promises, broken, make their tests fail.")
    print(f"As it is: {'all of these tests pass' if sound.result() == ALIVE else sound.result()}.")
    return 1 if alive or sound.result() != ALIVE else 0


if __name__ == "__main__":
    sys.exit(main())
