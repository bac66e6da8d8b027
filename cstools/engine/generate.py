"""One generator of code: the same program for Python, for NumPy over many runs, for JavaScript.

The three differ in how they write an expression (the table of functions knows) and in how they
write a block (:class:`Syntax` knows). What is computed, and in which order, is said here once, so
that all targets do the same arithmetic and agree to the last digits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from json import dumps

from cstools.engine import vectors
from cstools.engine.integrate import Method
from cstools.engine.program import Equation, Program, Table
from cstools.engine.trimmed import trimmed
from cstools.equations import printing
from cstools.equations.tree import Tree
from cstools.names import identifiers

_CLOCK_WORDS = "start stop dt steps every step time pi"
_FUNCTION_WORDS = (
    "abs absolute acos arccos arcsin arctan array asin atan choose cos cosh divide during exp "
    "float floor fmod greatest interp interpolate least log log10 logarithm logical_and "
    "logical_not logical_or max maximum mean min mod noise poisson_from power product pulse "
    "quantum ramp range recalled safediv sin sinh sqrt stddev tan tanh total train trunc waits "
    "where xidz"
)
_STATEMENT_WORDS = "columns due k2 k3 k4 parameters rates row rows saved seed simulate tables"
_CLOCK = {"starttime": "start", "stoptime": "stop"}
_OWN_WORDS = [*f"{_CLOCK_WORDS} {_FUNCTION_WORDS} {_STATEMENT_WORDS}".split(), *vectors.WORDS]


@dataclass(frozen=True)
class Syntax:
    """How a language writes statements and blocks.

    Attributes
    ----------
    expressions : callable
        The language of expressions, given how names are written.
    declare, assign, returns : str
        Statements; ``{0}`` is the name, ``{1}`` the value.
    listing : str
        A list of values; ``{0}`` is the values.
    function, loop, when : str
        The heads of blocks.
    empty, append : str
        An empty list, and the statement that puts a value at its end.
    opens, closes : str
        What stands at the end of a head, and after the block.
    table : str
        The statement that declares a table: name, xs, ys, and the mode where it is not the usual.
    pi : str
        How the constant is written.
    comment : str
        What begins a comment.
    given : str
        Of a language whose runs may bring tables of their own: what stands before a table's
        points; ``{0}`` is its key in quotes.
    """

    expressions: Callable[[Callable[[str], str]], printing.Language]
    declare: str
    assign: str
    returns: str
    listing: str
    function: str
    loop: str
    empty: str
    append: str
    when: str
    opens: str
    closes: str
    table: str
    pi: str
    comment: str
    given: str = ""


PYTHON = Syntax(
    expressions=printing.python,
    declare="{0} = {1}",
    assign="{0} = {1}",
    returns="return {0}",
    listing="({0},)",
    function="def {0}({1})",
    loop="for step in range(steps + 1)",
    empty="[]",
    append="{0}.append({1})",
    when="if step % every == 0",
    opens=":",
    closes="",
    table="{0} = ({1}), ({2}){3}",
    pi="pi",
    comment="# ",
)
NUMPY = replace(PYTHON, expressions=printing.numpy, table="{0} = array([{1}]), array([{2}]){3}")
JAVASCRIPT = Syntax(
    expressions=printing.javascript,
    declare="let {0} = {1};",
    assign="{0} = {1};",
    returns="return {0};",
    listing="[{0}]",
    function="function {0}({1})",
    loop="for (step = 0; step <= steps; step++)",
    empty="[]",
    append="{0}.push({1});",
    when="if (step === due)",
    opens=" {",
    closes="}",
    table="const {0} = {4}[[{1}], [{2}]{3}];",
    pi="Math.PI",
    comment="// ",
    given="tables[{0}] || ",
)


def change_name(number: int) -> str:
    """Return what the generated code calls the rate of change of a state, counted from 1."""
    return f"change_{number}"


def next_name(number: int) -> str:
    """Return what the generated code calls the next value of what is kept, counted from 1."""
    return f"next_{number}"


class Writer:
    """Writes a program's statements in one syntax, line by line."""

    def __init__(self, program: Program, syntax: Syntax) -> None:
        self.syntax = syntax
        self.lines: list[str] = []
        self.indent = 0
        hidden = [kept.key for kept in program.kept]
        for pipe in program.pipelines:
            hidden += [pipe.key, *(f"{pipe.key} {word}" for word in ("first", "wait", "past"))]
        # What only a first value needs has no column of its own.
        begins = (equation.key for equation in program.at_start)
        keys = dict.fromkeys((*program.columns, *hidden, *program.tables, *begins))
        own = [change_name(number) for number, _ in enumerate(program.states, start=1)]
        own += [next_name(number) for number, _ in enumerate(program.kept, start=1)]
        self.identifier = identifiers(keys, (*_OWN_WORDS, *own))
        self.language = syntax.expressions(self.name)

    def name(self, key: str) -> str:
        """Return the identifier of a key; the clock's names are their own."""
        return self.identifier.get(key) or _CLOCK.get(key) or {"pi": self.syntax.pi}.get(key, key)

    def line(self, text: str = "") -> None:
        """Add a line at the present depth."""
        self.lines.append("    " * self.indent + text if text else "")

    def comment(self, text: str) -> None:
        """Add a comment line."""
        self.line(self.syntax.comment + text)

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """Write a block: its head, what is written inside, its close."""
        self.line(head + self.syntax.opens)
        self.indent += 1
        yield
        self.indent -= 1
        if self.syntax.closes:
            self.line(self.syntax.closes)

    def function(self, name: str, arguments: Sequence[str]) -> AbstractContextManager[None]:
        """Open the block of a function."""
        return self.block(self.syntax.function.format(name, ", ".join(arguments)))

    def text(self, tree: Tree) -> str:
        """Return a tree in this language."""
        return printing.expression(tree, self.language)

    def declare(self, name: str, text: str) -> None:
        """Write the first assignment of a name."""
        self.line(self.syntax.declare.format(name, text))

    def assign(self, name: str, text: str) -> None:
        """Write a later assignment of a name."""
        self.line(self.syntax.assign.format(name, text))

    def equations(self, equations: Sequence[Equation]) -> None:
        """Write equations in their order."""
        for equation in equations:
            self.declare(self.name(equation.key), self.text(equation.tree))

    def values(self, names: Sequence[str]) -> str:
        """Return a list of values."""
        # Python writes one value as (a,), and nothing as ().
        text = self.syntax.listing.format(", ".join(names))
        return "()" if text == "(,)" else text

    def table(self, key: str, table: Table) -> None:
        """Write a lookup's points."""
        xs, ys = (", ".join(map(repr, side)) for side in (table.xs, table.ys))
        mode = "" if table.mode == "interpolate" else f', "{table.mode}"'
        given = self.syntax.given.format(dumps(key))
        self.line(self.syntax.table.format(self.name(key), xs, ys, mode, given))


def python_source(program: Program, method: Method) -> str:
    """Return the code of a single run.

    Its function is ``simulate(parameters, start, stop, dt, steps, every, saved, seed)``. It calls
    ``saved`` with the values of each row, and returns the values that stay the same throughout.
    """
    moving = _moving(program)
    return _source(program, method, PYTHON, lambda w: w.line(f"saved({w.values(_ids(w, moving))})"))


def numpy_source(program: Program, method: Method, keys: Sequence[str]) -> str:
    """Return the code of many runs at once; ``saved[column][row]`` takes an array ``(runs,)``."""
    return _source(trimmed(program, keys), method, NUMPY, partial(_save_by_column, keys=keys))


def javascript_source(program: Program, method: Method, keys: Sequence[str]) -> str:
    """Return the statements of a run in JavaScript; see :mod:`cstools.engine.javascript`."""
    save, prepare = partial(_save_in_turn, keys=keys), partial(_count_rows, keys=keys)
    return _source(trimmed(program, keys), method, JAVASCRIPT, save, prepare)


def _moving(program: Program) -> tuple[str, ...]:
    return program.columns[: len(program.states) + len(program.each_step)]


def _ids(writer: Writer, keys: Sequence[str]) -> list[str]:
    return [writer.name(key) for key in keys]


def _save_by_column(writer: Writer, keys: Sequence[str]) -> None:
    writer.declare("row", "step // every")
    for column, key in enumerate(keys):
        writer.assign(f"saved[{column}][row]", writer.name(key))


def _count_rows(writer: Writer, keys: Sequence[str]) -> None:
    """Write what :func:`_save_in_turn` counts with; no name of a model has a dollar sign."""
    writer.declare("row", "0")
    writer.declare("due", "0")
    for column, _ in enumerate(keys):
        writer.declare(f"saved${column}", f"saved[{column}]")


def _save_in_turn(writer: Writer, keys: Sequence[str]) -> None:
    """Write what saves a row: counted, since a division at each step costs most of its time."""
    for column, key in enumerate(keys):
        writer.assign(f"saved${column}[row]", writer.name(key))
    writer.assign("row", "row + 1")
    writer.assign("due", "due + every")


def _source(
    program: Program,
    method: Method,
    syntax: Syntax,
    save: Callable[[Writer], None],
    prepare: Callable[[Writer], None] = lambda writer: None,
) -> str:
    writer = Writer(program, syntax)
    for key, table in program.tables.items():
        writer.table(key, table)
    arguments = ("parameters", "start", "stop", "dt", "steps", "every", "saved", "seed")
    with writer.function("simulate", arguments):
        _write_start(writer, program)
        if method.places:
            _write_rates(writer, program)
        prepare(writer)
        with writer.block(syntax.loop):
            writer.assign("time", "start + step * dt")
            _write_recall(writer, program)
            writer.equations(program.each_step)
            with writer.block(syntax.when):
                save(writer)
            _write_advance(writer, program, method)
        fixed = [equation.key for equation in program.fixed]
        writer.line(syntax.returns.format(writer.values(_ids(writer, fixed))))
    return "\n".join(writer.lines) + "\n"


def _write_start(writer: Writer, program: Program) -> None:
    for position, key in enumerate(program.parameters):
        writer.declare(writer.name(key), f"parameters[{position}]")
    writer.equations(program.fixed)
    writer.declare("time", "start")
    writer.declare("step", "0")
    writer.equations(program.at_start)
    for pipe in program.pipelines:
        wait = writer.name(f"{pipe.key} wait")
        writer.assign(wait, f"waits({wait}, dt)")
        writer.declare(writer.name(f"{pipe.key} past"), writer.syntax.empty)


def _write_recall(writer: Writer, program: Program) -> None:
    """Write what the pipelines let out at this step."""
    for pipe in program.pipelines:
        words = [writer.name(f"{pipe.key} {word}") for word in ("past", "wait")]
        first = writer.name(f"{pipe.key} first")
        writer.assign(writer.name(pipe.key), f"recalled({', '.join(words)}, step, {first})")


def _changes(writer: Writer, program: Program) -> list[str]:
    return [change_name(number) for number in range(1, len(program.states) + 1)]


def _write_changes(writer: Writer, program: Program) -> None:
    for name, state in zip(_changes(writer, program), program.states, strict=True):
        writer.declare(name, writer.text(state.rate))


def _write_rates(writer: Writer, program: Program) -> None:
    """Write the function that gives the rates of change at a place within a step."""
    states = _ids(writer, [state.key for state in program.states])
    with writer.function("rates", ("time", *states)):
        writer.equations(program.each_step)
        _write_changes(writer, program)
        writer.line(writer.syntax.returns.format(writer.values(_changes(writer, program))))


def _write_advance(writer: Writer, program: Program, method: Method) -> None:
    """Write one step: the rates at each place, then the states moved by their weighted mean."""
    _write_changes(writer, program)
    following = [next_name(number) for number in range(1, len(program.kept) + 1)]
    for name, kept in zip(following, program.kept, strict=True):
        writer.declare(name, writer.text(kept.following))
    for pipe in program.pipelines:
        past = writer.name(f"{pipe.key} past")
        writer.line(writer.syntax.append.format(past, writer.text(pipe.input)))
    stages = [_changes(writer, program)]
    states = _ids(writer, [state.key for state in program.states])
    for number, place in enumerate(method.places, start=2):
        there = [
            f"{state} + {place!r} * dt * {rate}"
            for state, rate in zip(states, stages[-1], strict=True)
        ]
        writer.declare(f"k{number}", f"rates({', '.join([f'time + {place!r} * dt', *there])})")
        stages.append([f"k{number}[{position}]" for position in range(len(states))])
    for position, state in enumerate(states):
        terms = [stage[position] for stage in stages]
        writer.assign(state, f"{state} + dt * {_mean(terms, method.weights)}")
    for name, kept in zip(following, program.kept, strict=True):
        writer.assign(writer.name(kept.key), name)


def _mean(terms: Sequence[str], weights: Sequence[float]) -> str:
    if len(terms) == 1:
        return terms[0]
    weighted = (f"{w!r} * {term}" for w, term in zip(weights, terms, strict=True))
    return f"({' + '.join(weighted)})"
