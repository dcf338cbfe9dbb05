"""The rules there are: one a file, Python or YAML, found by the file's name, admitted only with a reason."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.resources import files
from inspect import cleandoc
from types import ModuleType

from pipeline.checks.looks import rule_of
from pipeline.checks.rule import Rule
from pipeline.errors import PipelineError, UsageError
from pipeline.text import nearest

_PACKAGE = "pipeline.checks"
_FILE = re.compile(r"[a-z]\d\d_[a-z0-9_]+")


class RuleError(PipelineError):
    """A rule's file breaks the house's terms for rules."""


@cache
def all_rules() -> tuple[Rule, ...]:
    """Load every rule of this room, by id.

    Raises RuleError for a file without reason or a matching id.
    """
    package = importlib.import_module(_PACKAGE)
    found = tuple(pkgutil.walk_packages(package.__path__, f"{_PACKAGE}."))
    names = sorted(m.name for m in found if _FILE.fullmatch(m.name.rpartition(".")[2]))
    packs = [(m.name, pack) for m in found if m.ispkg for pack in _packs(m.name)]
    alone = [(family, stem) for family, stem in packs if f"{family}.{stem}" not in names]
    return admit(map(importlib.import_module, names), alone)


def admit(modules: Iterable[ModuleType], packs: Iterable[tuple[str, str]] = ()) -> tuple[Rule, ...]:
    """Read the rule of each module and of each YAML file that is one by itself (package, stem), by id.

    Raises RuleError with every fault found.
    """
    modules, faults, rules = tuple(modules), [], []
    for module in modules:
        faults += _faults(module)
    for package, stem in packs:
        try:
            rules.append(rule_of(package, stem))
            faults += _unargued(f"{stem}.yml", rules[-1], rules[-1].reason)
        except PipelineError as error:
            faults.append(str(error))
    if faults:
        raise RuleError("\n".join(faults))
    rules += [_placed(module) for module in modules]
    twice = sorted({r.id for r in rules if sum(r.id == other.id for other in rules) > 1})
    if twice:
        raise RuleError(f"rule {', '.join(twice)}: the id is used by two files. Give one of them the next free number.")
    return tuple(sorted(rules, key=lambda r: r.id))


def find(rule_id: str) -> Rule:
    """Find a rule by its id, in either case and without its zero ("e4"), or by its name.

    Raises UsageError with the nearest id.
    """
    rules, sought = all_rules(), rule_id.strip().lower()
    padded = f"{sought[:1]}0{sought[1:]}" if len(sought) == 2 and sought[1:].isdigit() else sought
    for rule in rules:
        if rule.id.lower() in {sought, padded} or rule.name == sought:
            return rule
    ids = [r.id for r in rules]
    # A letter O for a zero is the commonest slip; else the rules of the same family are the nearest.
    meant = rule_id.strip().upper().replace("O", "0")
    family = [i for i in ids if i == meant] or [i for i in ids if i[0] == meant[:1]] or ids
    raise UsageError(f"There is no rule “{rule_id}”: {nearest(meant, family)}")


def _packs(package: str) -> list[str]:
    """The YAML files of a package that are named as rules are."""
    names = (file.name.partition(".yml") for file in files(package).iterdir())
    return sorted(stem for stem, ending, rest in names if ending and not rest and _FILE.fullmatch(stem))


def _placed(module: ModuleType) -> Rule:
    """Give a rule its reason and its place."""
    package, _, stem = module.__name__.rpartition(".")
    rule: Rule = module.RULE
    return replace(rule, reason=cleandoc(module.__doc__ or ""), package=package, stem=stem)


def _faults(module: ModuleType) -> list[str]:
    file = f"{module.__name__.rpartition('.')[2]}.py"
    rule = getattr(module, "RULE", None)
    if not isinstance(rule, Rule):
        return [f"{file}: no rule here. End the file with RULE = Rule(id=…, name=…, severity=…, check=check, …)."]
    return _unargued(file, rule, cleandoc(module.__doc__ or ""))


def _unargued(file: str, rule: Rule, reason: str) -> list[str]:
    """What is wrong with the name of a rule's file, or with its reason: the docstring, or `reason` in YAML."""
    faults = []
    due = f"{rule.id.lower()}_{rule.name.replace('-', '_')}.{file.rpartition('.')[2]}"
    if file != due:
        faults.append(f"{file}: rule {rule.id} {rule.name} belongs in a file of its own name, {due}.")
    if not re.search(r"^Sources?:", reason, re.MULTILINE):
        faults.append(f"{file}: no reason. Argue the case: why, then a line that begins “Source:”.")
    return faults
