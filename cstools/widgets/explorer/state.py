"""The state of an explorer as a text: sliders, what is drawn, and the scenarios that were kept.

The same text stands in a link after ``#explore=``, in a file of a scenario (as JSON), and in
``model.explore(state="…")``. ``states.js`` reads and writes it in the page, in the same words.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from cstools.errors import FileError, brief
from cstools.names import key
from cstools.plotting.words import number

VERSION = 1
MARK = "explore="
_NO_STATE = (
    "this is no state of an explorer: it begins with 'ey', or it is a link with '#explore=', or "
    "the JSON that 'Settings' saves; copy it again, from its first to its last letter"
)


def state_of(
    page: Mapping[str, Any],
    values: Mapping[str, float],
    shown: Sequence[str],
    scenarios: Mapping[str, Mapping[str, float]],
) -> dict[str, Any]:
    """Return the state as plain values; of the sliders, those that were moved."""
    return {
        "cstools": VERSION,
        "model": page["name"],
        "values": moved(values, page),
        "shown": list(shown),
        "scenarios": {name: moved(kept, page) for name, kept in scenarios.items()},
    }


def text_of(state: Mapping[str, Any]) -> str:
    """Return a state as letters that survive in an address."""
    plain = json.dumps(state, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def read_state(given: object) -> dict[str, Any]:
    """Return the state that a text, a link, the JSON of a file or a mapping holds.

    Raises
    ------
    FileError
        When it holds none.
    """
    if isinstance(given, Mapping):
        return dict(given)
    if not isinstance(given, str):
        raise FileError(f"state= is a text or what a scenario's file holds, not {brief(given)}")
    text = given.strip()
    text = text.rpartition(MARK)[2] if MARK in text and not text.startswith("{") else text
    try:
        if not text.startswith("{"):
            padded = text + "=" * (-len(text) % 4)
            text = base64.b64decode(padded, altchars=b"-_", validate=True).decode()
        state = json.loads(text)
    except (binascii.Error, ValueError):
        raise FileError(_NO_STATE) from None
    if not isinstance(state, dict):
        raise FileError(_NO_STATE)
    return state


def taken(state: Mapping[str, Any], page: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of a state can be used with a model, and the sentence about the rest.

    Returns
    -------
    dict
        ``values`` (every slider), ``shown`` (may be empty: then what was shown stays),
        ``scenarios``, ``sentence``.
    """
    told = [*_origin(state, page)]
    values, faults = _values(state.get("values"), page)
    kept = state.get("scenarios")
    scenarios: dict[str, dict[str, float]] = {}
    for name, own in (kept if isinstance(kept, Mapping) else {}).items():
        if str(name).strip() and isinstance(own, Mapping):
            scenarios[str(name).strip()], more = _values(own, page)
            faults += more
    columns = {key(column["key"]): column["key"] for column in page["columns"]}
    listed = state.get("shown")
    shown = [str(name) for name in listed] if isinstance(listed, list) else []
    faults += [f"'{name}' is no variable here" for name in shown if key(name) not in columns]
    if faults:
        faults = list(dict.fromkeys(faults))
        more_of_them = f", and {len(faults) - 5} more" if len(faults) > 5 else ""
        told.append(f"Not everything could be used: {'; '.join(faults[:5])}{more_of_them}.")
    return {
        "values": values,
        "shown": list(dict.fromkeys(columns[key(name)] for name in shown if key(name) in columns)),
        "scenarios": scenarios,
        "sentence": " ".join(["The saved settings are open.", *told]),
    }


def _origin(state: Mapping[str, Any], page: Mapping[str, Any]) -> list[str]:
    """Say where a state comes from, if not from this model and this version."""
    version, model, told = state.get("cstools"), state.get("model"), []
    if isinstance(version, (int, float)) and version > VERSION:
        told.append("A newer version saved them; what this one knows was used.")
    elif version != VERSION:
        told.append("An older version saved them; what is still known was used.")
    if isinstance(model, str) and key(model) != key(page["name"]):
        told.append(
            f"They belong to “{model}”, and this is “{page['name']}”: what has the same name was "
            "used."
        )
    return told


def _values(given: object, page: Mapping[str, Any]) -> tuple[dict[str, float], list[str]]:
    """Return a value for every slider, and what could not be used of those given."""
    sliders = {key(p["key"]): p for p in page["parameters"] if p["slider"]}
    values = {p["key"]: float(p["value"]) for p in sliders.values()}
    faults: list[str] = []
    for name, value in (given if isinstance(given, Mapping) else {}).items():
        slider = sliders.get(key(str(name)))
        if slider is None:
            faults.append(f"'{name}' has no slider here")
        elif isinstance(value, bool) or not isinstance(value, (int, float)) or not _finite(value):
            faults.append(f"'{name}' was no number")
        else:
            ends = min(max(float(value), slider["low"]), slider["high"])
            if ends != value:
                faults.append(
                    f"'{name}' was {number(value)}, and its slider ends at {number(ends)}"
                )
            values[slider["key"]] = ends
    return values, faults


def _finite(value: float) -> bool:
    return math.isfinite(value) and abs(value) < 1e300


def moved(values: Mapping[str, float], page: Mapping[str, Any]) -> dict[str, float]:
    """Return those of the sliders' values that differ from the model's own."""
    own = {p["key"]: p["value"] for p in page["parameters"] if p["slider"]}
    return {n: float(v) for n, v in values.items() if n in own and v != own[n]}
