"""What we keep of each trial, as a file that a person can read and a version control can compare."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.model.entry import Trial
from pipeline.yamltext import adapter, load_json

FORMAT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """Where and when most trials of a registry were read: `of` is the registry and the day of its data."""

    registry: str
    of: str
    on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """The file. What holds for most trials of a registry stands once, above; a trial says only what differs."""

    format: int = FORMAT
    read: tuple[_Read, ...] = ()
    trials: tuple[Trial, ...] = ()


def write_trials(trials: Mapping[str, Trial]) -> bytes:
    """Write trials in the order of their numbers, each list in an order of its own, one value a line.

    The same facts give the same bytes, whatever order a registry told them in. Words that are only searched
    (keywords, texts on the treatment) are left out.
    """
    read = tuple(_usual(registry, trials) for registry in sorted({t.registry for t in trials.values()}))
    heads = {r.registry: r for r in read}
    short = tuple(_short(trials[n], heads[trials[n].registry]) for n in sorted(trials))
    plain = adapter(_Kept).dump_python(_Kept(read=read, trials=short), mode="json", exclude_defaults=True)
    return (json.dumps({"format": FORMAT} | plain, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def read_trials(content: str) -> dict[str, Trial]:
    """Read trials by number; raises UnreadableError for what is no such file."""
    kept = load_json(_Kept, content)
    heads = {r.registry: r for r in kept.read}
    return {t.number: _whole(t, heads.get(t.registry)) for t in kept.trials}


def _usual(registry: str, trials: Mapping[str, Trial]) -> _Read:
    """Say where and when most trials of a registry were read; of equals the newest."""
    counted = Counter((t.read_from, t.checked or "") for t in trials.values() if t.registry == registry)
    (of, on), _ = max(counted.items(), key=lambda pair: (pair[1], pair[0][1], pair[0][0]))
    return _Read(registry=registry, of=of, on=on or None)


def _short(trial: Trial, head: _Read) -> Trial:
    short = replace(
        trial,
        keywords=(),
        intervention_text=None,
        countries=tuple(sorted(trial.countries)),
        sites=tuple(sorted(trial.sites)),
        site_statuses=tuple(sorted(trial.site_statuses)),
        removed_countries=tuple(sorted(trial.removed_countries)),
        other_ids=tuple(sorted(trial.other_ids)),
        retracted=tuple(sorted(trial.retracted)),
    )
    if (trial.read_from, trial.checked) == (head.of, head.on):
        return replace(short, read_from="", checked=None)
    return short


def _whole(trial: Trial, head: _Read | None) -> Trial:
    if head is None or trial.read_from or trial.checked:
        return trial
    return replace(trial, read_from=head.of, checked=head.on)
