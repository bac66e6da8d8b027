"""A model written by hand in JavaScript: it owes nothing to the generator it is shown with."""

from __future__ import annotations

from typing import Any

SIR_SOURCE = """
function simulate(parameters, start, dt, steps, every) {
  const [contacts, infectivity, duration, total] = parameters;
  const rows = Math.floor(steps / every) + 1;
  const time = new Float64Array(rows);
  const names = 5;
  const columns = Array.from({ length: names }, () => new Float64Array(rows));
  let s = total - 10, i = 10, r = 0;
  for (let n = 0; n <= steps; n += 1) {
    const infection = s * contacts * infectivity * i / total;
    const recovery = i / duration;
    if (n % every === 0) {
      const row = n / every;
      time[row] = start + n * dt;
      [s, i, r, infection, recovery].forEach((v, c) => { columns[c][row] = v; });
    }
    s -= infection * dt;
    i += (infection - recovery) * dt;
    r += recovery * dt;
  }
  return { time, columns };
}
"""


def sir_payload(**changes: Any) -> dict[str, Any]:
    """What the explorer of an SIR model receives, with 600 steps."""
    parameters = [
        ("contacts", "contacts per day", 6.0, 0.0, 20.0, "people/day", "Whom one person meets."),
        ("infectivity", "infectivity", 0.25, 0.0, 1.0, "", "How often a meeting passes it on."),
        ("duration", "illness duration", 2.0, 0.5, 10.0, "day", ""),
    ]
    columns = [
        ("susceptible", "susceptible", "people", "stock"),
        ("infectious", "infectious", "people", "stock"),
        ("recovered", "recovered", "people", "stock"),
        ("infection", "infection rate", "people/day", "flow"),
        ("recovery", "recovery rate", "people/day", "flow"),
    ]
    payload: dict[str, Any] = {
        "name": "An infection in a town",
        "timeUnits": "day",
        "source": SIR_SOURCE,
        "start": 0.0,
        "dt": 0.05,
        "steps": 600,
        "every": 1,
        "parameters": [
            dict(zip(("key", "label", "value", "low", "high", "units", "doc"), p, strict=True))
            | {"slider": True}
            for p in parameters
        ]
        + [
            {"key": "total", "label": "total population", "value": 1000.0, "low": 0.0}
            | {"high": 0.0, "units": "people", "doc": "", "slider": False}
        ],
        "columns": [dict(zip(("key", "label", "units", "kind"), c, strict=True)) for c in columns],
        "palette": ["#0072B2", "#D55E00", "#009E73", "#AA4499", "#806600", "#56B4E9", "#000000"],
        "dashes": [[], [12.5, 5], [2.5, 3], [15, 5, 2.5, 5], [7.5, 2.5, 2.5, 2.5, 2.5, 2.5]],
        "diagram": True,
        "shown": ["susceptible", "infectious"],
        "moments": [1, *range(6, 601, 6)],
        "looks": [[0.9 + 0.51 * level, min(1, 0.3 + 0.112 * level)] for level in range(11)],
        "sentence": "Infectious rises from 10 to a peak of 270 people at day 8, then falls to 3.",
    }
    return payload | changes


def state(payload: dict[str, Any], shown: list[str], **more: Any) -> dict[str, Any]:
    """What the explorer's model object holds before anything was moved."""
    held = {"payload": payload, "values": {}, "shown": shown, "scenarios": [], "notice": ""}
    asked = {"answer": {}, "lit": {}, "sketch": {}, "wanted": {}, "printed": {}}
    return held | asked | {"start_lit": LIT, "pictures": PICTURES} | more


_LINKS = """
<g data-from="susceptible" data-to="infection rate">
  <path d="M90 50 Q160 20 230 50" fill="none" stroke="#0b62a4"/></g>
<g data-from="infection rate" data-to="susceptible">
  <path d="M230 60 Q160 90 90 60" fill="none" stroke="#b3460b"/></g>
<g data-from="infection rate" data-to="infectious">
  <path d="M240 70 Q260 120 230 160" fill="none" stroke="#0b62a4"/></g>
"""
_VARIABLES = """
<g data-variable="susceptible"><text x="20" y="58">susceptible</text></g>
<g data-variable="infection rate"><text x="225" y="58">infection rate</text></g>
<g data-loop="B1"><text x="140" y="58">B1</text><text x="140" y="74">100%</text></g>
<g data-variable="infectious"><text x="200" y="180">infectious</text></g>
"""
DIAGRAM = f'<svg viewBox="0 0 320 220" role="img" aria-label="a map">{_LINKS}{_VARIABLES}</svg>'
PICTURES = {
    "loops": {"svg": DIAGRAM, "said": "a map"},
    "stocks": {"svg": "", "said": "There is no stock-flow diagram in this sample."},
    "ways": {"B1": ["susceptible", "infection rate"]},
}
MOMENTS = 101
LIT: dict[str, Any] = {
    "values": {"contacts": 6.0, "infectivity": 0.25, "duration": 2.0},
    "note": "",
    "sentence": "One loop pulls each way.",
    "rows": [1, *range(6, 601, 6)],
    "said": [f"At moment {n} {'R1' if n < 40 else 'B1'} dominates." for n in range(MOMENTS)],
    "ruling": [["R1" if n < 40 else "B1"] for n in range(MOMENTS)],
    "links": [
        ["susceptible", "infection_rate", "0" * 40 + "a" * 61],
        ["infection_rate", "infectious", "a" * 40 + "0" * 61],
    ],
    "loops": [
        {"name": "R1", "polarity": "R", "shares": [80] * 40 + [30] * 61},
        {"name": "B1", "polarity": "B", "shares": [-20] * 40 + [-70] * 61},
    ],
    "ways": {
        "R1": "infectious → infection rate → infectious",
        "B1": "susceptible → infection rate → susceptible",
    },
}
