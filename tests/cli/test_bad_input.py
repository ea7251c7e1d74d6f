"""Whatever is thrown at it: a short message and the right exit code, never a traceback."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from tests.cli.support import EXACT, Outcome, Pipe, call


def refused(outcome: Outcome, status: int, message: str) -> None:
    assert outcome.status == status
    assert message in outcome.err
    assert outcome.out == ""
    assert "Traceback" not in outcome.err


def test_a_missing_file() -> None:
    refused(call("ask", "no/such/ride.log"), 2, "no such file: no/such/ride.log")


def test_a_folder(tmp_path: Path) -> None:
    refused(call("ask", tmp_path), 2, "this is a folder")


def test_binary_data() -> None:
    refused(call("ask", "-", piped=b"MZ\x90\x00\x03" + bytes(range(256)) * 100), 2, "binary")


def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "ride.log"
    path.symlink_to(path)  # root may read everything, but nobody gets to the end of a circle
    refused(call("ask", path), 2, "cannot read")


def test_an_unknown_option_and_an_unknown_command() -> None:
    refused(call("ask", "--colour"), 2, "--colour")
    refused(call("aks", EXACT), 2, 'To ask about a text: syncsage ask "..."')


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_text_as_other_systems_write_it(encoding: str) -> None:
    assert call("ask", "-", "--json", piped=f"{EXACT}\r\n".encode(encoding)).out == call("ask", EXACT, "--json").out


def test_nul_bytes_are_left_out_with_a_note() -> None:
    outcome = call("ask", "-", piped=EXACT.replace(" ", " \x00").encode())
    assert outcome.out.startswith("Recognised: The motor gets no speed signal")
    assert "note: " in outcome.err
    assert "NUL" in outcome.err


def test_twenty_megabytes() -> None:
    line = b"[10:15] 23 km/h, all well, support level three of five\n"
    filler = line * (20 * 1024 * 1024 // len(line))
    outcome = call("ask", "-", piped=filler + EXACT.encode() + b"\n")
    assert outcome.out.startswith("Recognised: The motor gets no speed signal")


def test_one_line_of_a_megabyte() -> None:
    outcome = call("ask", "-", piped=b"x" * 1_000_000 + b" " + EXACT.encode())
    assert outcome.status in (0, 10, 11)


@pytest.mark.parametrize("content", ["id: [", "- just a list\n", "id: chain-worn\nnonsense: 1\n"])
def test_a_broken_overlay(tmp_path: Path, content: str) -> None:
    folder = tmp_path / "causes"
    folder.mkdir()
    (folder / "chain-worn.yaml").write_text(content, "utf-8")
    refused(call("--overlay", tmp_path, "ask", EXACT), 3, "causes/chain-worn.yaml:")
    refused(call("ask", EXACT, "--overlay", tmp_path), 3, "causes/chain-worn.yaml:")


def test_a_missing_knowledge_base(tmp_path: Path) -> None:
    refused(call("--kb", tmp_path / "gone", "ask", EXACT), 3, "gone")


def test_a_version_is_told_even_with_broken_knowledge(tmp_path: Path) -> None:
    outcome = call("--kb", tmp_path / "gone", "--version")
    assert outcome.status == 0
    assert re.search(r"^knowledge +unusable, 1 faults", outcome.out, re.MULTILINE)


@pytest.mark.parametrize("model", ["/nowhere/at/all", "nobody/no-such-model", str(Path(__file__).parent)])
def test_a_model_that_is_not_here_is_named_with_where_it_was_asked_for(
    model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Pipe.__init__

    def with_model(self: Pipe, *arguments: Any, **named: Any) -> None:
        plain(self, *arguments, **named)
        self.variables = {"SYNCSAGE_MODEL": model}

    monkeypatch.setattr(Pipe, "__init__", with_model)
    outcome = call("ask", "it makes a noise")
    refused(outcome, 1, model)
    assert "SYNCSAGE_MODEL" in outcome.err
    assert call("ask", EXACT).status == 10
    assert re.search(r"^model +unusable: no embedding model", call("--version").out, re.MULTILINE)


def test_a_fault_of_the_program_is_short_unless_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the chain broke")

    monkeypatch.setattr("syncsage.Engine.lookup", fail)
    outcome = call("lookup", "E21")
    refused(outcome, 1, "RuntimeError: the chain broke")
    assert "--debug" in outcome.err
    with pytest.raises(RuntimeError):
        call("--debug", "lookup", "E21")
