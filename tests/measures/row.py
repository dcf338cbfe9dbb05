"""One line of the table: what was measured, what came out, what is due, and what others reach."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A figure with its target ("at least" unless `most`) and, in words, the baseline it stands beside."""

    name: str
    value: float
    target: float
    baseline: str = ""
    most: bool = False

    @property
    def reached(self) -> bool:
        """Whether the target is reached."""
        return self.value <= self.target if self.most else self.value >= self.target


def auc(scores: list[float], labels: list[bool]) -> float:
    """The chance that a labelled text scores above one that isn't; ties count half."""
    yes = [s for s, label in zip(scores, labels, strict=True) if label]
    no = [s for s, label in zip(scores, labels, strict=True) if not label]
    return sum((a > b) + 0.5 * (a == b) for a in yes for b in no) / (len(yes) * len(no))


def macro_f1(true: list[str], told: list[str]) -> float:
    """The mean F1 over the classes that occur."""
    scores = []
    for kind in set(true):
        right = sum(a == b == kind for a, b in zip(true, told, strict=True))
        scores.append(2 * right / (true.count(kind) + told.count(kind)) if right else 0.0)
    return sum(scores) / len(scores)
