"""Vensim's sketch: the words and arrows that stand behind the equations of an ``.mdl`` file.

Records as Vensim's reference manual lists them, one a line: ``10`` a variable, ``11`` a valve,
``12`` a comment, ``1`` an arrow ``1,id,from,to,shape,hidden,polarity,thickness,…``. An arrow's
polarity is the code of the letter that is shown: 43 is ``+``, 45 is ``-``; S and O of the older
notation are read too. Which bits of the delay field mark a delay is *unverified*: the manual only
says that the field does. Here any of the lowest six does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cstools.causal_loops.formats.said import MapSaid, Place, Reading, has_letters, place_in
from cstools.causal_loops.formats.vensim_marks import CLOCKWISE, COUNTER, Mark, with_titles
from cstools.errors import FileError, brief

_SKETCH = re.compile(r"\\{2,3}---///")
_END = "///---"
_RECORD = re.compile(r"(?P<kind>\d{1,3}),(?P<id>\d{1,9}),(?P<rest>.*)")
_NAMED = re.compile(r'(?P<name>"(?:\\.|[^"\\])*+"|[^,]*),(?P<rest>.*)')
_ESCAPED = re.compile(r"\\([\"\\])")
_VARIABLE, _VALVE, _COMMENT, _ARROW = 10, 11, 12, 1
_TEXT_BELOW, _NO_GHOST, _AT_A_VALVE = 4, 1, 32
_PIPE, _TAIL = 20, 96
_DELAYS = 0b111111
_SIGNS = {0: "?", 63: "?", 43: "+", 45: "-", 83: "+", 115: "+", 79: "-", 111: "-"}
_QUOTE, _SIGNS_ONLY = '"', "variable "
_BETWEEN_VIEWS = 120


@dataclass(frozen=True)
class _Word:
    """A word of the sketch; ``flow`` is the word beside a valve."""

    kind: int
    text: str
    at: Place
    shape: int
    bits: int
    flow: str = ""

    @property
    def variable(self) -> str:
        return _lettered({_VARIABLE: self.text, _VALVE: self.flow}.get(self.kind, ""))


_NOTHING = _Word(0, "", (0.0, 0.0), 0, 0)


@dataclass(frozen=True)
class _Arrow:
    where: str
    start: int
    stop: int
    numbers: tuple[int, ...]  # shape, hidden, polarity, thickness, has a font, delay

    @property
    def is_pipe(self) -> bool:
        return self.numbers[3] > _PIPE

    @property
    def is_tail(self) -> bool:
        """Whether a pipe has no head at its stock, so that the flow comes out of it."""
        return bool(self.numbers[0] & _TAIL)


def recognises(text: str) -> bool:
    """Say whether a text has a sketch in it."""
    return _SKETCH.search(text) is not None


def read(text: str) -> MapSaid:
    """Return the map that the sketch of a Vensim file shows.

    Every arrow between two variables is a link; one without a polarity is ``?``. A flow adds to
    the stock it points at and takes from the one it comes from; one without a name gets one.
    Several views are one map, each placed below the one before. Loop marks: see
    :mod:`cstools.causal_loops.formats.vensim_marks`.

    Raises
    ------
    FileError
        When there is no sketch, or a line of it is not whole.
    """
    begin = _SKETCH.search(text)
    if begin is None:
        raise FileError(
            "this Vensim file has no sketch, and so no map; "
            "draw its variables and arrows in Vensim, and save it again"
        )
    reading, marks, below = Reading(), list[Mark](), 0.0
    for words, arrows in _views(text, begin.start()):
        moved = {i: replace(w, at=(w.at[0], w.at[1] + below)) for i, w in words.items()}
        for number, word in moved.items():
            _add_word(reading, word, f"word {number}")
        _add_arrows(reading, moved, arrows)
        marks += [
            Mark(w.text, w.at, w.shape == CLOCKWISE)
            for w in moved.values()
            if w.kind == _COMMENT and w.shape in (CLOCKWISE, COUNTER)
        ]
        below = max([w.at[1] + _BETWEEN_VIEWS for w in moved.values()], default=below)
    return with_titles(reading.said(), marks)


def _views(text: str, begin: int) -> Iterator[tuple[dict[int, _Word], list[_Arrow]]]:
    words: dict[int, _Word] = {}
    arrows: list[_Arrow] = []
    lines = enumerate(text[begin:].splitlines(), start=text.count("\n", 0, begin) + 1)
    for number, line in lines:
        if line.startswith(_END):
            break
        if _SKETCH.match(line):
            yield words, arrows
            words, arrows = {}, []
        record = _RECORD.match(line)
        if record is None:
            continue
        where = f"line {number}"
        kind, identity = int(record["kind"]), int(record["id"])
        if kind == _ARROW:
            arrows.append(_arrow(record["rest"], where))
        elif kind in (_VARIABLE, _VALVE, _COMMENT):
            word = _word(kind, record["rest"], where)
            if kind == _COMMENT and word.bits & _TEXT_BELOW:
                word = replace(word, text=next(lines, (0, ""))[1].strip())
            words[identity] = word
            _name_valve(words, word)
        else:
            words[identity] = _Word(kind, "", (0.0, 0.0), 0, 0)
    yield words, arrows


def _word(kind: int, rest: str, where: str) -> _Word:
    named = _NAMED.match(rest)
    fields = named["rest"].split(",") if named else []
    at = place_in(*fields[:2]) if len(fields) > 1 else None
    if named is None or at is None:
        raise FileError(f"{where}: a word of the sketch has a name and a place; this is not whole")
    shape, bits = (_whole(field) for field in (*fields[4:6], "", "")[:2])
    return _Word(kind, _unquoted(named["name"]), at, shape, bits)


def _unquoted(name: str) -> str:
    quoted = name.strip()
    inside = len(quoted) > 1 and quoted[0] == quoted[-1] == _QUOTE
    return _ESCAPED.sub(r"\1", quoted[1:-1]) if inside else name


def _lettered(name: str) -> str:
    """Return a name with a word before it where it has no letter, as ``"€/$"``."""
    plain = name.strip().strip(_QUOTE).strip()
    return name if has_letters(plain) or not plain else f"{_SIGNS_ONLY}{plain}"


def _arrow(rest: str, where: str) -> _Arrow:
    fields = rest.split(",")
    try:
        start, stop, *numbers = (int(field) for field in fields[:8])
    except ValueError:
        numbers = []
    if len(numbers) < 6:
        raise FileError(
            f"{where}: an arrow of the sketch has the words it joins, a shape and a polarity, "
            "in numbers; this is not whole"
        )
    return _Arrow(where, start, stop, tuple(numbers))


def _name_valve(words: dict[int, _Word], word: _Word) -> None:
    """Tell the last valve the name of the flow that stands beside it."""
    if word.kind == _VARIABLE and word.shape & _AT_A_VALVE:
        last = next((i for i in reversed(words) if words[i].kind == _VALVE), None)
        if last is not None and not words[last].flow:
            words[last] = replace(words[last], flow=word.text)


def _add_word(reading: Reading, word: _Word, where: str) -> None:
    if word.kind == _VARIABLE:
        reading.variable(word.variable, where, at=word.at if word.bits & _NO_GHOST else None)
        if word.variable != word.text:
            reading.note(f"a name without a letter is read as '{brief(word.variable)}'")


def _add_arrows(reading: Reading, words: dict[int, _Word], arrows: list[_Arrow]) -> None:
    pipes = [arrow for arrow in arrows if arrow.is_pipe]
    heads = Counter(pipe.start for pipe in pipes if not pipe.is_tail)
    for pipe in pipes:
        _name_flow(reading, words, pipe)
    for arrow in arrows:
        cause, effect = (words.get(end, _NOTHING).variable for end in (arrow.start, arrow.stop))
        if arrow.is_pipe:
            # A flow with two heads may run either way, and the sketch does not say which is plus.
            sign = "-" if arrow.is_tail else "+" if heads[arrow.start] == 1 else "?"
            if cause and effect:
                reading.link(cause, effect, sign, arrow.where)
        elif cause and effect:
            sign, delayed = _sign(reading, arrow), bool(arrow.numbers[5] & _DELAYS)
            reading.link(cause, effect, sign, arrow.where, delayed)
        else:
            reading.note(f"{arrow.where}: an arrow that joins no two variables is left out")


def _name_flow(reading: Reading, words: dict[int, _Word], pipe: _Arrow) -> None:
    """Give a flow without a name one, after a stock that it joins: no link of it is to be lost."""
    valve, stock = words.get(pipe.start, _NOTHING), words.get(pipe.stop, _NOTHING)
    if valve.kind == _VALVE and not valve.flow and stock.variable:
        name = f"flow {'out of' if pipe.is_tail else 'into'} {stock.variable.strip(_QUOTE)}"
        words[pipe.start] = replace(valve, flow=name)
        reading.note(f"{pipe.where}: a flow without a name is called '{brief(name)}'")


def _sign(reading: Reading, arrow: _Arrow) -> str:
    code = arrow.numbers[2]
    if code not in _SIGNS:
        reading.note(f"{arrow.where}: the polarity with the code {code} is taken as ?")
    return _SIGNS.get(code, "?")


def _whole(field: str) -> int:
    return int(field) if field.strip().isdecimal() and len(field) < 10 else 0
