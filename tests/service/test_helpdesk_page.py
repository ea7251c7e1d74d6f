"""docs/helpdesk.md and deploy/: each example of a call is made, and what the page says of the files is so."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.conftest import ROOT

from syncsage import Engine
from syncsage_service import Settings, create_app

PAGE = (ROOT / "docs" / "helpdesk.md").read_text("utf-8")
CONTAINER = (ROOT / "deploy" / "Containerfile").read_text("utf-8")
UNIT = (ROOT / "deploy" / "syncsage.service").read_text("utf-8")
BASE = "http://127.0.0.1:8080"


def calls() -> list[list[str]]:
    """Return the words of every call of curl on the page, but for those that need a shell."""
    blocks = re.findall(r"^```sh\n(curl .*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    words = [word for block in blocks for word in shlex.split(block.replace("\\\n", " "))]
    starts = [place for place, word in enumerate(words) if word == "curl"]
    return [words[start + 1 : end] for start, end in zip(starts, [*starts[1:], len(words)], strict=True)]


def made(client: TestClient, words: list[str], session: str) -> Any:
    """Make a call as curl would."""
    given: dict[str, Any] = {"method": "GET", "headers": {}, "url": words[-1].replace("$SESSION", session)}
    options = iter(words[:-1])
    for option in options:
        if option == "--json":
            given |= {"method": "POST", "json": json.loads(next(options))}
        elif option == "-X":
            given["method"] = next(options)
        elif option == "-i":
            continue  # shows the headers
        else:
            assert option == "-H"
            name, _, value = next(options).partition(": ")
            given["headers"][name] = value
    return client.request(**given)


def test_the_signature_that_the_page_makes_is_taken(tmp_path: Path, engine: Engine) -> None:
    (script,) = re.findall(r"^```sh\n(body=.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    secret = "0123456789abcdef0123456789abcdef"
    told = subprocess.run(
        ["sh", "-c", 'curl() { printf "%s\\n" "$@"; }\n' + script],
        env={"PATH": "/usr/bin:/bin", "SECRET": secret},
        capture_output=True,
        text=True,
        check=True,
    )
    words = told.stdout.splitlines()
    body, sent = words[words.index("-d") + 1], [words[n + 1] for n, word in enumerate(words) if word == "-H"]
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'service.db'}", variables={"GENERIC_SECRET": secret})
    with TestClient(create_app(settings, engine), base_url=BASE, client=("127.0.0.1", 50000)) as client:
        headers = dict(header.split(": ", 1) for header in sent)
        answer = client.post(words[-1], content=body, headers=headers)
        forged = client.post(words[-1], content=body.replace("4711", "4712"), headers=headers)
    assert (answer.status_code, answer.json(), forged.status_code) == (202, {"status": "accepted"}, 401)


@pytest.fixture
def bundled(tmp_path: Path) -> Iterator[TestClient]:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'service.db'}")
    engine = Engine.load(cache_dir=tmp_path)
    with TestClient(create_app(settings, engine), base_url=BASE, client=("127.0.0.1", 50000)) as client:
        yield client


def test_every_call_on_the_page_works(bundled: TestClient) -> None:
    session, answers = "", list[tuple[str, Any]]()
    for words in calls():
        answer = made(bundled, words, session)
        assert answer.is_success, (words, answer.text)
        session = BASE + answer.headers["Location"] if "Location" in answer.headers else session
        answers.append((words[-1], answer))
    assert [place.removeprefix(BASE) for place, _ in answers] == [
        *["/v1/diagnosis"] * 2,
        "/v1/sessions",
        *["$SESSION/turns"] * 2,
        "$SESSION",
        "$SESSION/feedback",
        "$SESSION",
        "/healthz",
        "/readyz",
    ]
    first, second, begun = (answer.json() for _, answer in answers[:3])
    assert first["next"]["kind"] in ("question", "check")
    assert second["causes"][0]["id"] == "sup-port-mismatch"
    assert begun["step"]["problems"]
    assert answers[2][1].headers["ETag"] == '"1"'


def test_the_configuration_of_clients_is_json_that_starts_the_server() -> None:
    (block,) = re.findall(r"^```json\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert json.loads(block)["mcpServers"]["syncsage"] == {"command": "syncsage", "args": ["mcp"]}


def test_every_setting_is_in_the_table() -> None:
    listed = set(re.findall(r"^\| `SYNCSAGE_(\w+)` \|", PAGE, re.MULTILINE))
    source = (ROOT / "service" / "syncsage_service" / "settings.py").read_text("utf-8")
    read = set(re.findall(r'given(?:\.get\(|\[|, )"([A-Z_]+)"', source))
    assert read
    assert read <= listed


def test_page_and_files_build_and_start_the_same_way() -> None:
    install = (
        "-m pip install --no-cache-dir --constraint constraints.txt --build-constraint constraints.txt '.[service]'"
    )
    assert install in CONTAINER
    assert "-m pip install --constraint constraints.txt '.[service]'" in PAGE
    build = "podman build -t syncsage -f deploy/Containerfile ."
    assert build in CONTAINER
    assert build in PAGE
    assert "/opt/syncsage/bin/syncsage serve --host 127.0.0.1" in UNIT
    assert "install -m 644 deploy/syncsage.service /etc/systemd/system/" in PAGE


def test_the_container_runs_without_rights_and_offline() -> None:
    final = CONTAINER.rpartition("\nFROM ")[2]
    assert re.search(r"^USER 10001$", final, re.MULTILINE)
    assert "HF_HUB_OFFLINE=1" in final
    assert "build-essential" not in final
    assert json.loads(re.findall(r"^ENTRYPOINT (.+)$", final, re.MULTILINE)[0]) == ["syncsage"]
    assert json.loads(re.findall(r"^CMD (.+)$", final, re.MULTILINE)[0])[:2] == ["serve", "--host"]


def test_the_check_of_the_container_is_python_that_asks_the_service() -> None:
    (command,) = re.findall(r"^    CMD (.+)$", CONTAINER, re.MULTILINE)
    program, flag, code = json.loads(command)
    assert (program, flag) == ("python", "-c")
    compile(code, "HEALTHCHECK", "exec")
    assert "http://127.0.0.1:8080/healthz" in code


def test_what_the_container_is_built_from_is_there() -> None:
    ignored = (ROOT / ".containerignore").read_text("utf-8").split()
    assert ".venv" in ignored
    assert not {"engine", "cli", "service", "kb", "tools", "constraints.txt", "pyproject.toml"} & set(ignored)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is part of systemd")
def test_the_unit_is_one_that_systemd_takes(tmp_path: Path) -> None:
    unit = tmp_path / "syncsage.service"
    unit.write_text(UNIT.replace("/opt/syncsage/bin/syncsage", "/bin/true"), "utf-8")
    done = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    complaints = [line for line in done.stderr.splitlines() if str(unit) in line or line.startswith("syncsage.service")]
    assert (done.returncode, complaints) == (0, [])


@pytest.mark.parametrize(
    "line", ["DynamicUser=yes", "ProtectSystem=strict", "MemoryMax=1G", "CapabilityBoundingSet=", "NoNewPrivileges=yes"]
)
def test_the_unit_is_hardened(line: str) -> None:
    assert f"\n{line}\n" in UNIT
