# SPDX-License-Identifier: BSL-1.0
"""What the scripts in examples/python print is what it was when somebody last read it; the notebook runs to its end."""
import json
import pathlib
import subprocess
import sys

import pytest

import crowdrules as cr

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples" / "python"
EXPECTED = {path.stem: path.read_text(encoding="utf-8") for path in sorted((EXAMPLES / "expected").glob("*.txt"))}


@pytest.mark.parametrize("name", EXPECTED)
def test_script(name):
    script = EXAMPLES / f"{name}.py"
    if "import pandas" in script.read_text(encoding="utf-8"):
        pytest.importorskip("pandas")
    ran = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == EXPECTED[name]


def test_pebble_is_told_of_every_platform_that_has_a_pack():
    campaigns = [name for name in cr.pack_names() if cr.load_pack(name).kind is cr.PackKind.campaign]
    assert len(campaigns) >= 13
    for name in campaigns:
        assert f"\n{name} " in EXPECTED["pebble_elsewhere"]


def test_notebook(tmp_path, monkeypatch):
    pytest.importorskip("matplotlib")
    pytest.importorskip("ipykernel")
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    # A kernel of the Python that runs this test, whatever kernels are installed.
    kernel = tmp_path / "kernels" / "tested"
    kernel.mkdir(parents=True)
    (kernel / "kernel.json").write_text(json.dumps({
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "the Python of this test", "language": "python"}), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path / "matplotlib"))
    notebook = nbformat.read(EXAMPLES / "pebble.ipynb", as_version=4)
    nbclient.NotebookClient(notebook, kernel_name="tested", timeout=300,
                            resources={"metadata": {"path": str(EXAMPLES)}}).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert not any(output["output_type"] == "error" for output in outputs)
    shown = json.dumps(outputs)
    assert "10,266,845.00 USD" in shown
    assert "<svg" in shown
    assert shown.count("image/png") == 3
