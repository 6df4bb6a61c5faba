"""The program as a team has it: a wheel in an environment of its own, far from this repository."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
import tomllib
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest
from conftest import Once

from generator import DISTRIBUTION, VERSION

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BUILT = re.compile(r"__pycache__|\.pyc$|\.egg-info")


@pytest.fixture(scope="session")
def installed(once: Once) -> Path:
    """An environment with the wheel in it; what the wheel needs is taken from the one that runs the tests."""
    return once("installed", _install)


def _install(place: Path) -> None:
    source = place / "source"
    shutil.copytree(ROOT / "generator", source / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    offline = ["--no-deps", "--no-index"]
    subprocess.run(
        [*pip, "wheel", *offline, "--no-build-isolation", "--wheel-dir", place, source], env=_around(), check=True
    )
    venv.create(place / "venv", with_pip=False)
    python = place / "venv/bin/python"
    inside = Path(sysconfig.get_path("purelib", vars={"base": str(place / "venv")}))
    (inside / "needed.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    call = [*pip, f"--python={python}", "install", *offline, "--no-compile", _wheel(place)]
    subprocess.run(call, env=_around(), check=True)


def _around() -> dict[str, str]:
    """The environment without what leads Python elsewhere, where the program may be installed already."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def _wheel(place: Path) -> Path:
    (wheel,) = place.glob("*.whl")
    return wheel


def run(installed: Path, folder: Path, *words: str) -> str:
    """What the installed program prints in a folder, which must end well."""
    call = [installed / "venv/bin/playbook", *words]
    done = subprocess.run(call, cwd=folder, env=_around(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"playbook {' '.join(words)}: {done.stdout}{done.stderr}"
    return done.stdout


def test_everything_of_the_program_is_in_the_wheel(installed: Path) -> None:
    with zipfile.ZipFile(_wheel(installed)) as archive:
        packed = {name for name in archive.namelist() if name.startswith("generator/")}
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "generator").rglob("*") if path.is_file()}
    assert sorted({name for name in files if not BUILT.search(name)} ^ packed) == []


def test_the_installed_program_is_the_one_that_runs(installed: Path, tmp_path: Path) -> None:
    code = "import generator, importlib.metadata as m; print(generator.__file__, m.version(generator.DISTRIBUTION))"
    python = installed / "venv/bin/python"
    said = subprocess.run([python, "-I", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert said.split() == [f"{installed}/venv/{said.split('/venv/')[1].split()[0]}", VERSION]
    assert run(installed, tmp_path, "--version") == f"playbook, version {VERSION}\n"


def road() -> list[list[str]]:
    """The commands of the README that lead from nothing to a site, as words."""
    block = re.search(r"^## Your own knowledge base\n.*?```sh\n(.*?)```", README, re.MULTILINE | re.DOTALL)
    assert block
    return [words for line in block[1].splitlines() if (words := shlex.split(line, comments=True))]


def test_the_road_of_the_readme_leads_from_nothing_to_a_site(installed: Path, tmp_path: Path) -> None:
    name = f"{DISTRIBUTION.replace('-', '_')}-{VERSION}-py3-none-any.whl"
    made, into = road()[0], ["pip", "install", f"./wheels/{name}[drawing]"]
    assert made[:4] == ["python3", "-m", "pip", "wheel"]
    assert made[-2:] == ["../our-playbook/wheels", "."]
    assert into in road()
    (tmp_path / "our-playbook/wheels").mkdir(parents=True)
    shutil.copy(_wheel(installed), tmp_path / "our-playbook/wheels" / name)
    commands = [words[1:] for words in road() if words[0] == "playbook"]
    assert [words[0] for words in commands] == ["init", "new", "check", "serve", "build"]
    (answers,) = re.findall(r"`playbook (init our-playbook [^`]+)`", README)
    assert "23 files written" in run(installed, tmp_path, *shlex.split(answers))
    root, said = tmp_path / "our-playbook", {}
    assert (root / "requirements.txt").read_text(encoding="utf-8").endswith(f"\n./wheels/{name}[drawing]\n")
    for words in commands:
        said[words[0]] = _serve(installed, root) if words == ["serve"] else run(installed, root, *words)
    assert said["check"].startswith("7 documents, nothing to fix")
    assert "nothing is missing" in said["init"]
    assert "Acme playbook</title>" in said["serve"]
    assert "Acme playbook</title>" in (root / "site/sops/refuse-a-refund/index.html").read_text(encoding="utf-8")


def test_a_pack_is_built_by_the_installed_program(installed: Path, tmp_path: Path) -> None:
    run(installed, tmp_path, "init", "our book", "--organisation", "Blue Pier", "--vendor", "Kite")
    for path in (tmp_path / "our book").rglob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace("status: draft", "status: active"), encoding="utf-8")
    made = run(installed, tmp_path / "our book", "pack", "build", "kite-first-line", "--format", "scorm12")
    assert "documents for vendor readers" in made


def _serve(installed: Path, root: Path) -> str:
    """The first page of the preview."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    call = [installed / "venv/bin/playbook", "serve", "--port", str(port)]
    with subprocess.Popen(call, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as running:
        try:
            until = time.monotonic() + 30
            while time.monotonic() < until and running.poll() is None:
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
                        return str(page.read().decode())
                except OSError:
                    time.sleep(0.1)
            raise AssertionError("the preview did not come up")
        finally:
            running.terminate()


# names


def test_its_name_and_version_are_told_alike_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["name"] == DISTRIBUTION
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "generator.VERSION"}
    assert set(re.findall(rf"{DISTRIBUTION}(?:\[[a-z,]+\])?==([0-9.]+[0-9])", README)) == {VERSION}


def test_nothing_asks_for_the_distribution_by_its_name() -> None:
    """It has changed once, and whoever runs the sources has none."""
    for path in (ROOT / "generator").rglob("*.py"):
        assert "importlib.metadata" not in path.read_text(encoding="utf-8"), path
