"""What a mail costs its reader: counted as a reader counts, item by item, without a trace in the files."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import lxml.html
import pytest
from issues import MASTHEAD, earlier_issue, hostile_issue, long_issue, quiet_issue, sample_issue, templates

from pipeline.model.costs import MailCosts
from pipeline.model.issue import Edition, Issue
from pipeline.model.names import Extent
from pipeline.model.settings import MailBounds
from pipeline.proof.finished import read
from pipeline.render import render
from pipeline.text import word_count

TEMPLATES = templates()
TIGHT = replace(long_issue(30), masthead=replace(MASTHEAD, mail=MailBounds(words=900)))
ISSUES = {"sample": sample_issue(), "hostile": hostile_issue(), "quiet": quiet_issue(), "thirty": TIGHT}


def edition(issue: Issue, given: dict[str, str] = TEMPLATES) -> Edition:
    return render(issue, (issue, earlier_issue()), given)


def costs_of(made: Edition) -> MailCosts:
    assert made.costs
    return made.costs


@pytest.mark.parametrize("issue", ISSUES.values(), ids=ISSUES)
def test_the_whole_is_what_the_proof_counts_in_the_finished_file(issue: Issue) -> None:
    made = edition(issue)
    costs, html = costs_of(made), made.files["email.html"]
    assert costs.bytes == len(html)
    assert costs.words == word_count(read(made.files, None).pages[0].seen)
    assert costs.words == sum(each.words or 0 for each in costs.items) + (costs.frame or 0)
    assert b"<!--item" not in html
    assert b"<!--/item" not in html


def test_an_item_costs_the_words_that_its_cell_or_row_shows() -> None:
    made = edition(sample_issue())
    page = lxml.html.document_fromstring(made.files["email.html"])
    shown = [each for each in costs_of(made).items if each.extent is not Extent.ONLINE]
    assert len(shown) > 5
    for each in shown:
        link = next(a for a in page.iter("a") if a.text_content() == each.headline)
        place = next(link.iterancestors("tr" if each.extent is Extent.ROW else "td"))
        assert each.words == word_count(" ".join(place.itertext())), each.headline
        assert 0 < (each.bytes or 0) < len(lxml.html.tostring(place)) + 100


def test_it_is_said_what_was_shortened_and_what_moved() -> None:
    roomy = costs_of(edition(replace(TIGHT, masthead=replace(MASTHEAD, mail=MailBounds(words=5_000)))))
    assert not roomy.shortened
    assert not roomy.moved
    tight = costs_of(edition(TIGHT))
    assert [each.id for each in tight.items] == [each.id for each in roomy.items]
    assert [each.full for each in tight.items] == [each.extent for each in roomy.items]
    assert tight.shortened
    assert {(each.extent, each.words, each.bytes) for each in tight.moved} == {(Extent.ONLINE, 0, 0)}
    assert {each.part for each in tight.moved} <= {"trials", "emerging", "research"}
    assert Counter(each.extent for each in tight.items).total() == 30


def test_templates_of_ones_own_that_mark_no_items_still_build_and_say_nothing_of_them() -> None:
    bare = TEMPLATES["email/_parts.html"].replace("<!--/item-->", "")
    made = edition(sample_issue(), TEMPLATES | {"email/_parts.html": bare})
    costs = costs_of(made)
    assert costs.frame is None
    assert {each.words for each in costs.items if each.extent is not Extent.ONLINE} == {None}
    assert costs.words == costs_of(edition(sample_issue())).words
    assert b"<!--item" not in made.files["email.html"]
