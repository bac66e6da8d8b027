"""The text of units is read: ``people/day``, ``Dollars/Widget/Year``, ``kg*m/s^2``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from cstools.equations.tokens import Token, show
from cstools.equations.unit_spelling import (
    below_the_line,
    is_plain,
    is_unsaid,
    one_of_many,
    unit_key,
)
from cstools.equations.units import PLAIN, Units, unit
from cstools.errors import EquationError
from cstools.names import key

_DEEPEST, _HIGHEST = 30, 99
Factors = list[tuple[str, Fraction]]


class UnitsError(EquationError):
    """Units that cannot be read: ``problem`` says why, ``at`` where in ``text``."""

    def __init__(self, where: str, problem: str, text: str, at: int) -> None:
        super().__init__(str(show(where, problem, text, at)))
        self.problem, self.text, self.at = problem, text, at


def parse(
    text: str, same_as: Mapping[str, str] | None = None, where: str = "units"
) -> Units | None:
    """Return the units that a text says, or ``None`` when it says none.

    Parameters
    ----------
    text
        ``"people/day"``, ``"people per day"``, ``"Dollars/Widget/Year"``, ``"people/(day*km)"``,
        ``"m^2"``, ``"Dmnl"``, ``"%"``; a Vensim range after it, ``"[0,10]"``, does not count.
    same_as
        Words of one's own and what each stands for: ``{"pupils": "person", "N": "kg*m/s^2"}``.
    where
        What they are the units of, for the error.

    Raises
    ------
    UnitsError
        When it cannot be read. The message shows the text with a caret under the place.

    Notes
    -----
    One and many are one unit, ``day`` and ``days``, ``person`` and ``people``; so are the usual
    short forms, ``yr`` and ``$``. A share of a whole (``%``, ``fraction``, ``people in 100``) is a
    plain number. Numbers are no units and do not count: ``1000 people`` is ``people``, and whether
    a factor of a thousand is forgotten these units cannot tell.
    """
    said = factors(text, where)
    return None if said is None else _product(said, _own_words(same_as), where)


def is_readable(text: str) -> bool:
    """Say whether a text says some units."""
    try:
        return parse(text) is not None
    except UnitsError:
        return False


def factors(text: str, where: str = "units") -> Factors | None:
    """Return the words of a text with their powers, as spelled; ``None`` when it says nothing."""
    bare = _RANGE.sub("", str(text))
    if is_unsaid(bare):
        return None
    return [] if is_plain(bare) else _Reader(bare, where).whole()


def spelling(
    texts: Iterable[str], same_as: Mapping[str, str] | None = None
) -> dict[str, tuple[str, str]]:
    """Return how some texts spell each unit above and below the line, by the unit's key.

    The first spelling of each counts. Texts that cannot be read are passed over.
    """
    above: dict[str, str] = {}
    below: dict[str, str] = {}
    words = _own_words(same_as)
    for word, power in _spelled(texts):
        meant = _meaning(word, words, "units").powers
        if len(meant) == 1 and meant[0][1] == 1:
            (above if power > 0 else below).setdefault(meant[0][0], word)
    return {
        name: (above.get(name) or below[name], below.get(name) or below_the_line(above[name]))
        for name in {**above, **below}
    }


def _spelled(texts: Iterable[str]) -> Iterator[tuple[str, Fraction]]:
    for text in dict.fromkeys(texts):
        try:
            yield from factors(text) or ()
        except UnitsError:
            continue


def _own_words(same_as: Mapping[str, str] | None) -> dict[str, str]:
    return {one_of_many(key(word)): meaning for word, meaning in (same_as or {}).items()}


def _product(said: Factors, words: Mapping[str, str], where: str) -> Units:
    result = PLAIN
    for word, power in said:
        result *= _meaning(word, words, where) ** power
    return result


def _meaning(word: str, words: Mapping[str, str], where: str) -> Units:
    """Return what one word stands for: what the caller says, a plain number, or its own unit."""
    name = one_of_many(key(word))
    if name in words:
        # Without itself, so that {"pupils": "pupil"} comes to an end.
        rest = {other: meaning for other, meaning in words.items() if other != name}
        return _product(factors(words[name], where) or [], rest, where)
    return PLAIN if is_plain(word) else unit(unit_key(word))


# --- reading ------------------------------------------------------------------------------------

_RANGE = re.compile(r"\[[-+\d.eE,?\s]*\]\s*$")
_POWERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_TOKEN = re.compile(
    r"""
    (?P<skip>    \s+ )
  | (?P<raised>  ⁻?[⁰¹²³⁴-⁹]+ )
  | (?P<number>  \d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![^\W\d_]) | \.\d+ )
  | (?P<word>    (?:(?![⁰¹²³⁴-⁹¼-¾⅐-⅞])[\w$€£¥%°℃℉#&'’.])+ )
  | (?P<sign>    \*\*|[-*/^()+×·÷⋅−] )
    """,
    re.VERBOSE,
)
_SIGNS = {"×": "*", "·": "*", "⋅": "*", "÷": "/", "**": "^", "−": "-"}
_LIKE_THIS = "write them like people/day or m^2"


def _tokens(text: str, where: str) -> Iterator[Token]:
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            problem = f"'{text[at]}' has no meaning in units; {_LIKE_THIS}"
            raise UnitsError(where, problem, text, at)
        kind, word = match.lastgroup or "", match.group()
        if kind == "word" and word.casefold() == "per":
            yield Token("sign", "/", at)
        elif kind != "skip":
            yield Token(kind, _SIGNS.get(word, word), at)
        at = match.end()


class _Reader:
    """Reads products, quotients and powers, from left to right."""

    def __init__(self, text: str, where: str) -> None:
        self.text, self.where = text, where
        self.tokens = [*_tokens(text, where), Token("end", "", len(text.rstrip()))]
        self.position = self.depth = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.position]

    def accept(self, *signs: str) -> str:
        found = self.token.text if self.token.kind == "sign" and self.token.text in signs else ""
        self.position += bool(found)
        return found

    def error(self, problem: str, token: Token | None = None) -> UnitsError:
        return UnitsError(self.where, problem, self.text, (token or self.token).at)

    def whole(self) -> Factors:
        alone = self.token.kind == "sign" and self.token.text == "/"  # per day
        found = self.product([] if alone else self.power())
        if self.token.kind != "end":
            raise self.unexpected()
        return found

    def product(self, found: Factors) -> Factors:
        # A hyphen joins, as in person-years.
        while (sign := self.accept("*", "/", "-")) or self.token.kind == "word":
            more = self.power()
            found = found + ([(word, -power) for word, power in more] if sign == "/" else more)
        return found

    def power(self) -> Factors:
        base, raised = self.base(), self.token
        if raised.kind == "raised":
            self.position += 1
            power = _small(raised.text.translate(_POWERS))
        elif self.accept("^"):
            raised, power = self.token, self.exponent()
        else:
            return base
        result = [(word, own * power) for word, own in base]
        if any(abs(own) > _HIGHEST for _, own in result):
            raise self.error("no unit has so high a power", raised)
        return result

    def base(self) -> Factors:
        token = self.token
        if token.kind == "number":
            self.position += 1  # and with the unit after it, so that a/1000 b is a/b
            return self.power() if self.token.kind == "word" else []
        if token.kind == "word":
            return [(self.name(), Fraction(1))]
        if not self.accept("("):
            raise self.missing()
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self.error("too many ( stand inside one another here", token)
        inside = self.product(self.power())
        if not self.accept(")"):
            unclosed = self.error(f"this ( is never closed; {_LIKE_THIS}", token)
            raise unclosed if self.token.kind == "end" else self.unexpected()
        self.depth -= 1
        return inside

    def name(self) -> str:
        """Read words that stand together, as one name: ``school day``, ``people in 100``."""
        words = []
        while self.token.kind in ("word", "number"):
            words.append(self.token.text)
            self.position += 1
        return " ".join(words)

    def exponent(self) -> Fraction:
        sign = -1 if self.accept("-") else 1
        if self.accept("("):
            result = self.exponent()
            if self.accept("/"):
                below = self.exponent()
                result = result / below if below else Fraction(_HIGHEST + 1)
            if not self.accept(")"):
                raise self.error("this power is never closed; write it like m^(1/2)")
            return sign * result
        token = self.token
        if token.kind != "number":
            raise self.error("after ^ comes a number: m^2", token)
        self.position += 1
        return sign * _small(token.text)

    def missing(self) -> UnitsError:
        if self.token.kind == "end" and self.position:
            before = self.text[self.tokens[self.position - 1].at :].split()[0]  # / or per
            return self.error(f"something is missing after '{before}'; {_LIKE_THIS}")
        return self.error(f"a unit is expected, and '{self.token.text}' stands here; {_LIKE_THIS}")

    def unexpected(self) -> UnitsError:
        if self.token.text == ")":
            return self.error("this ) has no ( before it")
        if self.token.text == "+":
            return self.error("units are multiplied and divided, never added")
        return self.error(f"'{self.token.text}' is not expected here; {_LIKE_THIS}")


def _small(text: str) -> Fraction:
    """Return a power as written, and one that is too high for one that is too large in text."""
    # As a float first, so that 1e999999 builds no number of a million digits.
    if abs(float(text)) > _HIGHEST:
        return Fraction(_HIGHEST + 1)
    return Fraction(text).limit_denominator(1000)
