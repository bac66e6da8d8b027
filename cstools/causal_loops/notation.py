"""A causal map written as text, one link a line: ``cause -> effect: + delayed  # reason``.

::

    overtime  -> tiredness: + delayed   # weeks later
    tiredness -> mistakes: +
    self: tiredness, mistakes           # the lens they are seen with
    loop burnout trap: overtime, tiredness, mistakes, work remaining, schedule pressure

The sign is ``+``, ``-`` or ``?`` (the older ``s`` and ``o`` are read too) and is ``?`` when it is
left out. A name with ``:``, ``#``, ``,`` or an arrow in it, or with a sign at one of its ends,
stands in quotation marks. A line ``variables: a, b`` names variables that no link names yet, or
gives their order. A reason may end with its source:
``# people slow down [source: Lyneis 2007]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cstools.causal_loops.parts import (
    LENSES,
    SIGN_LESSON,
    SIGNS,
    Link,
    Variable,
    checked_name,
)
from cstools.errors import ModelError, brief, did_you_mean
from cstools.names import key

_ARROW = re.compile(r"[-–—]+>|=+>|[→⟶⇒⟹➔➜➝➞]")
_BACKWARDS = re.compile(r"<[-–—]+|<=+>?|[←↔⟷⟵⇐⇔⟸⟺]")
_QUOTED = re.compile(r'"[^"]*"')
_SIGN_WITHOUT_COLON = re.compile(r"(?:\s+[+\-−–?]|\s*[(\[][+\-−–?][)\]])\s*\Z")
_SIGN_FIRST = re.compile(r"\s*(?:\+|[(\[]?[+\-−–?][)\]]?\s)")
_MARKED = re.compile(r"\s*(?:[“„«‘‚][^“”„«»‘’‚]*(?:[”“»’‘]\s*)?|'[^']*'\s*)\Z")
_BULLET = re.compile(r"\s*[•‣◦▪·*]\s")
_WORD = re.compile(r"[+\-−–?](?=delayed\b)|\S+", re.IGNORECASE)
_SOURCE = re.compile(r"(.*?)\s*\[source: ([^\[\]]*)\]")
_NEEDS_QUOTES = re.compile(
    "|".join(
        (
            "[:#,]",
            _ARROW.pattern,
            _BACKWARDS.pattern,
            _SIGN_WITHOUT_COLON.pattern,
            rf"\A{_SIGN_FIRST.pattern}",
            rf"\A{_MARKED.pattern}",
            rf"\A{_BULLET.pattern}",
        )
    )
)
_SHOWN_AT_ONCE, _WIDEST = 3, 100


class _LineError(Exception):
    """What is wrong in a line, and at which character."""

    def __init__(self, lesson: str, column: int) -> None:
        self.lesson = lesson
        self.column = column
        super().__init__(lesson, column)


@dataclass(frozen=True)
class LoopTitle:
    """The name that an author gives a loop, its variables in order, and the line it stands on."""

    title: str
    variables: tuple[str, ...]
    line: str = ""


Part = Variable | Link | LoopTitle


def read_text(text: str) -> list[Part]:
    """Return what a text says, in its order: variables named on their own, links, loop titles.

    Raises
    ------
    ModelError
        With the number of the line, the line, a caret and what to do; three lines at most.
    """
    said: list[Part] = []
    lessons: list[str] = []
    # An editor may put an invisible mark first, which says how the file is stored.
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        try:
            said.extend(_read_line(line, f"line {number}"))
        except _LineError as problem:
            lessons.append(_lesson(number, line, problem))
    if lessons:
        more = len(lessons) - _SHOWN_AT_ONCE
        last = [f"and {more} more line{'s' * (more > 1)} like these"] if more > 0 else []
        raise ModelError("\n".join(lessons[:_SHOWN_AT_ONCE] + last))
    return said


def write_text(
    variables: Sequence[Variable], links: Sequence[Link], titles: Sequence[LoopTitle] = ()
) -> str:
    """Return the text that reads back as these parts, in the same order."""
    met = dict.fromkeys(name for link in links for name in (link.cause, link.effect))
    names = [variable.name for variable in variables]
    lines = []
    if list(met) != names:
        lines.append("variables: " + ", ".join(_quoted(name) for name in names))
    lines += [_write_link(link) for link in links]
    for lens in LENSES:
        seen = [_quoted(variable.name) for variable in variables if variable.lens == lens]
        lines += [f"{lens}: " + ", ".join(seen)] if seen else []
    for loop in titles:
        words = ", ".join(_quoted(name) for name in loop.variables)
        lines.append(f"loop {_quoted(loop.title)}: {words}")
    return "\n".join(lines)


def tidy_reason(reason: str, source: str = "") -> tuple[str, str]:
    """Return a reason and its source on one line each, the source taken out of the reason."""
    reason, source = " ".join(reason.split()), " ".join(source.split())
    inside = _SOURCE.fullmatch(reason)
    if inside and not source:
        reason, source = inside[1], inside[2].strip()
    return reason, source.replace("[", "(").replace("]", ")")


def _lesson(number: int, line: str, problem: _LineError) -> str:
    text = line.strip()
    column = max(problem.column - (len(line) - len(line.lstrip())), 0)
    if len(text) > _WIDEST:  # only what is around the place
        begin = max(min(column - _WIDEST // 2, len(text) - _WIDEST), 0)
        text, column = text[begin : begin + _WIDEST], column - begin
    # Tabs stay tabs, so that the caret stands under its place in any editor.
    before = "".join("\t" if letter == "\t" else " " for letter in text[:column])
    return f"line {number}: {problem.lesson}\n    {text}\n    {before}^"


def _read_line(line: str, where: str) -> Iterable[Part]:
    # Quoted names are blanked out, so that an arrow or a colon inside one is not taken for ours.
    masked = _QUOTED.sub(lambda quoted: "\0" * len(quoted[0]), line)
    end = masked.find("#") if "#" in masked else len(line)
    said = masked[:end]
    if not said.strip():
        return []
    if '"' in said:
        raise _LineError("this quotation mark is not closed", said.index('"'))
    if backwards := _BACKWARDS.search(said):
        raise _LineError(
            "an arrow points from the cause on the left to the effect on the right; "
            "write one line for each direction",
            backwards.start(),
        )
    arrow = _ARROW.search(said)
    if arrow is None:
        return _read_list(line, said, where)
    return [_read_link(line, said, arrow, line[end + 1 :])]


def _read_link(line: str, said: str, arrow: re.Match[str], comment: str) -> Link:
    second = _ARROW.search(said, arrow.end())
    if second:
        raise _LineError("one arrow a line; write the second link on its own line", second.start())
    colon = said.find(":", arrow.end())
    stop = colon if colon >= 0 else len(said)
    _check_end(said, 0, arrow.start())
    _check_end(said, arrow.end(), stop)
    cause = _name(line, 0, arrow.start(), "the cause is missing before the arrow")
    effect = _name(line, arrow.end(), stop, "the effect is missing after the arrow")
    sign, delayed = _sign(line, said, colon) if colon >= 0 else ("?", False)
    return Link(cause, effect, sign, delayed, *tidy_reason(comment))


def _check_end(said: str, begin: int, stop: int) -> None:
    """Refuse marks of the notation where a name is meant: they would become part of the name."""
    if unmarked := _SIGN_WITHOUT_COLON.search(said, begin, stop):
        column = stop - len(said[unmarked.start() : stop].lstrip())
        raise _LineError("put a colon before the sign: 'cause -> effect: +'", column)
    if signed := _SIGN_FIRST.match(said, begin, stop):
        column = signed.end() - len(signed[0].lstrip())
        raise _LineError(
            "a sign stands behind the effect and a colon: 'cause -> effect: +'; "
            "a name that begins like this stands in quotation marks",
            column,
        )
    first = begin + len(said[begin:stop]) - len(said[begin:stop].lstrip())
    if _MARKED.match(said, begin, stop):
        raise _LineError('quotation marks around a name are straight, double ones: "', first)
    if _BULLET.match(said, begin, stop):
        raise _LineError("a dot or star before a name would become part of it; leave it out", first)
    if (comma := said.find(",", begin, stop)) >= 0:
        raise _LineError(
            "one cause and one effect a line; a name with a comma in it stands in quotation marks",
            comma,
        )
    if (colon := said.find(":", begin, stop)) >= 0:
        raise _LineError(
            "the colon stands behind the effect: 'cause -> effect: +'; "
            "a name with a colon in it stands in quotation marks",
            colon,
        )


def _sign(line: str, said: str, colon: int) -> tuple[str, bool]:
    words = list(_WORD.finditer(said[colon + 1 :]))
    sign = SIGNS.get(words[0][0].lower()) if words else None
    rest = words[1:] if sign else words
    if [word[0].lower() for word in rest] in ([], ["delayed"]):
        return sign or "?", bool(rest)
    begin, end = colon + 1 + rest[0].start(), colon + 1 + rest[-1].end()
    wrong = brief(line[begin:end])
    if sign is None:
        raise _LineError(f"'{wrong}' is not a sign; {SIGN_LESSON}", begin)
    raise _LineError(
        f"'{wrong}' is not understood; after the sign comes only the word 'delayed', "
        "and a reason after '#'",
        begin,
    )


def _read_list(line: str, said: str, where: str) -> Iterable[Part]:
    head, colon, _ = said.partition(":")
    word, start = key(head), len(said) - len(said.lstrip())
    if colon and word in ("variables", *LENSES):
        lens = "" if word == "variables" else word
        return [Variable(name, lens) for name in _names(line, said, len(head) + 1)]
    if colon and word.split("_")[0] == "loop":
        missing = "the loop has no name; write 'loop its name: first variable, second, third'"
        title = _name(line, start + len("loop"), len(head), missing)
        return [LoopTitle(title, tuple(_names(line, said, len(head) + 1)), where)]
    near = did_you_mean(head, ("variables", *LENSES)) if colon else ""
    if near:
        known = "a list of names begins with 'variables:', or with a lens, as 'self:'"
        raise _LineError(f"'{head.strip()}:' begins no line; {known}{near}", start)
    column = said.index(">") if ">" in said else start
    raise _LineError("there is no arrow; a link is written 'cause -> effect: +'", column)


def _names(line: str, said: str, begin: int) -> list[str]:
    found = []
    for part in said[begin:].split(","):
        lesson = "a name is missing; names stand with a comma between them"
        found.append(_name(line, begin, begin + len(part), lesson))
        begin += len(part) + 1
    return found


def _name(line: str, begin: int, end: int, missing: str) -> str:
    written = line[begin:end]
    if not written.strip():
        raise _LineError(missing, begin)
    try:
        return checked_name(written)
    except ModelError as error:
        raise _LineError(str(error), begin + len(written) - len(written.lstrip())) from None


def _write_link(link: Link) -> str:
    marks = " ".join([link.polarity, "delayed"] if link.delayed else [link.polarity])
    source = f"[source: {link.source}]" if link.source else ""
    why = " ".join(part for part in (link.reason, source) if part)
    comment = f"  # {why}" if why else ""
    return f"{_quoted(link.cause)} -> {_quoted(link.effect)}: {marks}{comment}"


def _quoted(name: str) -> str:
    return f'"{name}"' if _NEEDS_QUOTES.search(name) else name
