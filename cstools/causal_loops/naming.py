"""What the English words of a name give away: an action, a judgement, a goal, a perception.

The lists are short on purpose. A note that is missed costs less than one that is wrong, so a
name is only remarked on where its words leave little doubt.
"""

from __future__ import annotations

import re
from functools import lru_cache

from cstools.names import key, label


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that tell a movement, and then the nouns and joints with which they are an ordinary name.
_MOVING = _words(
    "increasing decreasing rising falling growing shrinking declining reducing improving more "
    "less fewer reduce increase decrease improve strengthen weaken"
)
_MOVEMENT = re.compile(
    r"(?:an? )?(?:increases?|decreases?|rises?|drops?|falls?|reductions?|declines?) (?:in|of) (.+)",
    re.IGNORECASE,
)
_MOVING_NAMES = _words(
    "season seasons pains medium media returns rate rates action actions than and or in of to by"
)
# The same for something one does: "hire staff", but "hire cost" and "give and take".
_DOING = _words(
    "hire buy sell make give take ask teach learn tell "
    "send get keep add remove create provide avoid ignore solve invite encourage prevent protect "
    "develop introduce implement spend expand allocate become punish"
)
_DOING_NAMES = _words(
    "rate rates time times quality up in out and or price prices cost costs effect value capacity "
    "power home back per on"
)
_GERUNDS = {
    "stressing": "stress",
    "worrying": "worry",
    "doubting": "doubt",
    "fearing": "fear",
    "trusting": "trust",
    "helping": "help",
    "working": "work",
    "supporting": "support",
    "respecting": "respect",
    "pressuring": "pressure",
    "complaining": "complaints",
    "arguing": "arguments",
    "quarrelling": "quarrels",
    "blaming": "blame",
    "praising": "praise",
    "hoping": "hope",
    "sleeping": "sleep",
    "succeeding": "success",
    "failing": "failures",
    "deciding": "decisions",
    "motivating": "motivation",
    "demanding": "demand",
}
_JUDGING = {
    "low": _words("tide season pressure countries"),
    "high": _words("school schools court street tide season table jump pressure schoolers"),
    "good": _words("will faith"),
    "bad": _words("debt debts loan loans luck"),
    "poor": _words("people households families population countries country neighbourhoods"),
    "insufficient": frozenset(),
    "inadequate": frozenset(),
    "excessive": frozenset(),
}
_LACK = re.compile(
    r"(?:lack|shortage|absence|scarcity|want) of (?:the )?(.+)|"
    r"(?:too much|too many|too little|too few|not enough|(?-i:[Nn]o)) (.+)",
    re.IGNORECASE,
)
_NO_QUANTITY = re.compile(r"(?:the )?(?:state|kind|type|nature|way) of .+|.+\?", re.IGNORECASE)
_NEGATED = re.compile(
    r"\b(?:un|in|im|dis|mis|de|non-?)-?((?:un)?(?:trust|happiness|satisfaction|stability|equality|"
    r"certainty|employment|security|respect|order|agreement|engagement|motivation|comfort|"
    r"honesty|justice|patience|balance|efficiency|competence|understanding|fairness|kindness|"
    r"connection|harmony|safety|belief|loyalty|obedience|advantage|tolerance|flexibility))\b",
    re.IGNORECASE,
)
_PERCEIVED = re.compile(
    r"(?:perceived|apparent|felt|reported|estimated|observed) (.+)|"
    r"(?:perception|perceptions|impression|estimate) of (?:the )?(.+)",
    re.IGNORECASE,
)
_ACTUAL = re.compile(r"(?:actual|real|true|current) (.+)", re.IGNORECASE)
_CORRECTIVE = re.compile(
    r"\b(?:actions?|efforts?|improvements?|correcti(?:ons?|ve)|adjustments?|interventions?|"
    r"responses?|measures?|campaigns?|hiring|recruitment|training|repairs?|heating|cooling|"
    r"ordering|orders|solutions?)\b",
    re.IGNORECASE,
)
_GOAL = re.compile(
    r"\b(?:goals?|targets?|desired?|gaps?|aims?|standards?|norms?|visions?|wanted|needs?|needed|"
    r"required|requirements?|limits?|capacity|expect(?:ed|ations?)|discrepancy|difference|"
    r"shortfalls?|shortages?|backlog|set ?point|thermostat|budgets?|plan(?:ned|s)?|deadlines?|"
    r"scheduled?|schedules|"
    r"ideals?|ambitions?|optimal|normal|reference|threshold|room left|remaining|quota|"
    r"ceiling|intended|promised?|problem|symptoms?|pressure)\b",
    re.IGNORECASE,
)


def without_action(name: str) -> str:
    """Return the noun that a name of an action hides, or an empty string: ``costs``."""
    words = name.removeprefix("to ").split()
    first, rest = words[0].lower(), words[1:]
    if moved := _MOVEMENT.fullmatch(name):
        return moved[1]
    if first in _GERUNDS and (not rest or rest[0].lower() in ("about", "over")):
        return " ".join([_GERUNDS[first], *rest])
    if not rest:
        return ""
    for verbs, names in ((_MOVING, _MOVING_NAMES), (_DOING, _DOING_NAMES)):
        if first in verbs and not names.intersection((rest[0].lower(), rest[-1].lower())):
            return " ".join(rest)
    return ""


def without_judgement(name: str) -> str:
    """Return a name without its "low", "good" or "lack of", or an empty string: ``morale``."""
    if lacking := _LACK.fullmatch(name):
        return lacking[1] or lacking[2]
    first, *rest = name.split()
    if not rest or first.lower() not in _JUDGING:
        return ""
    return "" if rest[0].lower() in _JUDGING[first.lower()] else " ".join(rest)


def cannot_vary(name: str) -> bool:
    """Say whether a name is of a kind that has no more and no less: ``state of mind``."""
    return bool(_NO_QUANTITY.fullmatch(name))


def positive(name: str) -> str:
    """Return a name in its positive sense: ``lack of trust`` and ``distrust`` → ``trust``."""
    lacking = _LACK.fullmatch(name)
    return _NEGATED.sub(r"\1", lacking[1] or lacking[2] if lacking else name)


def perceived(name: str) -> str:
    """Return what it is that a name says is perceived, or an empty string."""
    found = _PERCEIVED.fullmatch(name)
    return (found[1] or found[2]) if found else ""


def actual(name: str) -> str:
    """Return what it is that a name says is actual, or an empty string."""
    found = _ACTUAL.fullmatch(name)
    return found[1] if found else ""


def sounds_corrective(name: str) -> bool:
    """Say whether a name speaks of something done to put things right."""
    return bool(_CORRECTIVE.search(name))


def sounds_like_goal(name: str) -> bool:
    """Say whether a name speaks of a goal, a limit or the distance to it."""
    return bool(_GOAL.search(name))


@lru_cache(maxsize=1 << 14)
def plain(name: str) -> str:
    """Return a name without what spellings differ in: articles, marks, plurals, -our and -ise."""
    text = label(name).casefold().replace("’", "'").replace("'s", "").replace("'", "")
    words = re.findall(r"\w+", text)
    kept = [word for word in words if word not in ("the", "a", "an")] if len(words) > 1 else words
    return "".join(_plain_word(word) for word in kept) or key(name)


_SPELLINGS = (
    (r"([a-z]{2,})our(?=ed|ing|able|s|hood|$)", r"\1or"),
    (r"([a-z]{3,})is(e|ed|es|ing|ation|ations|er|ers)$", r"\1iz\2"),
    (r"([a-z]{2,})yse(?=d|s|$)", r"\1yze"),
    (r"([a-z]{2,}[bt])re(?=s|d|$)", r"\1er"),
    (r"([a-z]{3,})ll(ed|ing|er|ers)$", r"\1l\2"),
    (r"ogue(?=s|$)", "og"),
    (r"programme", "program"),
    (r"(def|off|lic|pret)ence", r"\1ense"),
    (r"^ageing$", "aging"),
    (r"^(people)$", "person"),
    (r"^child(?:ren)?$", "child"),
)


def _plain_word(word: str) -> str:
    for pattern, written in _SPELLINGS:
        word = re.sub(pattern, written, word)
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word.removesuffix("s")
        word = word[:-2] + "y" if word.endswith("ie") and len(word) > 4 else word
        word = word.removesuffix("e") if word.endswith(("she", "che", "xe", "sse")) else word
    return word


def one_slip(one: str, other: str) -> bool:
    """Say whether two plain names differ by one letter left out or two swapped, well inside.

    A letter that is another one is not counted: many pairs of true names differ in one
    (``emission``, ``omission``; ``team a``, ``team b``).
    """
    short, long = sorted((one, other), key=len)
    if len(short) < 7 or len(long) - len(short) > 1 or short[:3] != long[:3]:
        return False
    pairs = zip(short, long, strict=False)
    place = next((i for i, (a, b) in enumerate(pairs) if a != b), len(short))
    if len(long) > len(short):
        # At the very end it is an ending (employer, employers'), or a number.
        return place < len(short) and short[place:] == long[place + 1 :] and long[place].isalpha()
    swapped = short[:place] + short[place : place + 2][::-1] + short[place + 2 :]
    return short != long and swapped == long and short[place : place + 2].isalpha()
