"""What tests share is lent as new, and is shared: to load it for each takes longer than they do."""

from __future__ import annotations

from playwright.sync_api import Page

from .conftest import Lender
from .lab import Lab, open_notebook

# Two dice that are the same in two kernels were thrown by neither.
FIRST = """\
import sys
assert not {"cstools", "ipywidgets", "pandas"} & set(sys.modules)
import numpy as np
print(np.random.random())"""
_PRINTED = """() => jupyterapp.shell.currentWidget.content.model.sharedModel.cells
  .flatMap(c => c.outputs || []).map(o => [o.text].flat().join(''))"""


def printed(page: Page, lab: Lab, name: str) -> list[str]:
    with open_notebook(page, lab, lab.write(name, [FIRST])) as notebook:
        notebook.run_all()
        assert notebook.errors() == []
        return list(page.evaluate(_PRINTED))


def test_one_jupyterlab_shows_notebook_after_notebook_each_with_a_kernel_of_its_own(
    lab_pages: Lender, lab: Lab
) -> None:
    page = lab_pages.lend()
    first = printed(page, lab, "first.ipynb")
    lab_pages.take_back(keep=True)
    assert lab_pages.lend() is page
    assert len(first) == 1
    assert printed(page, lab, "second.ipynb") != first


def test_a_page_on_which_something_lasts_is_not_lent_again(bare_pages: Lender) -> None:
    page = bare_pages.lend()
    page.clock.install()
    bare_pages.take_back(keep=True)
    assert bare_pages.lend() is not page
