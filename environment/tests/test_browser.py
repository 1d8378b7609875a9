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
            assert_links_save_files(page)
            for theme in ("Light", "Dark"):
                page.evaluate("theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})",
                              "JupyterLab " + theme)
                page.wait_for_function("light => document.body.dataset.jpThemeLight === light",
                                       arg=str(theme == "Light").lower(), timeout=60_000)
                assert_figures_answer_the_pointer(page)
            page.screenshot(path=tmp_path / "start.png")
            assert (tmp_path / "start.png").stat().st_size > 20_000


def assert_links_save_files(page):
    """The links above a figure and a table give the files that they name."""
    for ending, begins in (("png", b"\x89PNG"), ("svg", b"<?xml"), ("csv", b"panel,title,")):
        link = page.locator(f".jp-OutputArea-output a[download^='six-stimuli'][download$='.{ending}']").first
        link.scroll_into_view_if_needed()
        with page.expect_download() as download:
            link.click()
        assert download.value.suggested_filename.endswith("." + ending)
        assert open(download.value.path(), "rb").read().startswith(begins)


def assert_figures_answer_the_pointer(page):
    """A cell of the first heat map tells names and value; where a figure draws nothing, the page is seen through it."""
    lab_browser.scroll_to(page, "How can two tables be compared")
    assert page.locator(".jp-OutputArea-output", has_text="Javascript Error").count() == 0
    heat_map = page.locator(".jp-OutputArea-output canvas.marks").nth(1)
    told = lab_browser.hover(page, heat_map, 0.45, 0.45)
    assert "similarity" in told
    assert any(name in told for name in ("turned", "stretched", "another"))
    assert heat_map.evaluate("c => c.getContext('2d').getImageData(1, 1, 1, 1).data[3]") == 0
    page.mouse.move(1, 1)
