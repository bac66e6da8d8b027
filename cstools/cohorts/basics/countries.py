"""Countries as people write them, read as the two letters that the zone database knows."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib import resources

_ALSO = {
    "usa": "US",
    "u s a": "US",
    "us": "US",
    "u s": "US",
    "united states of america": "US",
    "uk": "GB",
    "u k": "GB",
    "united kingdom": "GB",
    "great britain": "GB",
    "britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "republic of ireland": "IE",
    "south korea": "KR",
    "republic of korea": "KR",
    "korea": "KR",
    "czechia": "CZ",
    "turkiye": "TR",
    "the netherlands": "NL",
    "holland": "NL",
    "vietnam": "VN",
    "viet nam": "VN",
    "ivory coast": "CI",
    "cape verde": "CV",
    "uae": "AE",
    "hong kong": "HK",
    "macao": "MO",
    "new zealand aotearoa": "NZ",
    "aotearoa new zealand": "NZ",
    "danmark": "DK",
    "deutschland": "DE",
    "espana": "ES",
    "brasil": "BR",
    "bosnia and herzegovina": "BA",
    "trinidad and tobago": "TT",
    "eswatini": "SZ",
    "swaziland": "SZ",
    "timor leste": "TL",
    "samoa": "WS",
    "myanmar": "MM",
    "burma": "MM",
    "russian federation": "RU",
    "the philippines": "PH",
    "the gambia": "GM",
    "north macedonia": "MK",
}


def country_code(written: str) -> str:
    """Return the two letters of a country, or an empty text where it cannot be read.

    Names are those of ``iso3166.tab`` in the packaged zone database, and usual others.
    """
    name = _plain(written)
    return _ALSO.get(name) or _names().get(name, "")


@cache
def _names() -> dict[str, str]:
    place = resources.files("tzdata").joinpath("zoneinfo", "iso3166.tab")
    lines = place.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {_plain(name): code for code, name in pairs} | _codes(lines)


def _codes(lines: list[str]) -> dict[str, str]:
    found = (line[:2] for line in lines if line and not line.startswith("#"))
    return {code.lower(): code for code in found}


def _plain(written: str) -> str:
    """Return a name without accents, capitals and punctuation."""
    bare = unicodedata.normalize("NFKD", written.replace("&", " and "))
    kept = "".join(c if c.isalnum() else " " for c in bare if not unicodedata.combining(c))
    return " ".join(kept.casefold().split())
