"""Our standard in plain words: what each rule promises to readers, as the rule itself says it."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from pipeline.checks.load import all_rules
from pipeline.render.pages import PageKind, Site

_PATH = "about/standard/index.html"


def _pages(_site: Site) -> Iterator[tuple[str, Mapping[str, object]]]:
    """The first paragraph of each rule's reason, and whether an editor may overrule the rule, by family."""
    families = groupby(all_rules(), key=lambda rule: rule.family)
    promises = [
        (family, [(" ".join(rule.reason.split("\n\n")[0].split()), rule.waivable) for rule in rules])
        for family, rules in families
    ]
    yield _PATH, {"promises": promises}


PAGE_KIND = PageKind("web/about_standard.html", _pages, path=_PATH)
