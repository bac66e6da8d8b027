"""Numbers, amounts, moments and verbs as one says them aloud."""

from __future__ import annotations

import math

from cstools.languages import moment_spoken, spoken, unit_spoken

# Units of time that English puts in the plural; short forms ("min", "h") stay as they are.
_TIMES = frozenset(
    "second minute hour day week month quarter term semester season year decade generation "
    "session lesson round step turn".split()
)
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_PLURAL = frozenset("people children women men".split())
_SINGULAR = frozenset("news series species mathematics physics ethics bias gas lens".split())
_JOINING = frozenset("of in at on per to for from with by through".split())
# Of a level there is no less, only a lower one, and of an extent a smaller one.
_LEVELS = frozenset(
    "rate rates level levels price prices cost costs target targets goal temperature speed limit "
    "number share ratio standard standards expectation expectations".split()
)
_EXTENTS = frozenset("gap distance difference size fleet population".split())
# What may follow a noun and say more about it: "hours wanted", "letters waiting", "things open".
_AFTER_A_NOUN = frozenset(
    "done left open made lost kept sold met begun built spent here there away back now".split()
)
# Words in -ing that are things, and no doings: "teaching load", "evening meals".
_THINGS_IN_ING = frozenset(
    "evening morning spring string housing clothing teaching learning working training funding "
    "spending planning living reading writing parking meeting feeling".split()
)
_CLAUSE = frozenset("a an the who that which how what whether is are they it too".split())


def number(value: float) -> str:
    """Return a number as one says it: ``0.25``, ``90``, ``1,250``, ``3.4 million``.

    Three digits below a thousand, whole numbers up to a million, words up to a thousand trillion;
    what is larger still, or very small, as a power of ten.
    """
    if not math.isfinite(value):
        endless = spoken("infinity") if value > 0 else spoken("minus infinity")
        return spoken("not a number") if value != value else endless
    size = abs(value)
    rounded = float(f"{value:.3g}")
    if size and not 1e-4 <= abs(rounded) < 1e15:
        digits, exponent = f"{value:.2e}".split("e")
        return f"{float(digits):g} × 10{str(int(exponent)).translate(_RAISED)}"
    if round(size) >= 1e6:
        word, floor = next((w, f) for w, f in _large() if abs(rounded) >= f)
        return f"{rounded / floor:.4g} {word}"
    if size >= 999.5:
        return f"{value:,.0f}"
    return f"{int(rounded)}" if rounded == int(rounded) else f"{rounded:.3g}"


def _large() -> tuple[tuple[str, float], ...]:
    return (spoken("trillion"), 1e12), (spoken("billion"), 1e9), (spoken("million"), 1e6)


def amount(value: float, units: str = "") -> str:
    """Return a number with its units."""
    gap = "" if units == "%" else " "
    return f"{number(value)}{gap}{unit_spoken(units)}".strip()


def moment(time: float, units: str = "") -> str:
    """Return a time as one says it: ``week 40``, ``year 2026``."""
    unit = _one(units)
    # 2,026 would be a count of years.
    told = f"{time:.0f}" if unit.casefold() == "year" and 1000 <= time < 10_000 else number(time)
    return f"{moment_spoken(unit or 'time')} {told}"


def span(time: float, units: str = "") -> str:
    """Return a length of time as one says it: ``8 minutes``."""
    unit = _one(units)
    told = number(time)
    if told != "1" and _is_time(unit):
        unit += "s"
    return f"{told} {unit_spoken(unit or 'units of time')}"


def verb(label: str, word: str) -> str:
    """Return a verb in the number that agrees with a label: ``births fall``, ``water falls``."""
    singular, plural = _IRREGULAR.get(word, (f"{word}s", word))
    return plural if _is_plural(label) else singular


def times_of_words() -> tuple[str, ...]:
    """Return the units of time that are said in words, each in the singular."""
    return tuple(sorted(_TIMES))


def verb_spoken(label: str, word: str) -> str:
    """Return a verb of :mod:`.describe` that agrees with a label, in the language spoken."""
    return {
        "becomes": spoken("becomes"), "become": spoken("become"),
        "drops": spoken("drops"), "drop": spoken("drop"),
        "ends": spoken("ends"), "end": spoken("end"),
        "falls": spoken("falls"), "fall": spoken("fall"),
        "has": spoken("has"), "have": spoken("have"),
        "is": spoken("is"), "are": spoken("are"),
        "jumps": spoken("jumps"), "jump": spoken("jump"),
        "rises": spoken("rises"), "rise": spoken("rise"),
        "settles": spoken("settles"), "settle": spoken("settle"),
        "stays": spoken("stays"), "stay": spoken("stay"),
        "stops": spoken("stops"), "stop": spoken("stop"),
        "swings": spoken("swings"), "swing": spoken("swing"),
    }[verb(label, word)]  # fmt: skip


def is_counted(label: str) -> bool:
    """Say whether one has fewer of something, and not less of it: mistakes, people, fish, boats.

    Of what is weighed or measured out, such as tonnes, there is less, although it is a plural.
    """
    head = _head(label)
    return head not in _MEASURES and (head in _ONE_FORM or _is_plural(label))


def more_or_less(label: str, more: bool | None) -> str:
    """Return ``more stress``, ``fewer letters waiting``, ``lower price``; for ``None``, both.

    A name that is a doing or a clause stands between quotation marks, as no word of comparison
    fits before it: ``less of “changing hours”``.
    """
    if _is_clause(label):
        return f"{_way(more, 'more', 'less')} of “{label}”"
    if more is None:
        return f"more or less {label}"
    last = "".join(_words(label)[-1:])
    if last in _LEVELS:
        return f"{_way(more, 'higher', 'lower')} {label}"
    if last in _EXTENTS:
        return f"{_way(more, 'larger', 'smaller')} {label}"
    return f"{_way(more, 'more', 'fewer' if is_counted(label) else 'less')} {label}"


def _way(up: bool | None, more: str, less: str) -> str:
    return f"{more} or {less}" if up is None else more if up else less


def _is_clause(label: str) -> bool:
    """Say whether a name of several words says what is done: ``getting done``."""
    words = _words(label)
    if len(label.split()) < 2 or not words:
        return False
    doing = words[0].endswith("ing") and words[0] not in _THINGS_IN_ING
    return doing or not _CLAUSE.isdisjoint(words)


_ONE_FORM = frozenset("fish sheep deer".split())  # one of them or many, it is the same word
_MEASURES = frozenset(
    "tonnes tons kilos kilograms grams litres metres kilometres miles hectares euros".split()
)

_IRREGULAR = {"be": ("is", "are"), "have": ("has", "have")}


def _one(units: str) -> str:
    """Return a unit of time in the singular: ``weeks`` → ``week``."""
    return units[:-1] if units[-1:] in ("s", "S") and _is_time(units[:-1]) else units


def _is_time(units: str) -> bool:
    return "".join(units.casefold().split()[-1:]) in _TIMES


def _words(label: str) -> list[str]:
    """Return the words of a label up to what belongs to it: ``work done`` of ``… per hour``."""
    words = label.casefold().split("(")[0].split()
    joints = [position for position, word in enumerate(words) if word in _JOINING and position]
    return words[: joints[0]] if joints else words


def _head(label: str) -> str:
    """Return the word that a label is about: ``number`` of ``number of births``."""
    words = _words(label)
    if len(words) > 1 and _follows_a_noun(words[-1]) and _is_plural_word(words[-2]):
        return words[-2]
    return "".join(words[-1:])


def _follows_a_noun(word: str) -> bool:
    made = word.endswith(("ed", "ing")) and word not in _THINGS_IN_ING
    return made or word in _AFTER_A_NOUN


def _is_plural(label: str) -> bool:
    return _is_plural_word(_head(label))


def _is_plural_word(word: str) -> bool:
    if len(word) == 1:
        return False  # a letter is a variable's name, not a word
    if word in _PLURAL or word in _SINGULAR:
        return word in _PLURAL
    return word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))
