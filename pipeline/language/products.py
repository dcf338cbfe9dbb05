"""Product names and codes, so that a title with a code alone is understood.

Facts are the trial registries' own: code, other names, kind of product, target, and whether cells come from a donor.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.model.names import Therapy


@dataclass(frozen=True, slots=True)
class Product:
    """A product under study. `names` in lower case; a hyphen in them may be missing or a space in a text."""

    names: tuple[str, ...]
    therapy: Therapy
    target: str
    donor: bool = False


def product_in(text: str, *, surely: bool) -> tuple[Product, str] | None:
    """Find the first product named in a text, with the words it was named by.

    Names that are short or ordinary words count only when `surely` says that a disease and a modality stand beside them.
    """
    found = _LONG.search(text) or (_SHORT.search(text) if surely else None)
    if found is None:
        return None
    return _BY_KEY[_key(found.group())], found.group()


PRODUCTS: tuple[Product, ...] = (
    Product(("dsg3-caart",), Therapy.CAAR_T, "DSG3"),
    Product(("musk-caart",), Therapy.CAAR_T, "MuSK"),
    Product(("cnty-101",), Therapy.CAR_NK, "CD19", donor=True),
    Product(("kn5501",), Therapy.CAR_NK, "CD19", donor=True),
    Product(("kn5601", "kn5601-k"), Therapy.CAR_NK, "CD19/BCMA", donor=True),
    Product(("lucar-dks1",), Therapy.CAR_NK, "", donor=True),
    Product(("neuk203-215",), Therapy.CAR_NK, "CD19/BCMA", donor=True),
    Product(("nkx019",), Therapy.CAR_NK, "CD19", donor=True),
    Product(("qn-139b",), Therapy.CAR_NK, "CD19/BCMA", donor=True),
    Product(("tak-007",), Therapy.CAR_NK, "CD19", donor=True),
    Product(("adi-001", "prula-cel", "prulacabtagene"), Therapy.CAR_T, "CD20", donor=True),
    Product(("afn50",), Therapy.CAR_T, ""),
    Product(("allo-329",), Therapy.CAR_T, "CD19/CD70", donor=True),
    Product(("ata3219",), Therapy.CAR_T, "CD19", donor=True),
    Product(("azd0120",), Therapy.CAR_T, "CD19/BCMA"),
    Product(("azer-cel", "azercabtagene zapreleucel"), Therapy.CAR_T, "CD19", donor=True),
    Product(("ben303",), Therapy.CAR_T, "CD19/BCMA"),
    Product(("bms-986515",), Therapy.CAR_T, "CD19", donor=True),
    Product(("brl-301", "brl-303"), Therapy.CAR_T, "CD19", donor=True),
    Product(("c-car168",), Therapy.CAR_T, "CD20/BCMA"),
    Product(("caba-201", "rese-cel", "resecabtagene"), Therapy.CAR_T, "CD19"),
    Product(("cc-97540", "zola-cel", "bms-986353", "zolacabtagene"), Therapy.CAR_T, "CD19"),
    Product(("cht101",), Therapy.CAR_T, "CD70", donor=True),
    Product(("clbr001",), Therapy.CAR_T, "CD19"),
    Product(("cnct19",), Therapy.CAR_T, "CD19"),
    Product(("ct103a",), Therapy.CAR_T, "BCMA"),
    Product(("ct1190b",), Therapy.CAR_T, ""),
    Product(("ct1192", "ct1195e"), Therapy.CAR_T, "CD19/CD20", donor=True),
    Product(("ctx112",), Therapy.CAR_T, "CD19", donor=True),
    Product(("descartes-08", "decartes-08"), Therapy.CAR_T, "BCMA"),
    Product(("equecabtagene autoleucel", "eque-cel"), Therapy.CAR_T, "BCMA"),
    Product(("evm18001",), Therapy.CAR_T, ""),
    Product(("f01",), Therapy.CAR_T, ""),
    Product(("fkc288",), Therapy.CAR_T, "CD19/BCMA"),
    Product(("ft819",), Therapy.CAR_T, "CD19", donor=True),
    Product(("gc012f",), Therapy.CAR_T, "CD19/BCMA"),
    Product(("gt719",), Therapy.CAR_T, "CD19", donor=True),
    Product(("gt802",), Therapy.CAR_T, ""),
    Product(("hbi0101",), Therapy.CAR_T, "BCMA"),
    Product(("ht01",), Therapy.CAR_T, ""),
    Product(("hy001n",), Therapy.CAR_T, ""),
    Product(("im19",), Therapy.CAR_T, "CD19"),
    Product(("impt-514",), Therapy.CAR_T, "CD19/CD20"),
    Product(("inaticabtagene autoleucel",), Therapy.CAR_T, "CD19"),
    Product(("jwcar201",), Therapy.CAR_T, "CD19/CD20"),
    Product(("kite-363",), Therapy.CAR_T, "CD19"),
    Product(("kyv-101", "miv-cel", "mivocabtagene"), Therapy.CAR_T, "CD19"),
    Product(("lcar-aio",), Therapy.CAR_T, "CD19/CD20/CD22"),
    Product(("lmy-920",), Therapy.CAR_T, "BAFF-R"),
    Product(("lucar-g79d", "lucar-g79"), Therapy.CAR_T, "", donor=True),
    Product(("mb-cart19",), Therapy.CAR_T, "CD19"),
    Product(("mc-1-50",), Therapy.CAR_T, "CD19"),
    Product(("meta 10-19",), Therapy.CAR_T, "CD19"),
    Product(("obecabtagene autoleucel", "obe-cel", "aucatzyl"), Therapy.CAR_T, "CD19"),
    Product(("ol-108",), Therapy.CAR_T, ""),
    Product(("ol-cd19-gdt",), Therapy.CAR_T, "CD19"),
    Product(("p-cd19cd20-allo1",), Therapy.CAR_T, "CD19/CD20", donor=True),
    Product(("prg-1801",), Therapy.CAR_T, "BCMA"),
    Product(("prg-2311",), Therapy.CAR_T, "CD19/BCMA"),
    Product(("ptoc1",), Therapy.CAR_T, "CD19"),
    Product(("qt-019b",), Therapy.CAR_T, "", donor=True),
    Product(("qt-019c",), Therapy.CAR_T, "CD19/BCMA", donor=True),
    Product(("rd06-04",), Therapy.CAR_T, "CD19"),
    Product(("rd06-05",), Therapy.CAR_T, "CD19/BCMA", donor=True),
    Product(("rd13-02",), Therapy.CAR_T, "CD7", donor=True),
    Product(("relma-cel", "relmacabtagene autoleucel", "jwcar-029"), Therapy.CAR_T, "CD19"),
    Product(("rn1201",), Therapy.CAR_T, "CD19/BCMA", donor=True),
    Product(("s103",), Therapy.CAR_T, "BCMA"),
    Product(("sc291",), Therapy.CAR_T, "CD19", donor=True),
    Product(("scar02",), Therapy.CAR_T, "CD19/BCMA"),
    Product(("scri-car19v3",), Therapy.CAR_T, "CD19"),
    Product(("snc116",), Therapy.CAR_T, ""),
    Product(("syncar-001",), Therapy.CAR_T, "CD19"),
    Product(("trx319",), Therapy.CAR_T, "CD19"),
    Product(("tyu19",), Therapy.CAR_T, "CD19", donor=True),
    Product(("ytb323", "rapcabtagene autoleucel", "rapcabtagene", "rap-cel"), Therapy.CAR_T, "CD19"),
    Product(("yts109",), Therapy.CAR_T, "CD19", donor=True),
    Product(("zamtocabtagene autoleucel", "zamto-cel", "mb-cart2019"), Therapy.CAR_T, "CD19/CD20"),
    Product(("zm001",), Therapy.CAR_T, ""),
    Product(("ben301",), Therapy.CAR_TREG, ""),
    Product(("sbt777101",), Therapy.CAR_TREG, ""),
    Product(("cptx2309",), Therapy.IN_VIVO_CAR, "CD19"),
    Product(("hn2301", "hn2302"), Therapy.IN_VIVO_CAR, ""),
    Product(("jy231",), Therapy.IN_VIVO_CAR, "CD19"),
    Product(("rxim002",), Therapy.IN_VIVO_CAR, "CD19"),
    Product(("sys6020",), Therapy.IN_VIVO_CAR, "BCMA"),
    Product(("ti-0032-iii",), Therapy.IN_VIVO_CAR, "CD19"),
    Product(("blinatumomab",), Therapy.BISPECIFIC, "CD19/CD3"),
    Product(("teclistamab",), Therapy.BISPECIFIC, "BCMA/CD3"),
    Product(("elranatamab",), Therapy.BISPECIFIC, "BCMA/CD3"),
    Product(("linvoseltamab",), Therapy.BISPECIFIC, "BCMA/CD3"),
    Product(("talquetamab",), Therapy.BISPECIFIC, "GPRC5D/CD3"),
    Product(("mosunetuzumab",), Therapy.BISPECIFIC, "CD20/CD3"),
    Product(("glofitamab",), Therapy.BISPECIFIC, "CD20/CD3"),
    Product(("epcoritamab",), Therapy.BISPECIFIC, "CD20/CD3"),
    Product(("odronextamab",), Therapy.BISPECIFIC, "CD20/CD3"),
    Product(("imvotamab", "igm-2323"), Therapy.BISPECIFIC, "CD20/CD3"),
    Product(("cizutamig",), Therapy.BISPECIFIC, "BCMA/CD3"),
    Product(("surovatamig", "azd0486"), Therapy.BISPECIFIC, "CD19/CD3"),
    Product(("cln-978",), Therapy.BISPECIFIC, "CD19/CD3"),
    Product(("cm336",), Therapy.BISPECIFIC, "BCMA/CD3"),
    Product(("pit565",), Therapy.BISPECIFIC, "CD19/CD3/CD2"),
)


def _key(name: str) -> str:
    return re.sub(r"[- ]", "", name.lower())


def _pattern(names: list[str]) -> re.Pattern[str]:
    spelled = sorted((re.sub(r"(?:\\-|\\ )", "[- ]{0,2}", re.escape(n)) for n in names), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(spelled)})(?!\w)", re.IGNORECASE)


_BY_KEY = {_key(name): product for product in PRODUCTS for name in product.names}
_NAMES = [name for product in PRODUCTS for name in product.names]
# Shorter than five characters: as likely a gene, a ward or a grant as a product.
_SHORT = _pattern([n for n in _NAMES if len(_key(n)) < 5])
_LONG = _pattern([n for n in _NAMES if len(_key(n)) >= 5])


def _piece(name: str) -> str:
    """The part of a name that ordinary words are least like: "kyv" of "kyv-101", "car168" of "c-car168"."""
    pieces: list[str] = re.findall(r"[a-z0-9]+", name)
    coded: list[str] = [p for p in pieces if len(p) >= 4 and re.search(r"\d", p)]
    words = [p for p in pieces if p.isalpha() and len(p) >= 3]
    return max(coded or words or pieces, key=len)


# For a quick first look: names in -cel are known by their ending.
PIECES: frozenset[str] = frozenset(
    piece for name in _NAMES if not name.endswith("-cel") for piece in (_key(name), _piece(name))
)
