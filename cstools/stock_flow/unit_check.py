"""The units of a model, held against its equations.

1. What the parts say is read; units that are not said are unknowns.
2. A stock in people fills and drains by flows in people per unit of time.
3. Each equation is reckoned through, those with the fewest unknowns first, and has to come out in
   the units of its part. What is unknown is settled on the way.
4. A number without units may stand for anything as a limit or a whole equation, and is a plain
   number as a factor; added to something that has units it is told.

For every part that has something the matter the first cause is told, and no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from cstools.equations.tree import Apply, Name, Tree, walk
from cstools.equations.unit_rules import BareNumber, Reckoner, is_unknown, unknown
from cstools.equations.units import PLAIN, Units
from cstools.names import key
from cstools.stock_flow.checked import as_settings
from cstools.stock_flow.lowering import Known, equation_of, resolved
from cstools.stock_flow.parts import AnyPart, Flow
from cstools.stock_flow.unit_report import BARE, CLASH, UNREADABLE, UNSAID, Finding, UnitReport
from cstools.stock_flow.unit_said import Said, said_in
from cstools.stock_flow.unit_words import Words

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow

_TIME = " time"  # no part has this key


def check_units(model: StockFlow, same_as: Mapping[str, str] | None = None) -> UnitReport:
    """Return what is the matter with the units of a model; see ``StockFlow.check_units``."""
    model.program()  # a model that cannot run says that first
    words = {} if same_as is None else as_settings(same_as, "same_as=")
    check = _Check(model, said_in(model, {**model.same_units, **words}))
    check.unreadable()
    check.time_of_flows()
    check.stocks_by_their_flows()
    check.flows()
    check.equations()
    check.unsaid()
    return check.report()


class _Check:
    """One check of one model, step by step."""

    def __init__(self, model: StockFlow, said: Said) -> None:
        self.model, self.said, self.parts = model, said, model.scalars
        self.units = {k: units or unknown(k) for k, units in said.units.items()}
        self.reckoner = Reckoner(self.units, said.time or unknown(_TIME))
        self.names = {_TIME: "the model's time", **{k: p.name for k, p in self.parts.items()}}
        self.findings: dict[str, Finding] = {}

    @property
    def time(self) -> Units:
        return self.reckoner.resolved(self.reckoner.time)

    def of(self, k: str) -> Units:
        """Return a part's units, as far as they are known."""
        return self.reckoner.resolved(self.units[k])

    def words(self) -> Words:
        return Words(self.names, self.said.spelling, self.time)

    def tell(
        self,
        part: AnyPart | None,
        what: str,
        problem: str,
        advice: str,
        equation: str = "",
        at: int | None = None,
        inferred: str = "",
    ) -> None:
        """Keep a finding, unless its part has one; ``None`` is the model and its time."""
        name = _TIME if part is None else self.said.groups[part.key]
        whose = (self.model.name, "model") if part is None else (name, part.kind)
        finding = Finding(*whose, what, problem, advice, equation, at, inferred)
        self.findings.setdefault(name, finding)

    # --- the steps ------------------------------------------------------------------------------

    def unreadable(self) -> None:
        for k, error in self.said.unreadable.items():
            problem, _, advice = error.problem.partition("; ")
            told = f"its {'units' if k else 'time_units'} cannot be read: {problem}"
            advice = advice or "write them like people/day or m^2"
            self.tell(self.parts[k] if k else None, UNREADABLE, told, advice, error.text, error.at)

    def time_of_flows(self) -> None:
        """Take the time from the flows where all of them say another one than the model."""
        ratios = {
            (flow.key, self.of(stock) / self.of(flow.key))
            for flow in self._flows()
            for stock, _ in _ends(flow)
            if self._is_said(flow.key) and self._is_said(stock)
        }
        times = {ratio for _, ratio in ratios}
        if self.said.time is None or len(ratios) < 2 or len(times) > 1 or self.time in times:
            return
        other = times.pop()
        if len(other.powers) == 1 and other.powers[0][1] == 1:
            theirs, ours = self.words().text(other), self.model.time_units
            problem = f"its time_units are '{ours}', and its flows are per {theirs}"
            advice = f"say time_units='{theirs}', or give the flows per {ours}"
            self.tell(None, CLASH, problem, advice)
            self.reckoner.time = other

    def stocks_by_their_flows(self) -> None:
        """Tell a stock that says one thing while all its flows say another."""
        around: dict[str, list[str]] = {}
        for flow in filter(lambda flow: self._is_said(flow.key), self._flows()):
            for stock, _ in _ends(flow):
                around.setdefault(stock, []).append(flow.key)
        for stock, flows in around.items():
            gathered = {self.of(flow) * self.time for flow in flows}
            own = self.of(stock)
            if len(flows) < 2 or len(gathered) > 1 or own in gathered or not self._is_said(stock):
                continue
            theirs = gathered.pop()
            # Where all its flows have forgotten the time, they are told, not the stock.
            if theirs / own != self.time and not any(map(is_unknown, theirs.names)):
                self.tell(self.parts[stock], CLASH, *self.words().stock(own, theirs))
                self.units[stock] = theirs

    def flows(self) -> None:
        """Hold each flow against the stocks that it leaves and enters, those unsaid last."""
        for flow in sorted(self._flows(), key=lambda flow: not self._is_said(flow.key)):
            fitting: tuple[str, Units] | None = None
            for stock, verb in _ends(flow):
                name, own, found = self.parts[stock].name, self.of(stock), self.of(flow.key)
                if self.reckoner.agree(found, own / self.time):
                    fitting = (name, own)
                elif fitting:
                    self.tell(flow, CLASH, *self.words().between(*fitting, name, own))
                else:
                    self.tell(flow, CLASH, *self.words().flow(flow.units, verb, name, own, found))

    def equations(self) -> None:
        """Reckon through each equation, those with the fewest unknowns first."""
        known = Known.of(self.parts)
        trees = {
            k: resolved(part, self.parts, known)
            for k, part in self.parts.items()
            if equation_of(part)
        }
        unknowns = {k: self._count_unknowns(k, tree) for k, tree in trees.items()}
        bare: list[tuple[AnyPart, BareNumber]] = []
        for k in sorted(trees, key=unknowns.__getitem__):
            self.reckoner.bare.clear()
            self._equation(self.parts[k], trees[k])
            bare += [(self.parts[k], one) for one in self.reckoner.bare]
        # Last, when as much as can be is known of what the numbers are added to.
        for part, one in bare:
            self._bare(part, one)

    def unsaid(self) -> None:
        words = self.words()
        if self.said.time is None:
            self._unsaid(None, self.time, words)
        for k, part in self.parts.items():
            if not self._is_said(k):
                self._unsaid(part, self.of(k), words)

    def report(self) -> UnitReport:
        order = dict.fromkeys([_TIME, *self.said.groups.values()])
        told = tuple(self.findings[name] for name in order if name in self.findings)
        say_them = {self.said.groups[k] for k in self.parts if self._is_said(k)}
        return UnitReport(self.model.name, told, len(say_them))

    # --- one by one -----------------------------------------------------------------------------

    def _equation(self, part: AnyPart, tree: Tree) -> None:
        reckoner = self.reckoner
        reckoner.clashes.clear()
        found, text = reckoner.of(tree), equation_of(part)
        speaks = self._is_said(part.key) or any(map(self._is_said, _parts_in(tree)))
        if reckoner.clashes and speaks:
            clash = reckoner.clashes[0]
            self.tell(part, CLASH, *self.words().clash(clash), text, clash.node.at)
        elif not reckoner.agree(found, self.units[part.key]) and speaks:
            result = reckoner.resolved(found or PLAIN)
            said = self._is_said(part.key)
            lesson = self.words().result(part, tree, result, self.of(part.key), said)
            self.tell(part, CLASH, *lesson, text)

    def _bare(self, part: AnyPart, bare: BareNumber) -> None:
        if not self.reckoner.agree(bare.other, PLAIN):
            other = self.reckoner.resolved(bare.other)
            self.tell(part, BARE, *self.words().bare(bare, other), equation_of(part), bare.node.at)

    def _unsaid(self, part: AnyPart | None, units: Units, words: Words) -> None:
        known = not any(map(is_unknown, units.names))
        inferred = words.text(units) if known else ""
        word = "time_units" if part is None else "units"
        advice = f"say {word}='{inferred}'" if known else f"say them as {word}="
        self.tell(part, UNSAID, f"its {word} are not said", advice, inferred=inferred)

    def _flows(self) -> Iterator[Flow]:
        return (part for part in self.parts.values() if isinstance(part, Flow))

    def _is_said(self, k: str) -> bool:
        return self.said.units.get(k) is not None

    def _count_unknowns(self, k: str, tree: Tree) -> int:
        return sum(name in self.parts and not self._is_said(name) for name in (k, *_parts_in(tree)))


def _ends(flow: Flow) -> Iterator[tuple[str, str]]:
    """Yield the keys of the stocks at a flow's ends, each with what the flow does there."""
    for end, verb in ((flow.out_of, "leaves"), (flow.into, "fills")):
        if end is not None:
            yield key(end), verb


def _parts_in(tree: Tree) -> Iterator[str]:
    """Yield the keys of the variables and lookups in an equation."""
    for node in walk(tree):
        if isinstance(node, Name):
            yield node.key
        elif isinstance(node, Apply):
            yield node.function.partition(" ")[0]
