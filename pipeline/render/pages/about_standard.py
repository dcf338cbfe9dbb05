"""Our standard in plain words: what each rule promises to readers, as the rule itself says it."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from pipeline.checks.load import all_rules
from pipeline.checks.rule import Rule
from pipeline.language.catalog import in_language
from pipeline.render.pages import PageKind, Site

_PATH = "about/standard/index.html"


def promise(rule: Rule) -> str:
    """What a rule promises to readers: the first paragraph of its reason."""
    return " ".join(rule.reason.split("\n\n")[0].split())


def _pages(site: Site) -> Iterator[tuple[str, Mapping[str, object]]]:
    """What each rule promises, and whether an editor may overrule the rule, by family."""
    said = in_language(site.archive.newest.masthead.language).said
    families = groupby(all_rules(), key=lambda rule: rule.family)
    promises = [(family, [(said(promise(rule)), rule.waivable) for rule in rules]) for family, rules in families]
    yield _PATH, {"promises": promises}


PAGE_KIND = PageKind("web/about_standard.html", _pages, path=_PATH)
