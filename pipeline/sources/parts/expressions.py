"""What the registry is asked for: wide on purpose, triage narrows it.

Therapies, conditions and product codes follow the search set measured in 2026 on 315 autoimmune CAR trials.
Words in, one Essie expression out (clinicaltrials.gov/find-studies/constructing-complex-search-queries).
"""

from __future__ import annotations

from collections.abc import Iterable

THERAPIES: tuple[str, ...] = (
    "chimeric antigen receptor", "CAR-T", "CAR T", "CART", "CAR-NK", "CAR NK", "CAAR-T",
    "chimeric autoantibody receptor", "CAR-Treg", "CAR Treg", "CAR-iNKT", "CAR gamma delta", "universal CAR-T",
    "UCART", "in vivo CAR", "CAR mRNA", "T-cell engager", "bispecific antibody", "trispecific", "BiTE",
    "blinatumomab", "teclistamab", "mosunetuzumab", "elranatamab", "glofitamab", "epcoritamab", "odronextamab",
    "linvoseltamab", "talquetamab", "cizutamig", "CLN-978",
)  # fmt: skip
PRODUCTS: tuple[str, ...] = (
    "CABA-201", "rese-cel", "KYV-101", "miv-cel", "YTB323", "rapcabtagene", "CC-97540", "BMS-986353", "zola-cel",
    "BMS-986515", "Descartes-08", "CT103A", "eque-cel", "equecabtagene", "GC012F", "AZD0120", "KITE-363", "FT819",
    "CTX112", "CNTY-101", "TAK-007", "ATA3219", "BRL-301", "ADI-001", "MB-CART19", "DSG3-CAART", "MuSK-CAART",
    "SBT777101", "CPTX2309", "JY231", "HN2301", "LCAR-AIO", "LUCAR-G79", "QT-019", "KN5601", "P-CD19CD20-ALLO1",
    "TRX319", "CT1192", "CT1190B", "azer-cel", "obe-cel", "relma-cel",
)  # fmt: skip


def any_of(words: Iterable[str]) -> str:
    """Join words into one expression; phrases and words with signs are quoted, quotes inside are dropped."""
    cleaned = (" ".join(word.replace('"', " ").split()) for word in words)
    return " OR ".join(dict.fromkeys(w if w.isalnum() else f'"{w}"' for w in cleaned if w))
