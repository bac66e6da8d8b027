"""The scenarios of a presentation: settings with a name, one for each key, and their runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cstools.errors import CstoolsError, ModelError, brief, shown, unknown_name
from cstools.names import key
from cstools.plotting.words import number
from cstools.stock_flow.parts import Constant

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow
    from cstools.stock_flow.run import Run

MOST_SCENARIOS = 9  # one for each key


@dataclass(frozen=True)
class Scenarios:
    """The runs that may be shown, by name; ``""`` is the model as it stands."""

    model: StockFlow
    settings: Mapping[str, Mapping[str, float]]

    @cached_property
    def runs(self) -> dict[str, Run]:
        """The run of each scenario."""
        return {name: self.model.run(values) for name, values in self.settings.items()}

    def named(self, name: str, where: str) -> str:
        """Return the name of a scenario as it was given."""
        spelled = {key(own): own for own in self.settings}
        if key(name) not in spelled:
            raise unknown_name(name, [own for own in self.settings if own], f"{where}: scenarios")
        return spelled[key(name)]


def as_scenarios(model: StockFlow, given: Any) -> Scenarios:
    """Return scenarios from name → values; the ends of the first sliders, if nothing is said.

    Raises
    ------
    ModelError, UnknownNameError
        When they are no such mapping, are more than nine, or the model cannot be run with one.
    """
    if given is None:
        given = _extremes(model)
    if not isinstance(given, Mapping):
        raise ModelError(
            "scenarios have names, and each says which values differ: "
            f"{{'longer delay': {{'delay': 5}}}}; this is {shown(given)}"
        )
    if len(given) > MOST_SCENARIOS:
        raise ModelError(
            f"scenarios lie on the keys 1 to 9, and these are {len(given)}; leave some out"
        )
    settings: dict[str, Mapping[str, float]] = {"": {}}
    for name, values in given.items():
        where = f"scenario '{brief(name)}'"
        if not isinstance(name, str) or not name.strip():
            raise ModelError(f"a scenario's name is a text, not {shown(name)}")
        try:
            model.run(values)
        except CstoolsError as error:
            raise type(error)(f"{where}: {error}") from error
        settings[name.strip()] = {
            part.name: float(value)
            for own, value in values.items()
            for part in model.single_values(own)
        }
    return Scenarios(model, settings)


def _extremes(model: StockFlow) -> dict[str, dict[str, float]]:
    """Return the two ends of the first three constants that have a slider."""
    found = [part for part in model.sliders() if isinstance(part, Constant) and part.between]
    return {
        f"{part.name} {number(end)}": {part.name: float(end)}
        for part in found[:3]
        for end in part.between or ()
    }
