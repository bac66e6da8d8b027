"""The words of units: one and many are one unit, and so are the usual short forms."""

from __future__ import annotations

import re

from cstools.names import key, label


def unit_key(word: str) -> str:
    """Return the form in which units compare: ``"School Days"`` → ``school_day``, ``$`` → dollar.

    ``calorie`` and ``calories`` meet at ``calory``, a form that is never shown.
    """
    name = one_of_many(key(word))
    return _SAME.get(name, name)


def one_of_many(name: str) -> str:
    """Return a key with each of its words in the singular."""
    return "_".join(_singular(word) for word in name.split("_"))


def is_plain(name: str) -> bool:
    """Say whether a word means a plain number: ``Dmnl``, ``%``, or ``people in 100``.

    So many of a hundred like things are a share, counted in hundredths.
    """
    return key(name) in _PLAIN or _SHARE.search(key(name)) is not None


def is_unsaid(text: str) -> bool:
    """Say whether a text says no units."""
    return key(text) in _UNSAID


def below_the_line(word: str) -> str:
    """Return how a unit that is spelled above the line is spelled below: ``people``, per person."""
    one = one_of_many(key(word))
    if one == key(word):
        return word
    shorter = word[:-1]
    # The author's own letters where an s is all there is to take away.
    return shorter if one_of_many(key(shorter)) == one and word[-3:] != "ies" else label(one)


def _singular(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or word.endswith(("ss", "us", "is")):
        short = word.removesuffix("s")  # hrs, but not gas
        return short if short in _SAME else word
    for many, one in _ENDINGS:
        if word.endswith(many):
            return word.removesuffix(many) + one
    return word


_ENDINGS = (
    ("ies", "y"), ("ie", "y"),
    ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"),
    ("s", ""),
)  # fmt: skip
_IRREGULAR = {
    "people": "person", "children": "child", "men": "man", "women": "woman", "feet": "foot",
    "wolves": "wolf", "mice": "mouse", "geese": "goose",
}  # fmt: skip
_SAME = {
    short: unit
    for unit, forms in {
        "second": "s sec",
        "minute": "min",
        "hour": "h hr",
        "week": "wk",
        "month": "mo mth",
        "year": "yr annum",
        "dollar": "$ usd us$",
        "euro": "€ eur",
        "degc": "°c celsius deg_c degree_c degree_celsius centigrade",
        "degf": "°f fahrenheit deg_f degree_f degree_fahrenheit",
        "degree": "deg",
        "kelvin": "k",
        "metre": "meter m",
        "kilometre": "kilometer km",
        "gram": "gramme g",
        "kilogram": "kilogramme kg",
        "litre": "liter l",
    }.items()
    for short in forms.split()
}
_UNSAID = frozenset(("", "?", "??", "???", "n/a", "na", "unspecified", "unknown"))
_PLAIN = frozenset(
    """
    1 - – — % dmnl dimensionless unitless none nondimensional non-dimensional no_unit no_units
    fraction share ratio proportion probability percent per_cent percentage
    rad radian radians
    """.split()
)
_SHARE = re.compile(r"_(?:in|of|out_of)_(?:a_|every_)?(?:\d+|hundred|thousand|million)$")
