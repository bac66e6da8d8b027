"""Vensim's sketch: the words and arrows that stand behind the equations of an ``.mdl`` file.

Records as Vensim's help lists them (Sketch Information, Objects), one a line: ``10`` a variable,
``11`` a valve, ``12`` a comment, ``1`` an arrow ``1,id,from,to,shape,hidden,polarity,thickness,
has a font,delay,…``. An arrow's polarity is the code of the letter that is shown: 43 is ``+``, 45
is ``-``; S and O of the older notation are read too. The help says that the delay field holds the
delay marking, and not how: its lowest bit marks a delay, as in Homer's model of COVID-19 in the
United States, where the arrows of 129 lead into what its equations smooth; 64, 128 and 192 stand
on arrows of every other kind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cstools.causal_loops.formats.said import MapSaid, Place, Reading, has_letters, place_in
from cstools.causal_loops.formats.vensim_marks import (
    CLOCKWISE,
    COUNTER,
    Mark,
    named,
    with_titles,
)
from cstools.errors import FileError, brief

_SKETCH = re.compile(r"\\{2,3}---///")
_END = "///---"
_RECORD = re.compile(r"(?P<kind>\d{1,3}),(?P<id>\d{1,9}),(?P<rest>.*)")
_OURS = re.compile(r"(1|10|11|12),")
_NAMED = re.compile(r'(?P<name>"(?:\\.|[^"\\])*+"|[^,]*),(?P<rest>.*)')
_ESCAPED = re.compile(r"\\([\"\\])")
_VARIABLE, _VALVE, _COMMENT, _ARROW = 10, 11, 12, 1
_TEXT_BELOW, _NO_GHOST, _AT_A_VALVE = 4, 1, 32
_PIPE, _TAIL = 20, 96
_DELAYED = 1
_SIGNS = {0: "?", 63: "?", 43: "+", 45: "-", 83: "+", 115: "+", 79: "-", 111: "-"}
_QUOTE, _SIGNS_ONLY = '"', "variable "
_BETWEEN_VIEWS = 120
_MARKS = (CLOCKWISE, COUNTER)


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
    reading, titled, below = Reading(), list[Mark](), 0.0
    for words, arrows in _views(text, begin.start()):
        moved = {i: replace(w, at=(w.at[0], w.at[1] + below)) for i, w in words.items()}
        for number, word in moved.items():
            _add_word(reading, word, f"word {number}")
        _add_arrows(reading, moved, arrows)
        comments = [w for w in moved.values() if w.kind == _COMMENT]
        marks = [w for w in comments if w.shape in _MARKS]
        titled += named(
            [Mark(w.text, w.at, w.shape == CLOCKWISE) for w in marks],
            [(w.text, w.at) for w in comments if w.shape not in _MARKS and w.bits & _TEXT_BELOW],
        )
        below = max([w.at[1] + _BETWEEN_VIEWS for w in moved.values()], default=below)
    return with_titles(reading.said(), titled)


def _views(text: str, begin: int) -> Iterator[tuple[dict[int, _Word], list[_Arrow]]]:
    words: dict[int, _Word] = {}
    arrows: list[_Arrow] = []
    valve: int | None = None
    lines = enumerate(text[begin:].splitlines(), start=text.count("\n", 0, begin) + 1)
    for number, line in lines:
        if line.startswith(_END):
            break
        if _SKETCH.match(line):
            yield words, arrows
            words, arrows, valve = {}, [], None
        record = _RECORD.match(line)
        where = f"line {number}"
        if record is None:
            if _OURS.match(line):
                raise FileError(f"{where}: this line of the sketch is not whole")
            continue
        kind, identity = int(record["kind"]), int(record["id"])
        if kind == _ARROW:
            arrows.append(_arrow(record["rest"], where))
            continue
        if identity in words:
            raise FileError(f"{where}: the number {identity} stands on two words of one view")
        word = _Word(kind, "", (0.0, 0.0), 0, 0)
        if kind in (_VARIABLE, _VALVE, _COMMENT):
            word = _word(kind, record["rest"], where)
            if kind == _COMMENT and word.bits & _TEXT_BELOW:
                word = replace(word, text=next(lines, (0, ""))[1].strip())
        words[identity] = word
        if kind == _VALVE:
            valve = identity
        elif kind == _VARIABLE and word.shape & _AT_A_VALVE and valve is not None:
            # The name of a flow stands after its valve; what is named already is another's.
            words[valve] = replace(words[valve], flow=words[valve].flow or word.text)
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
            sign, delayed = _sign(reading, arrow), bool(arrow.numbers[5] & _DELAYED)
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
