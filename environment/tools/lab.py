"""JupyterLab, refused before it serves anything unless it would listen on this machine alone and ask for its token.

The resolved settings are checked, so that it does not matter how they were said: an option in any spelling, a
configuration file, an environment variable, a server extension.
"""

import ipaddress
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import nbformat
import nbformat.sign
from jupyter_server.serverapp import ServerApp
from jupyterlab.labapp import LabApp


def is_loopback(address):
    try:
        found = socket.getaddrinfo(address, None) if address else []
        return bool(found) and all(ipaddress.ip_address(entry[4][0].split("%")[0]).is_loopback for entry in found)
    except (OSError, ValueError):
        return False


def problem(server):
    """What is wrong with the resolved settings, or None."""
    identity = server.identity_provider
    if not server.sock and not is_loopback(server.ip):
        return f"would listen on {server.ip or 'all addresses'}"
    for part, settings in server.config.items():
        if "ip" in settings and not is_loopback(str(settings["ip"])):
            return f"would listen on {settings['ip'] or 'all addresses'} ({part}.ip)"
    if not identity.auth_enabled or not identity.token:
        return "would not ask for a token"
    if server.allow_remote_access:
        return "would answer to other hosts' names (allow_remote_access)"
    if server.disable_check_xsrf:
        return "would not check where requests come from (disable_check_xsrf)"
    return None


def trust(folder):
    """Trusts the notebooks that are as they came with the project: JupyterLab drops the links of others to save figures
    and tables until they are run."""
    if not shutil.which("git"):
        return

    def git(*arguments):
        return subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, text=True).stdout.split()

    notary = nbformat.sign.NotebookNotary()
    for name in set(git("ls-files", "*.ipynb")) - set(git("diff", "--relative", "--name-only", "HEAD", "--", "*.ipynb")):
        notary.sign(nbformat.read(Path(folder, name), as_version=4))


def main():
    trust(Path(__file__).resolve().parents[2] / "notebooks")
    start_serving = ServerApp.init_httpserver

    def check_first(server):
        found = problem(server)
        if found:
            print(f"kindred: JupyterLab {found}: here it keeps to localhost and its token, always; "
                  "use an SSH tunnel to reach it from elsewhere", file=sys.stderr, flush=True)
            sys.exit(2)
        start_serving(server)

    ServerApp.init_httpserver = check_first
    sys.exit(LabApp.launch_instance())


if __name__ == "__main__":
    main()
