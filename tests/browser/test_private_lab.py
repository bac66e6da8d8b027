"""What somebody enters in private reaches no file, no message and no memory but the page's.

A secret is typed into every field of the private parts in a real JupyterLab, everything is
pressed, the notebook is saved with the states of its widgets, and all is shut down. Then the
secret is looked for in every file of the server and of the browser, and in every message. So is
another, which was typed into a part that leaks: who does not find that one looks badly.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from .traces import Traces, traces_of

PRIVATE = [
    "from cstools.widgets.check_in import check_in\n"
    "from cstools.widgets.practice_log import practice_log\n"
    'arrived = check_in("How am I here?")\narrived',
    "log = practice_log()\nlog",
    "arrived  # once more: a second view of the same part",
]

# A part that looks as private, and leaks in every way that is searched.
LEAKING = [
    '''\
import anywidget, traitlets
from pathlib import Path

class Leaking(anywidget.AnyWidget):
    _esm = """export default { render({ model, el }) {
      const field = document.createElement('input');
      field.className = 'leaking';
      field.addEventListener('change', () => {
        const { value } = field;
        localStorage.setItem('leak', value);
        sessionStorage.setItem('leak', value);
        const asked = indexedDB.open('leak', 1);
        asked.onupgradeneeded = () => asked.result.createObjectStore('leak');
        asked.onsuccess = () => {
          asked.result.transaction('leak', 'readwrite').objectStore('leak').put(value, 'it');
          asked.result.close();
        };
        document.cookie = 'leak=' + value;
        console.log(value);
        fetch('/api/status', { method: 'POST', body: value }).catch(() => null);
        model.set('value', value);
        model.save_changes();
      });
      el.append(field);
    } };"""
    value = traitlets.Unicode("").tag(sync=True)

def leak(change):
    Path("leak.txt").write_text(change["new"])
    get_ipython().history_manager.store_inputs(99, change["new"])
    get_ipython().history_manager.writeout_cache()
    leaking.told = True

leaking = Leaking()
leaking.observe(leak, "value")
leaking'''
]
# The places in which a leak must be found, or the search is worth nothing.
LEAKS = {
    *("messages sent", "messages received", "requests", "console", "page", "notebook"),
    *("nbconvert", "notebooks: private.ipynb", "notebooks: leak.txt", "ipython: profile_default"),
    "browser: Default",
}
# What ends a step or lets go of what was entered; "Download" gives a file that was asked for.
_ENDS = ("Clear", "Skip", "Leave", "Back", "Next", "Done", "Clear all", "Download")


def everything(part: Locator, secret: str) -> None:
    """Type into every field that is there now, and press every button but those that end it."""
    fields = part.locator("input:visible, textarea:visible")
    for at in range(fields.count()):
        fields.nth(at).fill(secret)
    buttons = part.locator("button:visible:enabled")
    for at in range(buttons.count()):
        if at < buttons.count() and buttons.nth(at).inner_text() not in _ENDS:
            buttons.nth(at).click()


def use_private_parts(page: Page, traces: Traces, secret: str) -> None:
    """Use the check-in and the log as a person could who tries everything, slowly."""
    before = len(traces.places["messages sent"])
    check_in, second = (page.locator(".cs-check-in").nth(at) for at in range(2))
    for step in ("Body", "Mood", "Attention", "Breath", "One line"):
        check_in.get_by_role("button", name=step, exact=True).click()
        panel = check_in.locator(".cs-panel")
        everything(panel, secret)
    check_in.get_by_role("button", name="Done").click()
    noticed = check_in.get_by_text(secret)
    expect(noticed).to_have_count(4)
    second.get_by_role("button", name="One line", exact=True).click()
    expect(second.get_by_label("For you alone")).to_have_value(secret)
    log = page.locator(".cs-practice")
    log.get_by_label("My practice").fill(secret)
    log.locator(".cs-day:enabled").first.click()
    log.get_by_role("button", name="Copy").click()
    expect(log.locator(".cs-told")).to_contain_text("Copied.")
    taken = page.evaluate("navigator.clipboard.readText()")
    assert taken == f"{secret}: 1 of 1 day"
    everything(log, secret)
    log.get_by_label("A line from another day").fill(taken)
    log.get_by_role("button", name="Use this line").click()
    log.get_by_label("A line from another day").fill(secret)
    log.get_by_role("button", name="Use this line").click()
    expect(log.locator(".cs-line")).to_have_text(taken)
    assert [f for f in traces.places["messages sent"][before:] if b"comm_" in f] == []


def use_leaking_part(page: Page, secret: str) -> None:
    page.locator(".leaking").fill(secret)
    page.locator(".leaking").press("Tab")
    page.wait_for_function("async () => (await indexedDB.databases()).length > 0")
    page.wait_for_function(
        "() => fetch('/files/leak.txt').then((answer) => answer.ok, () => false)", polling=200
    )


def test_what_is_entered_in_private_is_found_nowhere_and_what_leaks_everywhere(
    browser: Browser, chromium: str, tmp_path: Path
) -> None:
    private, leaked = (f"quiet{secrets.token_hex(8)}word" for _ in range(2))

    def use(page: Page, traces: Traces) -> None:
        use_private_parts(page, traces, private)
        assert traces.complaints == []
        use_leaking_part(page, leaked)

    traces = traces_of(browser, chromium, tmp_path, [*PRIVATE, *LEAKING], use)
    assert traces.found(private) == set()
    assert LEAKS - traces.found(leaked) == set()
