"""What an equation remembers: delays, smooths, trends and draws become states of their own.

Each rule rewrites one call, ``smooth1(input, time)``, into an expression over states that it adds
beside it. The definitions are Vensim's and XMILE's: a first-order smooth closes ``1/time`` of its
gap to the input per unit of time; a delay of order *n* is a chain of *n* stocks, each holding
``time/n``; ``delay`` is a pipeline, exact to the step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from cstools.equations.tree import Apply, Name, Number, Tree, replace, written_size
from cstools.errors import ModelError, brief

# A pipeline of more stages than this is a fixed delay, and slow as a chain.
_MOST_STAGES = 200


@dataclass(frozen=True)
class Kept:
    """A value that is set anew at the end of every step, from what the step computed."""

    key: str
    first: Tree
    following: Tree


@dataclass(frozen=True)
class Pipeline:
    """A value that comes out as it went in, a whole number of steps later."""

    key: str
    input: Tree
    duration: Tree
    first: Tree


@dataclass
class Memory:
    """The states that a model's equations need for themselves, as they are found.

    Attributes
    ----------
    states : dict
        Key → (first value, rate of change).
    kept, pipelines : list
    streams : int
        How many streams of random numbers are drawn from.
    """

    states: dict[str, tuple[Tree, Tree]] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)
    pipelines: list[Pipeline] = field(default_factory=list)
    streams: int = 0
    owner: str = ""
    count: int = 0

    def key(self, word: str) -> str:
        """Return a fresh key; its space keeps it apart from every name."""
        self.count += 1
        return f"{self.owner} {word} {self.count}"

    def state(self, word: str, first: Tree, rate_from: Callable[[Tree], Tree]) -> Tree:
        """Add a state whose rate may refer to itself; return its name."""
        name = Name(self.key(word))
        self.states[name.key] = (first, rate_from(name))
        return name

    def latest(self, states: int, kept: int, pipelines: int) -> list[Tree]:
        """Return the trees that came after so many states, kept values and pipelines."""
        new = islice(reversed(self.states.values()), len(self.states) - states)
        found = [tree for first_and_rate in new for tree in first_and_rate]
        found += [tree for k in self.kept[kept:] for tree in (k.first, k.following)]
        pipes = self.pipelines[pipelines:]
        return [*found, *(tree for p in pipes for tree in (p.input, p.duration, p.first))]

    def noise(self) -> Tree:
        """Return a fresh stream of numbers from 0 to 1."""
        self.streams += 1
        return Apply("noise", (Number(float(self.streams)),))


def owner(key: str) -> str:
    """Return the key of the equation that a state belongs to; a state of the model's is its own."""
    return key.partition(" ")[0]


def is_stage(key: str) -> bool:
    """Say whether a key is that of a stage of a delay: a stock of what is under way."""
    return key.partition(" ")[2].startswith("delay ")


Rule = Callable[[Memory, tuple[Tree, ...]], Tree]


def remember(trees: Mapping[str, Tree], memory: Memory) -> dict[str, Tree]:
    """Return the equations with every call that remembers replaced; ``memory`` gains its states.

    Raises
    ------
    ModelError
        When the number of stages of a delay is no whole number, or when an equation grows beyond
        reason: most rules write out their arguments more than once.
    """
    result: dict[str, Tree] = {}
    for key, tree in trees.items():
        memory.owner = key
        before = len(memory.states), len(memory.kept), len(memory.pipelines)
        result[key] = replace(tree, lambda node: _rewritten(node, memory))
        if result[key] is not tree:
            _check_size(key, [result[key], *memory.latest(*before)])
    return result


# What Python still compiles at once, and how deep it still follows parentheses.
_LARGEST, _DEEPEST = 50_000, 200


def _check_size(key: str, trees: list[Tree]) -> None:
    sizes = [written_size(tree) for tree in trees]
    if sum(size for size, _ in sizes) > _LARGEST or max(depth for _, depth in sizes) > _DEEPEST:
        raise ModelError(
            f"'{brief(owner(key).replace('_', ' '))}': too many delays, smooths, forecasts or "
            "random numbers stand inside one another; give the inner ones names of their own, as "
            "auxiliaries"
        )


def _rewritten(node: Tree, memory: Memory) -> Tree:
    if isinstance(node, Apply) and node.function in RULES:
        return RULES[node.function](memory, node.arguments)
    return node


# --- arithmetic on trees ------------------------------------------------------------------------


def _sub(a: Tree, b: Tree) -> Tree:
    return Apply("-", (a, b))


def _add(a: Tree, b: Tree) -> Tree:
    return Apply("+", (a, b))


def _mul(a: Tree, b: Tree) -> Tree:
    return Apply("*", (a, b))


def _div(a: Tree, b: Tree) -> Tree:
    return Apply("/", (a, b))


def _or_else(arguments: tuple[Tree, ...], position: int, other: Tree) -> Tree:
    return arguments[position] if len(arguments) > position else other


def _stages(tree: Tree, memory: Memory) -> int:
    if isinstance(tree, Number) and 1 <= tree.value == int(tree.value) <= _MOST_STAGES:
        return int(tree.value)
    raise ModelError(
        f"'{memory.owner.replace('_', ' ')}': the number of stages of a delay or a smooth is a "
        f"plain whole number from 1 to {_MOST_STAGES}"
    )


# --- the rules ----------------------------------------------------------------------------------


def _smooth(memory: Memory, value: Tree, time: Tree, stages: int, first: Tree) -> Tree:
    """Return the last of a chain of values, each following the one before."""
    each = _div(time, Number(float(stages))) if stages > 1 else time
    followed = value
    for _ in range(stages):
        followed = memory.state(
            "smooth",
            first,
            lambda own, ahead=followed: _div(_sub(ahead, own), each),  # type: ignore[misc]
        )
    return followed


def _delay(memory: Memory, value: Tree, time: Tree, stages: int, first: Tree) -> Tree:
    """Return what leaves the last of a chain of stocks; each holds its share of the time."""
    each = _div(time, Number(float(stages))) if stages > 1 else time
    flowing = value
    for _ in range(stages):
        stock = memory.state(
            "delay",
            _mul(first, each),
            lambda own, inflow=flowing: _sub(inflow, _div(own, each)),  # type: ignore[misc]
        )
        flowing = _div(stock, each)
    return flowing


def _keeping_delay(memory: Memory, arguments: tuple[Tree, ...]) -> Tree:
    """Return a chain whose delay time is passed on with what flows: each stage has it a step later.

    With a time that stays the same it is :func:`_delay`. Where the time changes, Vensim's DELAY N
    lets out what its last stage held by the time of one step ago (seen in its output for two
    stages; for more, that each stage is one step later than the one before is *unverified*).
    """
    value, time = arguments[:2]
    stages, first = _stages(arguments[2], memory), _or_else(arguments, 3, value)
    flowing = value
    for stage in range(stages):
        time = _previous(memory, (time,)) if stage else time
        each = _div(time, Number(float(stages))) if stages > 1 else time
        stock = memory.state(
            "delay",
            _mul(first, each),
            lambda own, inflow=flowing, each=each: _sub(inflow, _div(own, each)),  # type: ignore[misc]
        )
        flowing = _div(stock, each)
    return flowing


def _chain(work: Callable[[Memory, Tree, Tree, int, Tree], Tree], stages: int) -> Rule:
    def rule(memory: Memory, arguments: tuple[Tree, ...]) -> Tree:
        value, time = arguments[:2]
        if stages:
            return work(memory, value, time, stages, _or_else(arguments, 2, value))
        return work(
            memory, value, time, _stages(arguments[2], memory), _or_else(arguments, 3, value)
        )

    return rule


def _pipeline(memory: Memory, arguments: tuple[Tree, ...]) -> Tree:
    value, time = arguments[:2]
    name = memory.key("pipeline")
    memory.pipelines.append(Pipeline(name, value, time, _or_else(arguments, 2, value)))
    return Name(name)


def _average(memory: Memory, value: Tree, time: Tree, first: Tree) -> Tree:
    """Return the average that a trend is measured against; ``first`` is the trend to begin with."""
    begin = _div(value, _add(Number(1.0), _mul(first, time)))
    return memory.state("average", begin, lambda own: _div(_sub(value, own), time))


def _growth(memory: Memory, value: Tree, time: Tree, first: Tree) -> Tree:
    average = _average(memory, value, time, first)
    return Apply("xidz", (_sub(value, average), _mul(time, average)))


def _trend(memory: Memory, arguments: tuple[Tree, ...]) -> Tree:
    value, time = arguments[:2]
    return _growth(memory, value, time, _or_else(arguments, 2, Number(0.0)))


def _forecast(memory: Memory, arguments: tuple[Tree, ...]) -> Tree:
    value, time, ahead = arguments[:3]
    growth = _growth(memory, value, time, _or_else(arguments, 3, Number(0.0)))
    return _mul(value, _add(Number(1.0), _mul(growth, ahead)))


def _previous(memory: Memory, arguments: tuple[Tree, ...]) -> Tree:
    name = memory.key("previous")
    memory.kept.append(Kept(name, _or_else(arguments, 1, arguments[0]), arguments[0]))
    return Name(name)


def _initial(memory: Memory, arguments: tuple[Tree, ...]) -> Tree:
    name = memory.key("start")
    memory.kept.append(Kept(name, arguments[0], Name(name)))
    return Name(name)


def _sample(memory: Memory, arguments: tuple[Tree, ...]) -> Tree:
    condition, value, first = arguments
    name = memory.key("sample")
    now = Apply("if", (condition, value, Name(name)))
    memory.kept.append(Kept(name, first, now))
    return now


def _uniform(memory: Memory, arguments: tuple[Tree, ...]) -> Tree:
    low, high = arguments[:2]
    return _add(low, _mul(_sub(high, low), memory.noise()))


def _standard_normal(memory: Memory) -> Tree:
    """Return a draw by Box and Muller's rule [BoxMuller1958]_, from two streams."""
    far = _sub(Number(1.0), memory.noise())  # above 0, so that its logarithm is a number
    turn = _mul(_mul(Number(2.0), Name("pi")), memory.noise())
    length = Apply("sqrt", (_mul(Number(-2.0), Apply("ln", (far,))),))
    return _mul(length, Apply("cos", (turn,)))


def _normal(memory: Memory, arguments: tuple[Tree, ...]) -> Tree:
    mean, spread = arguments[:2]
    return _add(mean, _mul(spread, _standard_normal(memory)))


def _lognormal(memory: Memory, arguments: tuple[Tree, ...]) -> Tree:
    """Return a draw whose logarithm is normal; mean and spread are its own, not the logarithm's."""
    mean, spread = arguments[:2]
    wide = Apply("ln", (_add(Number(1.0), Apply("^", (_div(spread, mean), Number(2.0)))),))
    middle = _sub(Apply("ln", (mean,)), _div(wide, Number(2.0)))
    power = _add(middle, _mul(Apply("sqrt", (wide,)), _standard_normal(memory)))
    return Apply("exp", (power,))


def _bounded_normal(memory: Memory, arguments: tuple[Tree, ...]) -> Tree:
    low, high = arguments[:2]
    return Apply("max", (low, Apply("min", (high, _normal(memory, arguments[2:])))))


def _exponential(memory: Memory, arguments: tuple[Tree, ...]) -> Tree:
    far = _sub(Number(1.0), memory.noise())
    return Apply("neg", (_mul(arguments[0], Apply("ln", (far,))),))


def _poisson(memory: Memory, arguments: tuple[Tree, ...]) -> Tree:
    return Apply("poisson_from", (arguments[0], memory.noise()))


RULES: dict[str, Rule] = {
    "smooth1": _chain(_smooth, 1),
    "smooth3": _chain(_smooth, 3),
    "smoothn": _chain(_smooth, 0),
    "delay1": _chain(_delay, 1),
    "delay3": _chain(_delay, 3),
    "delayn": _chain(_delay, 0),
    "delay_n": _keeping_delay,
    "delay": _pipeline,
    "trend": _trend,
    "forecast": _forecast,
    "previous": _previous,
    "init": _initial,
    "sample_if_true": _sample,
    "uniform": _uniform,
    "normal": _normal,
    "lognormal": _lognormal,
    "random_normal": _bounded_normal,
    "exponential": _exponential,
    "poisson": _poisson,
}


def running(tree: Tree) -> Tree:
    """Return an equation as it is during a run: ``active_initial`` is its first argument."""
    return _chosen(tree, 0)


def starting(tree: Tree) -> Tree:
    """Return an equation as it is at the start: ``active_initial`` is its second argument."""
    return _chosen(tree, 1)


def _chosen(tree: Tree, position: int) -> Tree:
    def choose(node: Tree) -> Tree:
        if isinstance(node, Apply) and node.function == "active_initial":
            return node.arguments[position]
        return node

    return replace(tree, choose)
