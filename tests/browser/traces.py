"""What a browser, a notebook and a server may keep of something typed: where to look for it all."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbconvert import HTMLExporter
from playwright.sync_api import Browser, BrowserContext, Page, Request, WebSocket

from .conftest import PATIENCE
from .lab import FLAGS, Lab, open_notebook, running_lab

# Everything a page can keep by itself, as one text.
_KEPT_BY_PAGE = """async () => {
  const asked = (request) => new Promise((done) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => done(null);
  });
  const bases = {};
  for (const { name } of await indexedDB.databases()) {
    const base = await asked(indexedDB.open(name));
    for (const store of base.objectStoreNames)
      bases[`${name}/${store}`] = await asked(base.transaction(store).objectStore(store).getAll());
    base.close();
  }
  return JSON.stringify({
    localStorage: { ...localStorage }, sessionStorage: { ...sessionStorage }, indexedDB: bases,
    cookie: document.cookie, address: location.href, name: window.name, state: history.state,
  }); }"""
_SHOWN = """() => [document.body.innerText,
  ...[...document.querySelectorAll('input, textarea')].map((field) => field.value)].join(' ')"""
_STATE_SAVED = '{"saveState": true}'


@dataclass
class Traces:
    """Where a secret is looked for; each place with the bytes that were there."""

    complaints: list[str] = field(default_factory=list)
    places: dict[str, list[bytes]] = field(default_factory=dict)

    def keep(self, place: str, text: str | bytes | None) -> None:
        """Remember what stood at a place."""
        content = text.encode() if isinstance(text, str) else text or b""
        self.places.setdefault(place, []).append(content)

    def keep_files(self, place: str, folder: Path) -> None:
        """Remember every file under a folder, with its name."""
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                self.keep(f"{place}: {path.relative_to(folder).parts[0]}", path.read_bytes())
                self.keep(f"{place}: names", str(path))

    def found(self, secret: str) -> set[str]:
        """Return the places in which a secret stands, in any spelling that was thought of."""
        forms = tuple(_spellings(secret))
        return {
            place
            for place, contents in self.places.items()
            if any(form in content for content in contents for form in forms)
        }


def _spellings(secret: str) -> Iterator[bytes]:
    """Yield a text as files hold it: plain, in two bytes a letter, or in base 64."""
    plain = secret.encode()
    yield plain
    yield secret.encode("utf-16-le")
    for before in range(3):  # base 64 looks different at each of three places; its ends are cut
        whole = base64.b64encode(b"." * before + plain)
        yield whole[4:-4]


@contextmanager
def watched(context: BrowserContext, traces: Traces) -> Iterator[Page]:
    """Open a page of which every message is kept: web sockets both ways, and what is posted."""
    page = context.new_page()

    def listen(socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: traces.keep("messages sent", frame))
        socket.on("framereceived", lambda frame: traces.keep("messages received", frame))

    def post(request: Request) -> None:
        traces.keep("addresses asked for", request.url)
        traces.keep("requests", request.post_data_buffer)

    page.on("websocket", listen)
    page.on("request", post)
    page.on("console", lambda message: traces.keep("console", message.text))
    yield page
    page.close()


def traces_of(
    browser: Browser,
    chromium: str,
    folder: Path,
    cells: list[str],
    use: Callable[[Page, Traces], None],
) -> Traces:
    """Run cells in a JupyterLab of their own, use what they show, and gather all that is left.

    Widget states are saved with the notebook (the setting is off unless somebody turns it on).
    """
    traces = Traces()
    home = folder / "browser"
    with running_lab(folder) as lab:
        settings = folder / "settings" / "@jupyter-widgets" / "jupyterlab-manager"
        settings.mkdir(parents=True)
        (settings / "plugin.jupyterlab-settings").write_text(_STATE_SAVED)
        name = lab.write("private.ipynb", cells)
        context = browser.browser_type.launch_persistent_context(
            home, executable_path=chromium, args=FLAGS, viewport={"width": 1280, "height": 1000}
        )
        context.set_default_timeout(PATIENCE)
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=lab.address)
        with watched(context, traces) as page:
            _use_and_save(page, lab, name, traces, use)
        context.close()
    saved = lab.folder / name
    traces.keep("notebook", saved.read_bytes())
    traces.keep("nbconvert", HTMLExporter().from_filename(saved)[0])
    traces.keep_files("browser", home)
    for place in (path for path in folder.iterdir() if path != home):
        if place.is_dir():
            traces.keep_files(place.name, place)
        else:
            traces.keep(place.name, place.read_bytes())
    return traces


def _use_and_save(
    page: Page, lab: Lab, name: str, traces: Traces, use: Callable[[Page, Traces], None]
) -> None:
    with open_notebook(page, lab, name) as notebook:
        notebook.run_all()
        assert notebook.errors() == []
        traces.complaints = notebook.complaints
        use(page, traces)
        page.evaluate("() => jupyterapp.commands.execute('docmanager:save')")
        page.wait_for_function("() => !jupyterapp.shell.currentWidget.context.model.dirty")
        traces.keep("page", page.evaluate(_KEPT_BY_PAGE))
        notebook.run_all()
        traces.keep("what is shown by a new run", page.evaluate(_SHOWN))
    state = nbformat.read(lab.folder / name, 4).metadata["widgets"]
    assert state["application/vnd.jupyter.widget-state+json"]["state"]  # it was turned on
