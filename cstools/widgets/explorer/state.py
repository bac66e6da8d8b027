"""The state of an explorer as a text: sliders, what is drawn, and the scenarios that were kept.

The same text stands in a link after ``#explore=``, in a file of a scenario (as JSON), and in
``model.explore(state="…")``. ``states.js`` reads and writes it in the page, in the same words.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from cstools.errors import FileError, brief
from cstools.names import key
from cstools.plotting.words import number

VERSION = 1
MARK = "explore="
_NOTHING = "There was nothing in these saved settings, and nothing has changed."
_NO_STATE = (
    "this is no state of an explorer: it begins with 'ey', or it is a link with '#explore=', or "
    "what 'These settings, to open again' saves; copy it again, from its first to its last letter"
)


def state_of(
    page: Mapping[str, Any],
    values: Mapping[str, Any],
    shown: Sequence[str],
    scenarios: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:
    """Return the state as plain values; of the sliders, those that were moved."""
    return {
        "cstools": VERSION,
        "model": page["name"],
        "values": moved(values, page),
        "shown": list(shown),
        "scenarios": {name: moved(kept, page) for name, kept in scenarios.items()},
        "order": list(scenarios),  # a browser puts "2030" before all other names
    }


def text_of(state: Mapping[str, Any]) -> str:
    """Return a state as letters that survive in an address."""
    plain = json.dumps(state, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def read_state(given: object) -> dict[str, Any]:
    """Return the state that a text, a link, a line of Python, a file's JSON or a mapping holds.

    Raises
    ------
    FileError
        When it holds none.
    """
    if isinstance(given, Mapping):
        return dict(given)
    if not isinstance(given, str):
        raise FileError(f"state= is a text or what a scenario's file holds, not {brief(given)}")
    line = re.search(r"explore\(.*state\s*=\s*[\"']([\w-]+)[\"']", given, re.DOTALL)
    text = line[1] if line else given.strip()
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
        ``used`` (whether anything was), ``values`` (every slider), ``shown`` (may be empty: then
        what was shown stays), ``scenarios``, ``sentence``.
    """
    values, count, faults = _values(state.get("values"), page)
    if all(state.get(name) is None for name in ("values", "shown", "scenarios")):
        empty: dict[str, Any] = {"used": False, "values": values, "shown": [], "scenarios": {}}
        return empty | {"sentence": _NOTHING}
    scenarios = _scenarios(state, page, faults)
    columns = {key(column["key"]): column["key"] for column in page["columns"]}
    listed = state.get("shown")
    if listed is not None and not isinstance(listed, list):
        faults.append("its list of curves could not be read")
    names = [str(name) for name in listed] if isinstance(listed, list) else []
    faults += [f"'{name}' is no variable here" for name in names if key(name) not in columns]
    shown = list(dict.fromkeys(columns[key(name)] for name in names if key(name) in columns))
    counts = {"slider": count, "curve": len(shown), "scenario": len(scenarios)}
    return {
        "used": any(counts.values()) or not faults,
        "values": values,
        "shown": shown,
        "scenarios": scenarios,
        "sentence": _sentence(_origin(state, page), list(dict.fromkeys(faults)), counts),
    }


def _scenarios(
    state: Mapping[str, Any], page: Mapping[str, Any], faults: list[str]
) -> dict[str, dict[str, Any]]:
    """Return the scenarios of a state in the order in which they were kept; tell of the others."""
    given, order = state.get("scenarios"), state.get("order")
    if given is not None and not isinstance(given, Mapping):
        faults.append("its scenarios could not be read")
    kept = {str(n): own for n, own in (given if isinstance(given, Mapping) else {}).items()}
    first = [str(name) for name in order] if isinstance(order, list) else []
    scenarios: dict[str, dict[str, Any]] = {}
    for name in dict.fromkeys([*(n for n in first if n in kept), *kept]):
        if not name.strip():
            continue
        if isinstance(kept[name], Mapping):
            scenarios[name.strip()], _, more = _values(kept[name], page)
            faults += more
        else:
            faults.append(f"scenario '{name}' held no settings")
    return scenarios


def _sentence(
    origin: Sequence[tuple[str, str]], faults: Sequence[str], counts: Mapping[str, int]
) -> str:
    """Say what of a state was used, and why the rest was not."""
    used = [f"{n} {what}{'' if n == 1 else 's'}" for what, n in counts.items() if n]
    more = f", and {len(faults) - 5} more" if len(faults) > 5 else ""
    why = f"{'; '.join(faults[:5])}{more}."
    if faults and not used:
        nothing = "Nothing of these saved settings could be used, and nothing has changed."
        return " ".join([nothing, *(f"{whence}." for whence, _ in origin), f"The reason: {why}"])
    told = [f"Not everything could be used: {why} Used: {', '.join(used)}."] if faults else []
    whence = [f"{''.join(said)}." for said in origin]
    return " ".join(["The saved settings are open.", *whence, *told])


def _origin(state: Mapping[str, Any], page: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Say where a state comes from, if not from here, and what that meant for its use."""
    version, model, told = state.get("cstools"), state.get("model"), []
    if isinstance(version, (int, float)) and version > VERSION:
        told.append(("A newer version saved them", "; what this one knows was used"))
    elif version != VERSION:
        told.append(("An older version saved them", "; what is still known was used"))
    if isinstance(model, str) and key(model) != key(page["name"]):
        told.append(
            (
                f"They belong to “{model}”, and this is “{page['name']}”",
                ": what has the same name was used",
            )
        )
    return told


def _values(given: object, page: Mapping[str, Any]) -> tuple[dict[str, Any], int, list[str]]:
    """Return a value for every slider, how many were given, and what could not be used.

    What a variable follows, where one was drawn, stands among them.
    """
    sliders = {key(p["key"]): p for p in page["parameters"] if p["slider"]}
    paths = {key(name): name for name in page.get("drawn", ())}
    values: dict[str, Any] = {p["key"]: float(p["value"]) for p in sliders.values()}
    count, faults = 0, []
    if given is not None and not isinstance(given, Mapping):
        faults.append("its sliders could not be read")
    for name, value in (given if isinstance(given, Mapping) else {}).items():
        slider = sliders.get(key(str(name)))
        if key(str(name)) in paths:
            if path := as_path(value):
                values[paths[key(str(name))]] = path
                count += 1
            else:
                faults.append(f"the path of '{name}' could not be read")
        elif slider is None:
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
            count += 1
    return values, count, faults


def as_path(value: object) -> list[list[float]]:
    """Return points ``[time, value]`` by rising time; none, where something is no such path."""
    if not isinstance(value, (list, tuple)) or not all(map(_is_point, value)):
        return []
    points = [[float(time), float(level)] for time, level in value]
    return points if all(one[0] < two[0] for one, two in pairwise(points)) else []


def _is_point(point: object) -> bool:
    numbers = point if isinstance(point, (list, tuple)) else ()
    kinds = [isinstance(n, (int, float)) and not isinstance(n, bool) for n in numbers]
    return len(kinds) == 2 and all(kinds) and all(map(_finite, numbers))


def _finite(value: float) -> bool:
    return math.isfinite(value) and abs(value) < 1e300


def moved(values: Mapping[str, Any], page: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of the sliders' values that differ from the model's own, and drawn paths."""
    own = {p["key"]: p["value"] for p in page["parameters"] if p["slider"]}
    paths = {n: values[n] for n in page.get("drawn", ()) if values.get(n)}
    return {n: float(v) for n, v in values.items() if n in own and v != own[n]} | paths


def apart(values: Mapping[str, Any]) -> tuple[dict[str, float], dict[str, Any]]:
    """Return numbers and drawn paths, which stand among the values of a scenario, apart."""
    paths = {n: v for n, v in values.items() if isinstance(v, (list, tuple))}
    return {n: v for n, v in values.items() if n not in paths}, paths
