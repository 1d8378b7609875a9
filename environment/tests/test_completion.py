"""What Tab offers in a notebook on the library, asked of the kernel that notebooks run on."""

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager

from conftest import ROOT


class Manager(KernelManager):
    @property
    def kernel_spec(self):
        return KernelSpec(argv=[str(ROOT / "environment/kernel"), "{connection_file}"], language="java")


def test_measures_are_found_by_tab():
    manager = Manager()
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=120)
        client.execute("import dev.kindred.measure.*;", reply=True, timeout=120)

        def complete(code):
            return client.complete(code, len(code), reply=True, timeout=120)["content"]["matches"]

        assert {"cka()", "cknna()"} <= set(complete("Measures.ck"))
        assert "mutualKnn()" in complete("Measures.mu")
        assert {"unit()", "biased()"} <= set(complete("Measures.cka()."))
        assert any(match.startswith("rbf(") for match in complete("Measures.cka().r"))
        assert "unit()" in complete("Measures.cka().rbf(0.4).u")
        assert "euclidean()" in complete("var choice = Measures.rsa();\nchoice.eu")
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
