"""A word that is dragged in the map editor is redrawn within 16 ms (p95), 60 variables, 100 links.

Measured in Chromium, for each of 80 movements of the mouse:

1. how long the browser keeps the movement to itself. Chromium tells a page of the mouse once a
   frame, so this is up to 16.7 ms on a screen of 60 frames a second, for any page: a page with
   nothing on it is measured beside the editor;
2. from there, what the editor takes until the changed map is painted: its own work, and the
   browser's for it (style, layout, paint). This is what the editor is answerable for, so the
   promise is held to it, in the processor's time of the page: other programs are not counted.

The clock's time is told beside it, the first movement alone (the browser has not compiled the code
yet), and an edit that changes which loops there are: all is drawn anew then, and the loops are
found again. There are several rounds, each in a new page; the best one counts, as on a machine
that has nothing else to do. How busy the machine is stands in the first line.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from os import cpu_count, getloadavg
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.drawing import map_of
from tests.browser.lab import FLAGS
from tests.conftest import CHROMIUM

ROUNDS, DRAGS, EDITS, PROMISED = 3, 80, 20, 16
SIZES = ((15, 25), (60, 100))
EMPTY = "<!doctype html><title>An empty page</title><body style='height: 800px'></body>"

# The first listener hears of the event before the page's own; a message that is sent in a frame
# comes when the frame is painted.
STOPWATCH = """() => {
  window.taken = []; let heard = null;
  const painted = new MessageChannel();
  document.addEventListener('pointermove', e => {
    if (!e.buttons) return;
    heard = performance.now();
    const waited = heard - e.timeStamp;
    requestAnimationFrame(() => {
      painted.port1.onmessage = () => window.taken.push([waited, performance.now() - heard]);
      painted.port2.postMessage(0);
    });
  }, true);
}"""
EDIT = """() => { const began = performance.now();
  document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: SIGN, bubbles: true }));
  return performance.now() - began; }"""
DRAWING = {"UpdateLayoutTree", "Layout", "PrePaint", "Layerize", "Paint", "Commit"}


@dataclass
class Round:
    """Milliseconds, by movement: kept back by the browser, to the paint, of the processor."""

    waited: list[float] = field(default_factory=list)
    painted: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    edits: list[float] = field(default_factory=list)


def dragged(browser: Browser, page: Page, x: float, y: float) -> Round:
    """Move the mouse from a place, its button down, once a frame; return what it took."""
    page.evaluate(STOPWATCH)
    page.mouse.move(x, y)
    page.mouse.down()
    browser.start_tracing(page=page, categories=["devtools.timeline"])
    for turn in range(1, DRAGS + 1):
        page.mouse.move(x + 3 * abs((turn % 40) - 20), y + 2 * abs((turn % 30) - 15))
        page.wait_for_function("n => window.taken.length >= n", arg=turn)
    trace = json.loads(browser.stop_tracing())["traceEvents"]
    page.mouse.up()
    waited, painted = zip(*page.evaluate("window.taken"), strict=True)
    return Round(list(waited), list(painted), list(movements(trace)))


def movements(trace: Sequence[dict[str, Any]]) -> Iterator[float]:
    """Yield the processor's milliseconds from each movement to its paint."""
    spans = sorted((event for event in trace if "tdur" in event), key=lambda event: event["ts"])
    begins = [at for at, event in enumerate(spans) if _is_movement(event)]
    thread = spans[begins[0]]["tid"]
    for begin, end in zip(begins, [*begins[1:], len(spans)], strict=True):
        taken, over = 0.0, 0.0  # what lies inside another span is counted with it
        for event in spans[begin:end]:
            counts = event["tid"] == thread and (event["name"] in DRAWING or _is_movement(event))
            if counts and event["ts"] >= over:
                taken += event["tdur"]
                over = event["ts"] + event["dur"]
        yield taken / 1000


def _is_movement(event: dict[str, Any]) -> bool:
    return event["name"] == "EventDispatch" and event["args"]["data"]["type"] == "pointermove"


def on_an_empty_page(browser: Browser) -> Round:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_content(EMPTY)
    taken = dragged(browser, page, 300, 300)
    page.close()
    return taken


def on_a_map(browser: Browser, saved: Path) -> Round:
    """Drag a word of a map that was saved as a page, then edit a link of it."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(saved.as_uri())
    word = page.locator(".cs-word").nth(7)
    word.focus()
    page.keyboard.press("f")  # all of the map is seen
    box = word.bounding_box()
    assert box is not None
    taken = dragged(browser, page, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    word.focus()
    page.keyboard.press("]")
    signs = ["+-"[turn % 2] for turn in range(EDITS)]
    taken.edits = [page.evaluate(EDIT.replace("SIGN", repr(sign))) for sign in signs]
    page.close()
    return taken


def p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20)[-1]


def row(label: str, times: Sequence[float]) -> None:
    print(f"  {label:<62}{median(times):>7.1f}{p95(times):>7.1f}")


def told(rounds: Sequence[Round]) -> float:
    """Print the best of some rounds, each time by its 95th of 100; return what is promised."""
    best = {
        name: min((getattr(one, name) for one in rounds), key=p95)
        for name in ("waited", "painted", "processor")
    }
    row("until the browser tells the page of the mouse", best["waited"])
    row("from there to the painted map", best["painted"])
    row("the same, the processor's time", best["processor"])
    first = min(one.processor[0] for one in rounds)
    print(f"  {'the first movement, of the processor':<62}{first:>7.1f}")
    return p95(best["processor"])


def main() -> int:
    if CHROMIUM is None:
        print("no Chromium on this machine, so nothing was measured")
        return 1
    busy = f"{getloadavg()[0]:.1f} programs waiting for {cpu_count()} processors"
    print(f"{ROUNDS} rounds of {DRAGS} movements, the best counts; {busy}")
    print(f"  {'':<62}{'median':>7}{'p95 ms':>7}")
    kept = True
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        print("an empty page")
        told([on_an_empty_page(browser) for _ in range(ROUNDS)])
        for size in SIZES:
            print(f"{size[0]} variables, {size[1]} links")
            saved = map_of(*size).edit().save(Path(folder, "map.html"))
            rounds = [on_a_map(browser, saved) for _ in range(ROUNDS)]
            kept &= told(rounds) < PROMISED
            row("a sign changed: all drawn, loops found", min((r.edits for r in rounds), key=p95))
        browser.close()
    promise = f"promised: a movement is painted within {PROMISED} ms of the processor's time, p95"
    print(f"({promise}) {'✓' if kept else '✗'}")
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
