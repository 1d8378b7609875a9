"""Executes notebooks with the Java kernel; writes executed notebooks and self-contained HTML.

Each executed code cell carries the SHA-256 of its source (metadata.kindred.source_sha256), so that a reader of a
committed notebook can prove that the outputs belong to the cells.
"""

import argparse
import asyncio
import hashlib
import os
import signal
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

PROFILES = ("test", "demo", "real", "paper")
START_SECONDS = 120
SECONDS_BETWEEN_LINES = 30  # where lines cannot be rewritten
PROGRESS = "kindred-progress-"  # how the library's progress bars are called


def find(folder, name):
    """A notebook by path, by name with or without ending, or by its number."""
    path = Path(name)
    if path.suffix == ".ipynb" and path.is_file():
        return path
    notebooks = sorted(folder.glob("*.ipynb"))
    found = [n for n in notebooks if n.stem == path.stem or n.stem.split("-")[0] == name]
    if len(found) != 1:
        names = ", ".join(n.stem for n in notebooks)
        raise SystemExit(f"kindred: no notebook is named {name}; there are {names}")
    return found[0]


def title(cell, width=60):
    """The first line of a cell that says something, for the progress line."""
    for line in cell.source.splitlines():
        if line.strip() and not line.startswith(("import ", "//")):
            return line.strip()[:width]
    return cell.source.strip().splitlines()[0][:width]


def duration(seconds):
    return f"{seconds:.0f} s" if seconds < 60 else f"{seconds // 60:.0f} min {seconds % 60:02.0f} s"


class Stopped(Exception):
    """Somebody asked the run to end, with a signal."""

    def __init__(self, signum):
        super().__init__(signum)
        self.status = 128 + signum


def stop(signum, frame):
    raise Stopped(signum)


class Client(NotebookClient):
    """Ends in Stopped at a signal, the kernel shut down; nbclient itself would report a cell that failed.

    Calls tick() every second, and progress(text) when the library tells how far it is.
    """

    def __init__(self, notebook, tick, progress, **options):
        super().__init__(notebook, **options)
        self.tick = tick
        self.progress = progress

    def execute(self):
        return asyncio.run(self.run())

    async def run(self):
        self.signals = []
        self.execution = asyncio.ensure_future(self.async_execute())
        clock = asyncio.ensure_future(self.watch())
        try:
            return await self.execution
        except (asyncio.CancelledError, Exception):  # nbclient takes a cancelled cell for a kernel that died
            if self.signals:
                raise Stopped(self.signals[0]) from None
            raise
        finally:
            clock.cancel()

    async def watch(self):
        while True:
            await asyncio.sleep(1)
            self.tick()

    def process_message(self, msg, cell, cell_index):
        content = msg["content"]
        if content.get("transient", {}).get("display_id", "").startswith(PROGRESS):
            self.progress(content.get("data", {}).get("text/plain", ""))
        return super().process_message(msg, cell, cell_index)

    async def async_start_new_kernel(self, **kwargs):
        for signum in (signal.SIGINT, signal.SIGTERM):
            try:
                asyncio.get_running_loop().add_signal_handler(signum, self.on_signal, signum)
            except NotImplementedError:
                pass  # Windows: an interrupt is a KeyboardInterrupt
        await super().async_start_new_kernel(**kwargs)

    def on_signal(self, signum):
        self.signals.append(signum)
        self.execution.cancel()


class Execution:
    """Executes one notebook, with a line on stderr for every cell; while one runs, how long and how far."""

    def __init__(self, path, notebook):
        self.path = path
        self.notebook = notebook
        self.code = [i for i, c in enumerate(notebook.cells) if c.cell_type == "code" and c.source.strip()]
        self.running = None
        self.rewrites = sys.stderr.isatty()

    def on_start(self, cell, cell_index):
        if cell_index in self.code:
            self.running = cell_index
            self.started = self.told = time.monotonic()
            self.progress = ""
            if self.rewrites:
                self.line(title(cell), end="")

    def on_executed(self, cell, cell_index, execute_reply):
        if cell_index in self.code:
            self.line(f"{title(cell)}  {time.monotonic() - self.started:.1f} s", end="\n")
            self.running = None

    def on_progress(self, text):
        self.progress = text

    def tick(self):
        now = time.monotonic()
        if self.running is None or not self.rewrites and now - self.told < SECONDS_BETWEEN_LINES:
            return
        self.told = now
        text = f"{title(self.notebook.cells[self.running])}  {duration(now - self.started)} …"
        if self.progress:
            text += "  " + " ".join(self.progress.split())
        self.line(text, end="" if self.rewrites else "\n")

    def line(self, text, end):
        whole = f"{self.path.stem} {self.code.index(self.running) + 1}/{len(self.code)}  {text}"
        if self.rewrites:
            if not end:
                width = os.get_terminal_size(sys.stderr.fileno()).columns or 80
                whole = whole[: width - 1]  # a line that wraps cannot be rewritten
            whole = f"\r\x1b[K{whole}"
        print(whole, end=end, file=sys.stderr, flush=True)

    def run(self):
        for cell in self.notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = []
                cell.execution_count = None
        client = Client(
            self.notebook,
            self.tick,
            self.on_progress,
            timeout=None,
            startup_timeout=START_SECONDS,
            kernel_name="java",
            record_timing=False,
            resources={"metadata": {"path": str(self.path.parent)}},
            on_cell_start=self.on_start,
            on_cell_executed=self.on_executed,
        )
        client.execute()


def stamp(notebook):
    """Notes in every executed code cell which source its outputs came from."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            digest = hashlib.sha256(cell.source.encode()).hexdigest()
            cell.metadata["kindred"] = {"source_sha256": digest}


def write(path, text):
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, path)


def html(notebook, name):
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(embed_images=True)
    exporter.require_js_url = exporter.jquery_url = exporter.mermaid_js_url = exporter.widget_renderer_url = ""
    if not any("$" in c.source for c in notebook.cells if c.cell_type == "markdown"):
        exporter.mathjax_url = ""
    return exporter.from_notebook_node(notebook, resources={"metadata": {"name": name}})[0]


def bad_parameter(notebook):
    """What the library says of a parameter that is not possible, or None."""
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", []):
            for output in cell.get("outputs", []):
                if output.output_type == "error" and output.ename.split(".")[-1] == "InputException":
                    return output.evalue
    return None


def reproduce(path, out, in_place):
    """Executes one notebook; returns 0 if every cell ran, 2 for a parameter that is not possible, else 1."""
    notebook = nbformat.read(path, as_version=4)
    start = time.time()
    error = None
    try:
        Execution(path, notebook).run()
        stamp(notebook)
    except CellExecutionError as failed:
        error = f"{failed}"
        wrong = bad_parameter(notebook)
        if wrong:
            print(f"kindred: {path.stem}: {wrong}", file=sys.stderr)
            return 2
    except (DeadKernelError, RuntimeError) as failed:
        error = f"the kernel did not answer or died: {failed}"
    if out:
        out.mkdir(parents=True, exist_ok=True)
        write(out / path.name, nbformat.writes(notebook))
        write(out / f"{path.stem}.html", html(notebook, path.stem))
    if error:
        print(f"\n{error}\nkindred: {path.name} stopped at the cell above", file=sys.stderr)
        return 1
    if in_place:
        write(path, nbformat.writes(notebook))
    where = f"; see {out / (path.stem + '.html')}" if out else ""
    print(f"kindred: {path.stem} done in {time.time() - start:.0f} s{where}", file=sys.stderr)
    return 0


def unusable(out):
    """Why results cannot be written there, or None; nothing is made before it is needed."""
    nearest = next(folder for folder in (out, *out.parents) if folder.exists())
    if not nearest.is_dir():
        return f"--out {out}: expected a folder, but {nearest} is a file"
    return None if os.access(nearest, os.W_OK) else f"--out {out}: {nearest} cannot be written"


def main():
    parser = argparse.ArgumentParser(prog="environment/reproduce", description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NOTEBOOK", help="name, number or path; all if none is given")
    parser.add_argument("--profile", choices=PROFILES, help="sizes and data (default: KINDRED_PROFILE, or demo)")
    parser.add_argument("--out", type=Path, help="folder for the results (default: kindred-results)")
    parser.add_argument("--in-place", action="store_true", help="store the outputs in the notebook itself")
    parser.add_argument("--notebooks", type=Path, required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.profile:
        os.environ["KINDRED_PROFILE"] = options.profile
    out = options.out or (None if options.in_place else Path("kindred-results"))
    paths = [find(options.notebooks, n) for n in options.names] or sorted(options.notebooks.glob("*.ipynb"))
    if not paths:
        raise SystemExit(f"kindred: there is no notebook in {options.notebooks}")
    wrong = out and unusable(out.resolve())
    if wrong:
        print(f"kindred: {wrong}", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, stop)
    try:
        statuses = (reproduce(path, out and out.resolve(), options.in_place) for path in paths)
        return next((status for status in statuses if status), 0)
    except OSError as failed:  # such as a full disk
        print(f"kindred: {failed}", file=sys.stderr)
        return 1
    except (KeyboardInterrupt, Stopped) as stopped:
        print("\nkindred: stopped", file=sys.stderr)
        return getattr(stopped, "status", 130)


if __name__ == "__main__":
    sys.exit(main())
