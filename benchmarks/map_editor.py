"""A word that is dragged in the map editor is redrawn within 16 ms (p95), 60 variables, 100 links.

Time is taken in the browser: from the pointer's event, by the browser's own stamp, to the changed
picture, which is what is promised, and to the frame that shows it. Chromium may hold an event back
until the next frame, and a busy machine for longer; the page's own work is told beside it, and is
no proof of the promise. Last comes an edit that changes which loops there are: all is drawn anew
then, and the loops are found again.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from benchmarks.drawing import map_of
from tests.browser.lab import FLAGS
from tests.conftest import CHROMIUM

DRAGS, EDITS, PROMISED = 80, 20, 16
SIZES = ((15, 25), (60, 100))

# The first listener sees the event before the page's own, the last one after it.
STOPWATCH = """() => {
  window.taken = []; let moved = null, began = 0;
  document.addEventListener('pointermove', e => {
    moved = e.buttons ? e.timeStamp : null;
    began = performance.now();
  }, true);
  document.addEventListener('pointermove', () => {
    if (moved === null) return;
    const stamp = moved, drawn = performance.now(), work = drawn - began; moved = null;
    requestAnimationFrame(() => {
      window.taken.push([work, drawn - stamp, performance.now() - stamp]);
    });
  });
}"""
EDIT = """() => { const began = performance.now();
  document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: SIGN, bubbles: true }));
  return performance.now() - began; }"""


def dragged(page: Page) -> list[list[float]]:
    """Return, for each movement, the milliseconds of work, to the redraw and to its frame."""
    word = page.locator(".cs-word").nth(7)
    word.focus()
    page.get_by_role("button", name="Fit").click()
    page.evaluate(STOPWATCH)
    box = word.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for turn in range(DRAGS):
        page.mouse.move(x + 3 * abs((turn % 40) - 20), y + 2 * abs((turn % 30) - 15))
        page.wait_for_function("n => window.taken.length > n", arg=turn)
    page.mouse.up()
    return page.evaluate("window.taken")  # type: ignore[no-any-return]


def edited(page: Page) -> list[float]:
    """Return how long it takes until a changed sign is drawn and its loops are found."""
    page.locator(".cs-word").nth(7).focus()
    page.keyboard.press("]")
    return [page.evaluate(EDIT.replace("SIGN", repr("+-"[i % 2]))) for i in range(EDITS)]


def row(label: str, times: Sequence[float]) -> float:
    p95 = quantiles(times, n=20)[-1]
    print(f"{label:<52}{median(times):>9.1f}{p95:>9.1f}")
    return p95


def main() -> int:
    if CHROMIUM is None:
        print("no Chromium on this machine, so nothing was measured")
        return 1
    kept = True
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for size in SIZES:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(map_of(*size).edit().save(Path(folder, "map.html")).as_uri())
            times = dragged(page)
            print(f"{size[0]} variables, {size[1]} links, {DRAGS} movements")
            print(f"{'':<52}{'median ms':>9}{'p95 ms':>9}")
            row("a dragged word, the page's own work", [one[0] for one in times])
            redraw = row(
                "a dragged word, from the pointer to the redraw", [one[1] for one in times]
            )
            row("a dragged word, from the pointer to its frame", [one[2] for one in times])
            row("a sign changed: all drawn, loops found", edited(page))
            kept = kept and redraw < PROMISED
            page.close()
        browser.close()
    promise = f"promised: from the pointer to the redraw under {PROMISED} ms, p95"
    print(f"({promise}) {'✓' if kept else '✗'}")
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
