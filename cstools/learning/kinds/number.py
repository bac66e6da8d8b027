"""A number with its unit, right within a tolerance.

Reads 125, ``"125"``, ``"125 tonnes per year"``, ``"0,5"``, ``"1/3"``, ``"2½"``, ``"1 000"``,
``"−5"``, ``"It is 125."``; and where hours are asked for, ``"2:06"`` and ``"2 h 6 min"``. A text
such as ``"1,000"`` is a thousand in one country and one in another: it is right when either reading
is.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cstools.languages import spoken
from cstools.learning.checks import Feedback, Outcome, feedback
from cstools.learning.kinds.kind import Kind, Misconception

#: Words that people write before a number, and that leave it as it is; "over" or "not" do not.
_BEFORE = (
    "it|it's|that|this|they|there|the|is|are|was|be|will|would|i|think|say|guess|so|then|maybe|"
    "perhaps|answer|number|equals|meet|at|about|around|roughly|approximately|circa|ca|cirka|"
    "es|son|unos|unas|det|er|≈|~|=|:"
)
_NUMBER = re.compile(
    rf"^\s*(?:(?:{_BEFORE})(?:[.,:]?\s+|(?=[\d+-])|(?<=[≈~=:])|\.))*\s*"
    r"(?P<number>[+-]?(?:\d[\d\s.,'’]*|[.,]\d+)(?:e[+-]?\d+)?)\s*(?P<unit>.*?)\s*$",
    re.IGNORECASE | re.DOTALL,
)
#: ``1/3`` is a number; ``125/year`` is a number with its unit.
_FRACTION = re.compile(r"\s*([+-]?\d{1,9})\s*/\s*([1-9]\d{0,8})(?![\d.,])\s*(.*?)\s*", re.DOTALL)
#: ``2 1/2`` is two and a half; ``2 11/4`` or ``1 000/3`` are not written so.
_MIXED = re.compile(
    r"\s*([+-]?)(\d{1,9})\s+([1-9]\d?)\s*/\s*([1-9]\d?)(?![\d.,])\s*(.*?)\s*", re.DOTALL
)
_CLOCK = re.compile(r"\s*(\d{1,4}):([0-5]\d)\s*(?:h|hrs?|hours?)?[\s.!?]*", re.IGNORECASE)
_WITH_UNIT = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\W\d_]+)\.?\s*(?:,|and\b|y\b|og\b)?\s*")
_LETTERS = re.compile(r"[^\W\d_%°/][^\W\d_]*(?:[\s./·°²³-]+[^\W\d_]+)*|[%°][^\W\d_]*|/\s*[^\W\d_]+")
#: Digits that are part of a unit: ``out of 100``, ``m3``.
_OF_A_WHOLE = re.compile(r"\b(?:of|in|per|de|af)\s+\d+\b|\b[a-z]{1,2}[23]\b", re.IGNORECASE)
#: The units of a clock, in seconds. A day has other meanings too, so it is not among them.
_SECONDS = {
    **dict.fromkeys(("second", "sec", "s"), 1),
    **dict.fromkeys(("minute", "min"), 60),
    **dict.fromkeys(("hour", "h", "hr"), 3600),
}


@dataclass(frozen=True)
class Number(Kind):
    """A number in a unit.

    ``tolerance`` is how far a right answer may be off, ``near`` how far a close one, both in the
    unit. ``also`` are other spellings of the unit; ``conversions`` other units, each with the
    factor that turns a number in it into the unit asked for.
    """

    value: float
    unit: str = ""
    tolerance: float = 0.0
    near: float = 0.0
    also: tuple[str, ...] = ()
    conversions: Mapping[str, float] = field(default_factory=dict)
    name = "number"

    @property
    def how(self) -> str:
        """Say in which unit the number is asked for."""
        if self.unit:
            return spoken("Answer with a number, in {unit}.", unit=self.unit)
        return spoken("Answer with a number.")

    @property
    def solution(self) -> float:
        """The number."""
        return self.value

    @property
    def shown_solution(self) -> str:
        """The number with its unit."""
        return f"{self.value:g} {self.unit}".strip()

    def judge(self, answer: Any, misconceptions: Iterable[Misconception]) -> Feedback:
        """Compare within the tolerance; an unknown unit makes a right number close."""
        numbers, unit = self._of_a_clock(answer) or read_number(answer)
        factor = self._factor(unit)
        if not numbers:
            return feedback(Outcome.INCORRECT, _unreadable())
        if factor is None and not _LETTERS.fullmatch(_OF_A_WHOLE.sub("unit", unit.strip(" .!?"))):
            words = spoken("I read more here than one number. Write one, for example 12.5.")
            return feedback(Outcome.INCORRECT, words)
        values = [number * (1.0 if factor is None else factor) for number in numbers]
        for number, value in zip(numbers, values, strict=True):
            if self._within(value, self.value, self.tolerance):
                read = number if len(numbers) > 1 else None
                return self._right_number(unit_known=factor is not None, read=read)
        for one in misconceptions:
            for wrong in one.answers:
                if any(self._within(value, wrong, self.tolerance) for value in values):
                    return one.feedback()
        if any(self._within(value, self.value, self.near) for value in values):
            words = spoken("You are near. Look at your last step once more.")
            return feedback(Outcome.CLOSE, words)
        if any(self._within(-value, self.value, self.tolerance) for value in values):
            words = spoken("The size is right. Which way does it go: up or down?")
            return feedback(Outcome.CLOSE, words)
        return feedback(Outcome.INCORRECT, spoken("This is not the number. A hint may help."))

    def _right_number(self, unit_known: bool, read: float | None) -> Feedback:
        """Say that it is right; where it can be read in two ways, also which way."""
        told = [] if read is None else [spoken("I read it as {number}.", number=f"{read:g}")]
        if unit_known:
            return feedback(Outcome.CORRECT, " ".join(told))
        told.append(spoken("The number is right; the unit here is {unit}.", unit=self.unit))
        return feedback(Outcome.CLOSE, " ".join(told))

    def _factor(self, unit: str) -> float | None:
        """Return what turns a number in this unit into the unit asked for, if that is known."""
        spelt = _unit_key(unit)
        if not spelt or spelt in {_unit_key(name) for name in (self.unit, *self.also)}:
            return 1.0
        factors = {_unit_key(name): factor for name, factor in self.conversions.items()}
        asked = _SECONDS.get(_unit_key(self.unit))
        if asked and spelt in _SECONDS:
            return factors.get(spelt, _SECONDS[spelt] / asked)
        return factors.get(spelt)

    def _of_a_clock(self, answer: Any) -> tuple[tuple[float, ...], str] | None:
        """Read ``2:06`` where hours are asked for, and ``2 h 6 min`` where a time is."""
        asked = _SECONDS.get(_unit_key(self.unit))
        if not asked or not isinstance(answer, str):
            return None
        if asked == _SECONDS["hour"] and (clock := _CLOCK.fullmatch(answer)):
            return (int(clock[1]) + int(clock[2]) / 60,), ""
        pairs = _WITH_UNIT.findall(answer)
        if len(pairs) < 2 or _WITH_UNIT.sub("", answer).strip(" .!?"):
            return None
        factors = [self._factor(unit) for _, unit in pairs]
        if None in factors or len(set(factors)) < len(factors):
            return None
        numbers = (float(number.replace(",", ".")) for number, _ in pairs)
        return (sum(one * (by or 0.0) for one, by in zip(numbers, factors, strict=True)),), ""

    @staticmethod
    def _within(value: float, target: float, tolerance: float) -> bool:
        # The last digits of binary fractions: 0.1 + 0.2 is as right as 0.3.
        return math.isclose(value, target, rel_tol=1e-9, abs_tol=max(tolerance, 1e-12))


def read_number(answer: Any) -> tuple[tuple[float, ...], str]:
    """Return the finite numbers that an answer can be read as, and the unit written after it."""
    if isinstance(answer, bool):
        return (), ""
    if isinstance(answer, str):
        plain = _with_fractions(answer).replace("−", "-").replace("–", "-")
        if parts := _FRACTION.fullmatch(plain):
            return tuple(_finite(int(parts[1]) / int(parts[2]))), parts[3].strip()
        if (parts := _MIXED.fullmatch(plain)) and int(parts[3]) < int(parts[4]):
            size = int(parts[2]) + int(parts[3]) / int(parts[4])
            return (-size if parts[1] == "-" else size,), parts[5].strip()
        found = _NUMBER.match(plain)
        if not found:
            return (), ""
        readings = {value for text in _readings(found["number"]) for value in _finite(text)}
        return tuple(sorted(readings)), found["unit"]
    return tuple(_finite(answer)), ""


def _with_fractions(text: str) -> str:
    """Return a text with ``½`` as `` 1/2``."""
    for sign in {one for one in text if unicodedata.decomposition(one).startswith("<fraction>")}:
        written = unicodedata.normalize("NFKC", sign).replace("\N{FRACTION SLASH}", "/")
        text = text.replace(sign, f" {written} ")
    return text


def _readings(text: str) -> tuple[str, ...]:
    """Return a written number in the forms that Python reads: with comma as point, and without."""
    plain = re.sub(r"(?<=\d)[\s'’](?=\d)", "", text).strip().rstrip(".,")
    if "." in plain and "," in plain:
        point = max(plain.rfind("."), plain.rfind(","))
        whole = re.sub("[.,]", "", plain[:point])
        return (f"{whole}.{plain[point + 1 :]}",)
    mark = "," if "," in plain else "."
    if plain.count(mark) > 1:
        return (plain.replace(mark, ""),)
    if re.fullmatch(r"[+-]?[1-9]\d{0,2},\d{3}", plain):
        return plain.replace(",", "."), plain.replace(",", "")
    return (plain.replace(",", "."),)


def _finite(value: Any) -> tuple[float, ...]:
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return ()
    return (number,) if math.isfinite(number) else ()


def _unit_key(unit: str) -> str:
    """Return the form in which units are compared: ``Tonnes per year`` → ``tonne/year``."""
    plain = re.sub(r"\s+(?:per|a|an|each|every)\s+|\s*/\s*", "/", unit.casefold().strip(" .!?"))
    return "/".join(re.sub(r"(?<=.)s$", "", part.strip()) for part in plain.split("/"))


def _unreadable() -> str:
    return spoken("I cannot read a number in this answer. Write it in digits, for example 12.5.")
