"""The start notebook as a person sees it: JupyterLab in headless Chromium."""

import lab_browser
import pytest

needs_browser = pytest.mark.skipif(lab_browser.browser_path() is None, reason="no Chromium on this machine")


@needs_browser
def test_start_notebook_in_jupyterlab(tmp_path):
    with lab_browser.lab(environment={"KINDRED_PROFILE": "test"}) as address:
        with lab_browser.page_of(address, "00-start-here.ipynb") as page:
            lab_browser.clear_all(page)
            assert page.locator(".jp-OutputArea-output img").count() == 0
            assert lab_browser.run_all(page, 400) == []
            outputs = page.evaluate(
                """() => window.jupyterapp.shell.currentWidget.content.model.sharedModel.cells
                     .filter(c => c.cell_type === 'code')
                     .flatMap(c => c.outputs.map(o => JSON.parse(JSON.stringify(o))))
                     .filter(o => o.data).map(o => Object.keys(o.data)).flat()""")
            assert "image/png" in outputs
            assert "text/html" in outputs
            image = page.locator(".jp-OutputArea-output img").first
            image.scroll_into_view_if_needed()
            assert image.evaluate("e => e.complete && e.naturalWidth > 200")
            table = page.locator(".jp-OutputArea-output table").first
            table.scroll_into_view_if_needed()
            assert table.locator("td").count() > 2
            page.screenshot(path=tmp_path / "start.png")
            assert (tmp_path / "start.png").stat().st_size > 20_000
