"""The guided way from a map to a model: questions first, then a skeleton with open equations.

A causal loop diagram does not determine a model [Sterman2000]_. What it does give:

1. Stocks are picked by a person, who asks of each variable "if time stopped, would it still be
   there?".
2. Every loop must hold a stock: without one, everything on it would have to be known before
   itself, at one and the same instant.
3. What acts on a stock acts through a flow; see :mod:`cstools.stock_flow.drafting`.
4. No number and no equation is made up; the model does not run until each question is answered.
   Then :meth:`Guide.differences` says where it does not do what the map says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cstools.causal_loops.loops import Loops, find_loops, steps
from cstools.causal_loops.parts import Link, Loop, shown
from cstools.errors import ModelError, brief
from cstools.errors import shown as shown_value
from cstools.names import key
from cstools.plotting.tables import html
from cstools.stock_flow.checked import as_list, as_words
from cstools.stock_flow.drafting import Draft, drafts, ends
from cstools.stock_flow.links import signed_links
from cstools.stock_flow.model import StockFlow
from cstools.stock_flow.parts import AnyPart, Flow, Stock

if TYPE_CHECKING:
    from cstools.causal_loops.diagram import CausalLoopDiagram

_LOOPS_TOLD, _MOST_LOOPS, _STEPS = 3, 1000, 100_000
_QUESTION = (
    "if time stopped, would it still be there? What could still be counted or measured then "
    "(people, debts, trust) is a stock; what only happens (births, spending) is a flow."
)


@dataclass(frozen=True, repr=False)
class Guide:
    """Where a map is on its way to a model; a cell shows the next question, or what is open.

    Attributes
    ----------
    title : str
        The map's name.
    variables : tuple of str
    stocks, flows : tuple of str
        The variables picked so far, as the map spells them.
    without : tuple of Loop
        Loops that hold no stock yet, the shortest first; of very many, the first thousand at most.
        Their names are not those they have on the whole map.
    has_loops : bool
    drafts : tuple of Draft
        The parts of the skeleton, each with the links that act on it.
    """

    title: str
    variables: tuple[str, ...]
    stocks: tuple[str, ...]
    flows: tuple[str, ...]
    without: tuple[Loop, ...]
    has_loops: bool
    drafts: tuple[Draft, ...]

    def skeleton(self, name: str = "", **clock: Any) -> StockFlow:
        """Return the model with its structure, and a question in place of each equation.

        Parameters
        ----------
        name
            What the model is called; as the map, if not said.
        clock
            ``start``, ``stop``, ``dt``, ``time_units``, ``method``, as :class:`StockFlow` has them.

        Raises
        ------
        ModelError
            When no stock is picked, or some loop holds none; the message says which.

        Notes
        -----
        It misleads if it is taken for the model: which causes add and which multiply, how strong
        they are, and whether a ``-`` link drains the stock or holds back what fills it, is for a
        person to say.
        """
        if not self._ready:
            raise ModelError(self.describe())
        called = as_words(name, "skeleton", "its name") or self.title or "model"
        model = StockFlow(called, **clock)
        for draft in self.drafts:
            model._add(draft.part)
        return model

    def differences(self, model: StockFlow) -> tuple[str, ...]:
        """Return where a finished model does not do what the map says, a sentence each.

        A link that the model lacks, one that it has beside, and one whose sign is another. Links
        of what is not on the map, such as new constants, do not count; a ``?`` of the map fits
        any sign. The model's signs are those along its own run.

        Raises
        ------
        ModelError
            When the model has open equations, or lacks a part of the skeleton.
        """
        if not isinstance(model, StockFlow):
            raise ModelError(
                "differences(…) needs a finished model in its brackets; "
                f"{shown_value(model)} is none"
            )
        drafted = dict(self._signed())
        known = {draft.part.key: draft.part.name for draft in self.drafts}
        if gone := [name for k, name in known.items() if k not in model.parts]:
            raise ModelError(f"model '{brief(model.name)}' has no {_quoted(gone)}, as the map has")
        found = {(x.cause, x.effect): x.sign for x in signed_links(model)}
        return tuple(_differing(drafted, found, known))

    def describe(self) -> str:
        """Return the next question, or what is left to do."""
        called = f"map '{brief(self.title)}'" if self.title else "this map"
        if not self.variables:
            return "This map is empty; write what acts on what first, 'cause -> effect: +'."
        if not self.stocks:
            asked = f"In {called}, ask of each of {_quoted(self.variables)}: {_QUESTION}"
            return f"{asked} Then say to_model(stocks=[…])."
        are = "are stocks" if len(self.stocks) > 1 else "is a stock"
        told = self._next_told() if self._ready else self._bare_told()
        return " ".join([f"In {called}, {_quoted(self.stocks)} {are}.", *told])

    @property
    def _ready(self) -> bool:
        return bool(self.stocks) and not self.without

    def _bare_told(self) -> list[str]:
        told = [_bare(loop) for loop in self.without[:_LOOPS_TOLD]]
        if more := len(self.without) - len(told):
            told.append(f"{more:,} more hold{'s' * (more == 1)} none either.")
        return [*told, "What on it would still be there if time stopped? Add it to stocks=[…]."]

    def _next_told(self) -> list[str]:
        told = ["Every loop holds one." if self.has_loops else "The map has no loop."]
        changing = {end for draft in self.drafts for end in ends(draft.part)}
        if still := [name for name in self.stocks if key(name) not in changing]:
            told.append(f"Nothing on the map changes {_quoted(still)}: what does?")
        if rates := self._may_be_flows():
            told.append(
                f"If {_quoted(rates, 'or')} is itself so much per unit of time, name it in "
                "flows=[…]."
            )
        count = len(self.drafts)
        told.append(
            f"skeleton() makes the model; {count} equation{'s' * (count > 1)} of it "
            f"{'are' if count > 1 else 'is'} open."
        )
        return told

    def _may_be_flows(self) -> list[str]:
        new = [d for d in self.drafts if ends(d.part) and d.part.name not in self.flows]
        picked = {*map(key, self.stocks)}
        causes = dict.fromkeys(link.cause for draft in new for link in draft.links)
        return [cause for cause in causes if key(cause) not in picked]

    def _signed(self) -> Iterator[tuple[tuple[str, str], str]]:
        """Yield cause and effect, by keys, of every link of the skeleton, and its sign."""
        for part, links in ((draft.part, draft.links) for draft in self.drafts):
            signs: dict[str, set[str]] = {}
            for link in links:
                signs.setdefault(key(link.cause), set()).add(link.polarity)
            for cause, said in signs.items():
                yield (cause, part.key), said.pop() if len(said) == 1 else "?"
            for end, sign in ends(part).items():
                yield (part.key, end), sign

    def __repr__(self) -> str:
        rows = [f"  {name} ({kind}): {said}" for name, kind, _, said in self._rows()]
        return "\n".join([self.describe(), *(rows if self._ready else [])])

    def _rows(self) -> list[tuple[str, str, str, str]]:
        return [(d.part.name, d.part.kind, _open(d.part), d.part.doc) for d in self.drafts]

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        title = f"{self.title or 'A map'}: on the way to a model"
        if self._ready:
            heads = ("Part", "Kind", "To be said", "What the map says")
            table = html(title, heads, self._rows(), self.describe())
        else:
            table = html(title, ("Variable", _QUESTION_SHORT), self._asked(), self.describe())
        return {"text/plain": repr(self), "text/html": table}

    def _asked(self) -> list[tuple[str, str]]:
        """Return the variables and whether each is a stock; only of bare loops, once some are."""
        bare = {name for loop in self.without[:_LOOPS_TOLD] for name in loop.variables}
        asked = [name for name in self.variables if not self.stocks or name in bare]
        return [*((name, "yes") for name in self.stocks), *((name, "?") for name in asked)]


_QUESTION_SHORT = "If time stopped, would it still be there?"


def guided(diagram: CausalLoopDiagram, stocks: Iterable[str], flows: Iterable[str]) -> Guide:
    """Return where a map is on its way to a model; see ``CausalLoopDiagram.to_model``."""
    picked, pipes = _picked(diagram, stocks, "stocks="), _picked(diagram, flows, "flows=")
    if both := [name for name in pipes if name in picked]:
        raise ModelError(
            f"'{brief(both[0])}' is picked as a stock and as a flow; it is a stock if it would "
            "still be there when time stopped, and a flow if it is so much per unit of time"
        )
    variables, links = diagram.variables, diagram.links
    held = {*map(key, picked)}
    rest = [x for x in links if not {key(x.cause), key(x.effect)} & held]
    without = _loops([name for name in variables if key(name) not in held], rest)
    return Guide(
        diagram.name,
        variables,
        picked,
        pipes,
        tuple(without),
        bool(len(_loops(variables, links))),
        drafts(variables, links, picked, pipes) if picked else (),
    )


def _picked(diagram: CausalLoopDiagram, names: Iterable[str], where: str) -> tuple[str, ...]:
    listed = [names] if isinstance(names, str) else as_list(names, "to_model", f"{where} is a list")
    wanted = {diagram[name].name for name in listed}
    return tuple(name for name in diagram.variables if name in wanted)


def _loops(names: Sequence[str], links: Sequence[Link]) -> Loops:
    # A budget in steps tells the same map always the same.
    keys = [key(name) for name in names]
    found = find_loops(keys, links, {}, steps(_STEPS), most=_MOST_LOOPS)
    if found or found.complete:
        return found
    # Up to the first loop the search takes each link twice from each variable at most, so that
    # one loop is found if there is any.
    return find_loops(keys, links, {}, steps(4 * len(names) * len(links)), most=1)


def _bare(loop: Loop) -> str:
    path = " → ".join((*loop.variables, loop.variables[0]))
    late = next((link for link in loop.links if link.delayed), None)
    hint = f" The delay from '{late.cause}' to '{late.effect}' hides one." if late else ""
    return f"The loop {path} holds no stock.{hint}"


def _differing(
    drafted: dict[tuple[str, str], str],
    found: dict[tuple[str, str], str],
    known: dict[str, str],
) -> Iterator[str]:
    for (cause, effect), sign in drafted.items():
        ours, names = found.get((cause, effect)), f"'{known[cause]}' → '{known[effect]}'"
        if ours is None:
            yield f"The link {names} ({shown(sign)}) of the map is not in the model."
        elif sign not in ("?", ours):
            yield f"The link {names} is {shown(sign)} on the map and {shown(ours)} in the model."
    for cause, effect in found:
        if (cause, effect) not in drafted and {cause, effect} <= {*known}:
            names, sign = f"'{known[cause]}' → '{known[effect]}'", found[cause, effect]
            yield f"The link {names} ({shown(sign)}) of the model is not on the map."


def _open(part: AnyPart) -> str:
    if isinstance(part, Stock):
        return "first value"
    equation = getattr(part, "equation", "")
    if isinstance(part, Flow):
        return f"{equation}, from {part.out_of or 'outside'} to {part.into or 'outside'}"
    return str(equation)


def _quoted(names: Sequence[str], word: str = "and") -> str:
    told = [f"'{brief(name)}'" for name in names]
    return f" {word} ".join(filter(None, (", ".join(told[:-1]), told[-1])))
