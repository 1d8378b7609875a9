"""JupyterLab in headless Chromium: opens a notebook, runs it, takes a picture of the page.

As a command: lab_browser.py NOTEBOOK PICTURE.png [--profile PROFILE | --stored] [--to HEADING] [--hover X,Y] [--theme dark]
"""

import argparse
import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from setup import Stopped, pass_signals_on

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Without these, the browser asks services of its maker, which a closed network refuses.
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]


def browser_path():
    """A Chromium on this machine, or None."""
    return next((path for path in map(shutil.which, BROWSERS) if path), None)


def write_settings(folder, theme):
    """Settings of its own: a person's stay as they are, no notebook is saved, the theme is there from the start."""
    for plugin, values in {
        "apputils-extension/themes": {"theme": f"JupyterLab {theme.capitalize()}", "adaptive-theme": False},
        "docmanager-extension/plugin": {"autosave": False},
    }.items():
        path = Path(folder, "@jupyterlab", plugin + ".jupyterlab-settings")
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(values), encoding="utf-8")


@contextlib.contextmanager
def lab(*options, environment=None, seconds=120, theme="light"):
    """Runs environment/lab without a browser and yields its address with the token."""
    with tempfile.TemporaryDirectory() as settings:
        write_settings(settings, theme)
        with serving(f"--LabApp.user_settings_dir={settings}", f"--LabApp.workspaces_dir={settings}/workspaces",
                     *options, environment=environment, seconds=seconds) as address:
            yield address


@contextlib.contextmanager
def serving(*options, environment, seconds):
    process = subprocess.Popen(
        [str(ROOT / "environment/lab"), "--no-browser", "--ServerApp.port=0", "--LabApp.expose_app_in_browser=True", *options],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True,
        env={**os.environ, **(environment or {})}, start_new_session=True,
    )
    lines, found = [], threading.Event()

    def read():
        for line in process.stdout:
            lines.append(line)
            if re.search(r"http://127\.0\.0\.1:\d+/lab\?token=\w+", line):
                found.set()
        found.set()

    threading.Thread(target=read, daemon=True).start()
    try:
        found.wait(seconds)
        address = re.search(r"http://127\.0\.0\.1:\d+/lab\?token=\w+", "".join(lines))
        if not address:
            raise RuntimeError("JupyterLab did not start:\n" + "".join(lines[-20:]))
        yield address.group(0)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


@contextlib.contextmanager
def page_of(address, notebook, width=1440, height=1000):
    """A page that shows the notebook with a running kernel."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=QUIET)
        page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=1.5)
        page.goto(address.replace("/lab?", f"/lab/tree/{notebook}?") + "&reset")
        page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=60_000)
        page.wait_for_function("() => window.jupyterapp?.shell.currentWidget?.sessionContext", timeout=60_000)
        page.wait_for_function("() => document.body.dataset.jpThemeName", timeout=60_000)
        yield page
        browser.close()


def command(page, name):
    """Runs one of JupyterLab's commands."""
    page.evaluate("name => window.jupyterapp.commands.execute(name)", name)


def run_all(page, seconds):
    """Restarts the kernel, runs every cell and waits until the last one has run; the number of error outputs."""
    status = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook-ExecutionIndicator")
    status.first.wait_for(timeout=60_000)
    page.wait_for_function(
        "() => { const s = window.jupyterapp.shell.currentWidget?.sessionContext;"
        " return s && s.session && s.session.kernel && s.session.kernel.status === 'idle'; }", timeout=60_000)
    command(page, "notebook:run-all-cells")
    page.wait_for_function(
        """() => {
          const cells = window.jupyterapp.shell.currentWidget.content.model.sharedModel.cells
            .filter(c => c.cell_type === 'code' && c.source.trim());
          const failed = cells.some(c => c.outputs.some(o => o.output_type === 'error'));
          return failed || (cells.every(c => c.execution_count !== null && c.executionState !== 'running')
            && window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'idle');
        }""",
        timeout=seconds * 1000,
    )
    return page.evaluate(
        """() => window.jupyterapp.shell.currentWidget.content.model.sharedModel.cells
             .filter(c => c.cell_type === 'code').flatMap(c => c.outputs.map(o => JSON.parse(JSON.stringify(o))))
             .filter(o => o.output_type === 'error').map(o => o.ename + ': ' + o.evalue)""")


def wait_for_outputs(page):
    """Waits until the stored outputs are there, and figures that are drawn in the page have been."""
    page.locator(".jp-OutputArea-output").first.wait_for(timeout=60_000)
    page.wait_for_function(
        """() => {
          const drawn = document.querySelectorAll('.jp-OutputArea-output canvas').length;
          const before = window.kindredDrawn;
          window.kindredDrawn = drawn;
          return drawn === before;
        }""", polling=3000, timeout=120_000)


def clear_all(page):
    """Removes all outputs, so that what is seen afterwards is new."""
    command(page, "editmenu:clear-all")


def scroll_to(page, heading):
    """Brings a heading of the notebook to the top; again when pictures that came into view have moved it."""
    target = page.locator(".jp-RenderedMarkdown h1, .jp-RenderedMarkdown h2, .jp-RenderedMarkdown h3",
                          has_text=heading).first
    for _ in range(3):
        target.evaluate("e => e.scrollIntoView({block: 'start'})")
        time.sleep(1.0)


def hover(page, figure, across, down):
    """Points at a place of a figure, in shares of its size; the text of the tooltip, which stays open."""
    figure.scroll_into_view_if_needed()
    box = figure.bounding_box()
    for pixels in (0, 2):  # the pointer must move over what it is told of
        page.mouse.move(box["x"] + across * box["width"] + pixels, box["y"] + down * box["height"] + pixels)
    told = page.locator("#vg-tooltip-element.visible")
    told.wait_for(timeout=20_000)
    return told.inner_text()


def first_figure(page):
    """The first figure in sight that answers the pointer."""
    page.wait_for_function(
        """() => [...document.querySelectorAll('.jp-OutputArea-output canvas.marks')]
             .some(c => c.getBoundingClientRect().top > 0)""", timeout=60_000)
    figures = page.locator(".jp-OutputArea-output canvas.marks")
    return next(figure for figure in figures.all() if (figure.bounding_box() or {"y": -1})["y"] > 0)


def place(text):
    """Two shares from 0 to 1, such as 0.4,0.5."""
    try:
        across, down = (float(share) for share in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected two shares such as 0.4,0.5, found {text}")
    return across, down


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("notebook", help="name of a notebook in notebooks/")
    parser.add_argument("picture", type=Path)
    parser.add_argument("--profile", default="demo")
    parser.add_argument("--stored", action="store_true", help="show the stored outputs, run nothing")
    parser.add_argument("--to", help="a heading to scroll to")
    parser.add_argument("--hover", type=place, metavar="X,Y",
                        help="a place of the first figure in sight, in shares of its size, to point at; prints the tooltip")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--height", type=int, default=1000)
    options = parser.parse_args()
    pass_signals_on()
    if not browser_path():
        raise SystemExit("kindred: no Chromium found; install it (Debian: apt-get install chromium)")
    name = options.notebook if options.notebook.endswith(".ipynb") else options.notebook + ".ipynb"
    with lab(environment={"KINDRED_PROFILE": options.profile}, theme=options.theme) as address:
        with page_of(address, name, height=options.height) as page:
            if options.stored:
                wait_for_outputs(page)
            errors = [] if options.stored else run_all(page, 900)
            if errors:
                raise SystemExit("kindred: the notebook failed: " + "; ".join(errors))
            if options.to:
                scroll_to(page, options.to)
            if options.hover:
                print(hover(page, first_figure(page), *options.hover))
            page.screenshot(path=options.picture)
    print(options.picture, file=sys.stderr)


if __name__ == "__main__":
    try:
        main()
    except Stopped as stopped:
        sys.exit(stopped.status)
