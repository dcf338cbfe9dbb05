"""What the pages of the demo draw: no benefit without its harms, and none of a study that was withdrawn."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import lxml.html

from pipeline.model.names import Shows


def test_acceptance_03_no_page_of_the_demo_draws_a_benefit_without_its_harms(steps: Path) -> None:
    drawn: Counter[str] = Counter()
    for path in (steps / "both/outbox/site").rglob("*.html"):
        page = lxml.html.parse(path).getroot()
        good, harm = (len(page.xpath(f"//*[local-name()='svg'][@class='{kind.value}']")) for kind in Shows)
        withdrawn = bool(page.xpath("//div[@class='box']"))
        drawn[f"{bool(good)} {bool(harm)} {withdrawn}"] += 1
        assert bool(page.xpath("//p[@class='undrawn']")) == bool(page.xpath("//div[@class='benefits']") and not good)
        if path.parent.name.startswith("lumaricabtagene"):
            assert (good, harm) == (1, 3)
    assert {each for each in drawn if each[:4] == "True"} == {"True True False"}
    assert not drawn["False True True"], "nothing of a withdrawn study is drawn"
    assert drawn["False False True"]
