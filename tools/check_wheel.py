"""Build sdist and wheel, install the wheel in a clean environment, and use the program from another folder.

The tests run in the source tree, where the knowledge base and the type marker are found whether or not they
are packaged. This script is the only proof that what is shipped works without the tree: ``make wheel``.

The clean environment is kept in ``.venv-wheel`` while pyproject.toml, constraints.txt and the interpreter
stay the same, and only the wheel itself is installed again: what it needs is then what a first installation
brought. A new one is made without the extra ``service`` first: the program has to work without it.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from dataclasses import dataclass
from pathlib import Path

from check_archives import check_contents
from check_service import ERROR_TEXT, CheckError, refuse, serve, surroundings_in

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / ".venv-wheel"
KEY = ENVIRONMENT / "made-for"

COMPLAINT = "our wsus gets no updates since the proxy was replaced"
#: Answers a complaint and tells what must not be needed for it.
COLD_START = """
import sys
from syncsage_cli.environment import Environment
from syncsage_cli.main import run
status = run(["ask", sys.argv[1], "--json"], Environment.real())
heavy = {"scipy", "sentence_transformers", "torch", "transformers"} & set(sys.modules)
sys.exit(f"a free text imports {', '.join(sorted(heavy))}" if heavy else status)
"""


@dataclass(frozen=True, slots=True)
class Trial:
    """One call of the installed program.

    Attributes:
        arguments: What follows the program's name.
        codes: The exit codes that are right.
        shows: A text that standard output must contain.
        is_json: Standard output must be one JSON object with a problem recognised.
    """

    arguments: tuple[str, ...]
    codes: tuple[int, ...] = (0,)
    shows: str = ""
    is_json: bool = False


TRIALS = (
    Trial(("lookup", "6703"), shows="6703"),
    Trial(("ask", ERROR_TEXT, "--json"), codes=(0, 10), is_json=True),
    Trial(("kb", "lint")),
    Trial(("kb", "test")),
)


def build(into: Path) -> tuple[Path, Path]:
    """Build the sdist, and the wheel from the sdist, into a folder.

    Returns:
        The paths of sdist and wheel.
    """
    _run([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(into), str(ROOT)])
    (sdist,) = into.glob("*.tar.gz")
    (wheel,) = into.glob("*.whl")
    return sdist, wheel


@dataclass(frozen=True, slots=True)
class Installation:
    """The folder of programs of the clean environment, and whether that was made just now, without the extra."""

    programs: Path
    plain: bool


def install(wheel: Path) -> Installation:
    """Install the wheel in the clean environment; in a new one without the extra ``service``."""
    programs = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
    if KEY.is_file() and KEY.read_text("utf-8") == _key():
        _run([*_pip(programs), "--no-deps", "--force-reinstall", str(wheel)])
        return Installation(programs, plain=False)
    venv.create(ENVIRONMENT, clear=True, with_pip=True)
    _run([*_pip(programs), "pip"])
    _run([*_pip(programs), "--build-constraint", str(ROOT / "constraints.txt"), str(wheel)])
    return Installation(programs, plain=True)


def add_service(installation: Installation, wheel: Path) -> None:
    """Add the extra ``service``; from here on the environment may be kept."""
    if installation.plain:
        _run([*_pip(installation.programs), f"{wheel}[service]"])
        KEY.write_text(_key(), "utf-8")


def _pip(programs: Path) -> list[str]:
    return [str(programs / "python"), "-m", "pip", "install", "-qq", "--constraint", str(ROOT / "constraints.txt")]


def _key() -> str:
    needs = [ROOT / "pyproject.toml", ROOT / "constraints.txt"]
    return hashlib.sha256(b"\0".join([sys.version.encode(), *map(Path.read_bytes, needs)])).hexdigest()


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
    if done.returncode:
        raise CheckError(f"{' '.join(command)} failed\n{done.stdout[-4000:]}{done.stderr[-4000:]}")


def use(programs: Path, folder: Path, version: str) -> None:
    """Import the library and run the program in a folder outside the tree, with a home of its own.

    Raises:
        CheckError: An exit code or an output is not the expected one.
    """
    surroundings = surroundings_in(folder)
    where = "import pathlib, syncsage; print(pathlib.Path(syncsage.__file__).resolve().parent)"
    imported = _output([str(programs / "python"), "-c", where], folder, surroundings, (0,)).strip()
    if ENVIRONMENT not in Path(imported).parents:
        raise CheckError(f"`import syncsage` found {imported}, not the installed wheel")
    for trial in (Trial(("--version",), shows=version), *TRIALS):
        began = time.perf_counter()
        output = _output([str(programs / "syncsage"), *trial.arguments], folder, surroundings, trial.codes)
        _check_output(trial, output)
        print(f"  ok {time.perf_counter() - began:6.2f} s  syncsage {' '.join(trial.arguments)}")


def use_cold(programs: Path, folder: Path) -> None:
    """Answer a complaint in a home that knows nothing yet: with the vectors that came with the wheel.

    Raises:
        CheckError: Something heavy is imported, or vectors are made.
    """
    began = time.perf_counter()
    command = [str(programs / "python"), "-c", COLD_START, COMPLAINT]
    output = _output(command, folder, surroundings_in(folder), (0, 10, 11))
    _check_output(Trial(("ask", COMPLAINT, "--json"), is_json=True), output)
    if made := sorted(path.name for path in folder.rglob("vectors-*")):
        raise CheckError(f"a free text makes vectors that should have come with the wheel: {', '.join(made)}")
    print(f"  ok {time.perf_counter() - began:6.2f} s  a free text in a new home: no torch, no vectors to make")


def _output(command: list[str], folder: Path, surroundings: dict[str, str], codes: tuple[int, ...]) -> str:
    done = subprocess.run(
        command,
        cwd=folder,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode not in codes:
        said = done.stdout[-2000:] + done.stderr[-4000:]
        raise CheckError(f"{' '.join(command)} ended with {done.returncode}\n{said}")
    return done.stdout


def _check_output(trial: Trial, output: str) -> None:
    call = f"syncsage {' '.join(trial.arguments)}"
    if trial.shows not in output:
        raise CheckError(f"{call} does not show {trial.shows!r} but\n{output[:2000]}")
    if trial.is_json and not json.loads(output).get("problems"):
        raise CheckError(f"{call} recognised no problem:\n{output[:2000]}")


def main() -> int:
    """Run all checks.

    Returns:
        0, or 1 after the first check that failed.
    """
    with tempfile.TemporaryDirectory(prefix="syncsage-wheel-") as name:
        folder = Path(name)
        try:
            sdist, wheel = build(folder / "dist")
            check_contents(sdist, wheel)
            for archive in (sdist, wheel):
                print(f"  built {archive.name}, {archive.stat().st_size:,} bytes")
            installation = install(wheel)
            elsewhere = folder / "elsewhere"
            elsewhere.mkdir()
            use_cold(installation.programs, elsewhere)
            use(installation.programs, elsewhere, version=wheel.name.split("-")[1])
            if installation.plain:
                refuse(installation.programs, elsewhere)
            add_service(installation, wheel)
            serve(installation.programs, elsewhere)
        except CheckError as fault:
            print(f"check_wheel: {fault}", file=sys.stderr)
            return 1
    print("the wheel works in a clean environment")
    return 0


if __name__ == "__main__":
    sys.exit(main())
