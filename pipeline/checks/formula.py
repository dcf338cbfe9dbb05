"""The formula of a derived number, computed again: digits, + - * / and brackets, nothing else."""

from __future__ import annotations

import re
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow

from pipeline.errors import PipelineError

_LONGEST = 80
_DEEPEST = 10
_PIECE = re.compile(r"\s*(?:(\d+(?:[.,]\d+)?)(\s*%)?|([-+*/()]))")
_OPERATORS = str.maketrans({"×": "*", "·": "*", "÷": "/", ":": "/", "\u2212": "-", "\u2013": "-", "\u2044": "/"})


class FormulaError(PipelineError):
    """A formula that can't be computed; says what a formula may hold."""


def compute(formula: str) -> tuple[Decimal, tuple[Decimal, ...]]:
    """Compute a formula such as "5/8" or "(22-13)/31*100".

    Returns the result and the numbers that went in, so that each of them can be traced. Raises FormulaError.
    """
    if len(formula) > _LONGEST:
        raise FormulaError(f"it is longer than {_LONGEST} characters")
    calculator = _Calculator(_pieces(formula.translate(_OPERATORS)))
    try:
        result = calculator.sum()
    except (DivisionByZero, InvalidOperation, Overflow) as error:
        raise FormulaError("it divides by zero") from error
    if calculator.left:
        raise FormulaError(f"“{calculator.left[0]}” makes no sense here")
    return result, tuple(p for p in _pieces(formula.translate(_OPERATORS)) if isinstance(p, Decimal))


def _pieces(formula: str) -> list[Decimal | str]:
    pieces: list[Decimal | str] = []
    at, text = 0, formula.rstrip()
    while at < len(text):
        found = _PIECE.match(text, at)
        if found is None:
            raise FormulaError(f"“{text[at:].split()[0]}” is not a number, a sign or a bracket")
        at = found.end()
        pieces.append(Decimal(found[1].replace(",", ".")) if found[1] else found[3])
        if found[2]:
            pieces += ["/", Decimal(100)]
    return pieces


class _Calculator:
    """Reads pieces from left to right, by the usual order of operations."""

    def __init__(self, pieces: list[Decimal | str]) -> None:
        self.left = pieces
        self.depth = 0

    def sum(self) -> Decimal:
        """Read terms joined by + and -."""
        value = self._product()
        while self.left and self.left[0] in ("+", "-"):
            plus = self.left.pop(0) == "+"
            term = self._product()
            value = value + term if plus else value - term
        return value

    def _product(self) -> Decimal:
        value = self._single()
        while self.left and self.left[0] in ("*", "/"):
            times = self.left.pop(0) == "*"
            factor = self._single()
            value = value * factor if times else value / factor
        return value

    def _single(self) -> Decimal:
        piece = self.left.pop(0) if self.left else None
        if isinstance(piece, Decimal):
            return piece
        if piece == "(" and self.depth < _DEEPEST:
            self.depth += 1
            value = self.sum()
            self.depth -= 1
            if not self.left or self.left.pop(0) != ")":
                raise FormulaError("a bracket is not closed")
            return value
        raise FormulaError("it is incomplete" if piece is None else f"“{piece}” is where a number should be")
