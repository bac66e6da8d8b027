"""The generated JavaScript takes at most 2.5 times as long as JavaScript written by hand.

SIR with 10,000 steps, all that moves kept at every step, both in one Node process and turn by
turn. A page runs the generated function whenever a slider moves.
"""

from __future__ import annotations

import json
import subprocess

from benchmarks.measure import Report, Timed
from benchmarks.models import sir
from benchmarks.opponents import NODE
from cstools.stock_flow.running import given

PROMISED = 2.5
TURNS = 60
BY_HAND = """\
function byHand(s, i, r, population, contacts, duration, dt, steps) {
    const rows = steps + 1;
    const columns = Array.from({ length: 5 }, () => new Float64Array(rows));
    const [susceptible, infectious, recovered, caught, well] = columns;
    for (let step = 0; step <= steps; step++) {
        const catching = s * i / population * contacts;
        const recovering = i / duration;
        susceptible[step] = s;
        infectious[step] = i;
        recovered[step] = r;
        caught[step] = catching;
        well[step] = recovering;
        s += dt * -catching;
        i += dt * (catching - recovering);
        r += dt * recovering;
    }
    return columns;
}"""
SCRIPT = """\
{by_hand}
{generated}
const parameters = {parameters}, numbers = {numbers};
const work = {{
    "by hand": () => byHand(...numbers, {dt}, {steps}),
    "generated": () => simulate(parameters, 0, {dt}, {steps}, 1, 0).columns,
}};
const [ours, theirs] = Object.values(work).map((run) => run());
ours.forEach((column, at) => column.forEach((value, row) => {{
    if (value !== theirs[at][row]) throw new Error(`they differ in column ${{at}}, row ${{row}}`);
}}));
const seconds = {{ "by hand": [], "generated": [] }};
for (let turn = -20; turn < {turns}; turn++) {{
    for (const [name, run] of Object.entries(work)) {{
        const begin = process.cpuUsage();
        for (let again = 0; again < 10; again++) run();
        const {{ user, system }} = process.cpuUsage(begin);
        if (turn >= 0) seconds[name].push((user + system) / 1e7);
    }}
}}
console.log(JSON.stringify(seconds));
"""


def main() -> int:
    report = Report()
    if NODE is None:
        report.line("not measured: there is no Node on this machine")
        return 0
    model = sir()
    start, program = given(model, {}), model.program()
    script = SCRIPT.format(
        by_hand=BY_HAND,
        generated=model.javascript(),
        parameters=json.dumps([start[key] for key in program.parameters]),
        numbers=json.dumps([995, 5, 0, 1000, 0.3, 5]),
        dt=model.dt,
        steps=model.clock.steps,
        turns=TURNS,
    )
    printed = subprocess.run([NODE, "-"], input=script, capture_output=True, text=True, check=True)
    timed = Timed(json.loads(printed.stdout))
    report.line("SIR, 10,000 steps, in Node")
    report.table(timed, "by hand")
    report.promise("generated, to by hand", timed.ratio("generated", "by hand"), PROMISED)
    return report.code


if __name__ == "__main__":
    raise SystemExit(main())
