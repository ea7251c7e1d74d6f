"""What is given away: report, export and unmask on the command line, report and summary in the interview."""

from __future__ import annotations

import json
import os
import shutil
import stat
from pathlib import Path

import pytest
from tests.cli.support import EXACT, call, hold

from syncsage import Engine
from syncsage_cli.exit_status import ExitStatus

TOLD = f"{EXACT} on srv02.corp.acme.com, says ACME\\jdoe"


@pytest.fixture
def saved(certain_engine: Engine, tmp_path: Path) -> Path:
    session = certain_engine.session()
    session.tell(TOLD)
    session.answer("magnet-at-sensor", "no")
    file = tmp_path / "ticket.json"
    session.save(file)
    return file


@pytest.mark.parametrize("ending", ["md", "html", "json"])
def test_the_ending_names_the_form_and_who_is_who_lies_beside(saved: Path, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"report.{ending}"
    outcome = call("report", saved, "-o", target)
    assert (outcome.status, outcome.out) == (ExitStatus.OK, "")
    assert "jdoe" not in target.read_text("utf-8")
    assert "HOST-1.DOMAIN-1" in target.read_text("utf-8")
    names = tmp_path / "report.names.json"
    assert stat.S_IMODE(names.stat().st_mode) == 0o600
    assert outcome.err.splitlines() == [
        f"written: {target}",
        f"4 names are masked; {names} tells who is who: keep it to yourself",
    ]
    back = call("unmask", target)
    assert TOLD.partition(" on ")[2] in back.out.replace("\\\\", "\\").replace("&#x27;", "'")
    call("unmask", target, "-o", tmp_path / "back.txt")
    assert (tmp_path / "back.txt").read_text("utf-8") == back.out


def test_without_a_file_it_is_markdown_on_standard_output(saved: Path, tmp_path: Path) -> None:
    outcome = call("report", saved)
    assert outcome.out.startswith("# The motor gets no speed signal\n")
    assert outcome.err == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ticket.json"]
    mapped = call("report", saved, "--format", "json", "--map", tmp_path / "who.json")
    assert json.loads(mapped.out)["masked"] is True
    assert (tmp_path / "who.json").exists()


def test_names_stay_where_they_are_wanted(saved: Path, tmp_path: Path) -> None:
    outcome = call("report", saved, "--unmasked", "-o", tmp_path / "r.md")
    assert TOLD in (tmp_path / "r.md").read_text("utf-8")
    assert outcome.err == f"written: {tmp_path / 'r.md'}\n"
    assert not (tmp_path / "r.names.json").exists()


def test_an_interview_without_names_has_no_map(certain_engine: Engine, tmp_path: Path) -> None:
    session = certain_engine.session()
    session.tell(EXACT)
    session.save(tmp_path / "s.json")
    outcome = call("report", tmp_path / "s.json", "-o", tmp_path / "r.md")
    assert outcome.err.endswith("nothing had to be masked\n")
    assert outcome.status == ExitStatus.SEVERAL_CAUSES
    assert not (tmp_path / "r.names.json").exists()


def test_an_exported_interview_can_be_taken_up_by_somebody_else(saved: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.json"
    outcome = call("export", saved, "-o", copy)
    assert '"by"' not in copy.read_text("utf-8")  # the machine and the process that wrote it
    assert (outcome.status, outcome.out) == (ExitStatus.OK, "")
    assert "acme" not in copy.read_text("utf-8").lower()
    assert "HOST-1.DOMAIN-1" in call("report", copy).out
    back = call("unmask", copy, "--map", tmp_path / "copy.names.json").out.splitlines()
    opened, *events = saved.read_text("utf-8").splitlines()
    assert {**json.loads(back[0]), "by": json.loads(opened)["by"]} == json.loads(opened)
    assert back[1:] == events
    call("export", saved, "-o", copy, "--unmasked")
    assert copy.read_text("utf-8") == saved.read_text("utf-8")


def test_an_answer_that_speaks_of_pseudonyms_is_read_from_a_pipe(saved: Path, tmp_path: Path) -> None:
    call("report", saved, "-o", tmp_path / "r.md")
    outcome = call("unmask", "-", "--map", tmp_path / "r.names.json", piped=b"reboot HOST-1, then ask USER-1\n")
    assert outcome.out == "reboot srv02, then ask jdoe\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("report", "none.json"), "no such file, and no kept interview is called 'none.json'"),
        (("report", "{saved}", "-o", "r.pdf"), "what form is r.pdf? End the name in .md, .html or .json"),
        (("report", "{saved}", "-o", "{saved}"), "is the interview itself: choose another name for the report"),
        (("report", "{saved}", "-o", "none/r.md"), "cannot write none/r.md: No such file or directory"),
        (("export", "{saved}", "-o", "{saved}"), "is the interview itself: choose another name for the copy"),
        (("unmask", "{saved}"), "ticket.names.json: No such file or directory"),
        (("unmask", "{saved}", "--map", "{saved}"), "is not a map of names"),
        (("unmask", "-"), "standard input has no names beside it: name them with --map"),
        (("kb", "graph", "chain-wornn"), "did you mean 'chain-worn'"),
    ],
)
def test_what_cannot_be_done_is_said(
    saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = call(*(argument.format(saved=saved) for argument in arguments))
    assert outcome.status == ExitStatus.USAGE
    assert said in outcome.err
    assert len(outcome.err.splitlines()) == 1


# ----------------------------------------------------------------------------------------------------- in the interview
def test_the_interview_writes_a_report(certain_engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "monday.html"
    shown = hold(certain_engine, [TOLD, f"report {file}", "2", f"/report {file} unmasked", "quit"])
    assert "names are masked" in " ".join(shown.split())
    assert "jdoe" in file.read_text("utf-8")
    assert (tmp_path / "monday.names.json").exists()
    assert "exists already" not in shown


def test_a_file_of_something_else_is_not_overwritten(certain_engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "monday.md"
    file.write_text("mine", "utf-8")
    assert "exists already: choose another name." in " ".join(hold(certain_engine, [TOLD, f"report {file}"]).split())
    assert file.read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("report", "Under which name? Such as: report monday.html"),
        ("/report monday", "What form is monday?"),
        ("report nowhere/monday.md", "Cannot write nowhere/monday.md"),
    ],
)
def test_what_is_missing_is_asked_for(certain_engine: Engine, line: str, said: str) -> None:
    assert said in " ".join(hold(certain_engine, [EXACT, line]).split())


def test_nothing_told_is_nothing_to_report(certain_engine: Engine) -> None:
    shown = hold(certain_engine, ["report monday.md", "summary"])
    assert shown.count("Nothing has been told yet.") == 2


def test_a_sentence_that_begins_with_report_is_a_text(certain_engine: Engine) -> None:
    assert "Recognised: The motor gets no speed signal" in hold(certain_engine, [f"report {EXACT}"])


def test_the_summary_is_masked_unless_asked_otherwise(certain_engine: Engine) -> None:
    masked, bare = (
        hold(certain_engine, [TOLD, line]).partition("summary")[2] for line in ("summary", "summary unmasked")
    )
    assert "HOST-1.DOMAIN-1" in masked.partition("1-")[0]
    assert "srv02.corp.acme.com" in bare.partition("1-")[0]


# ---------------------------------------------------------------------------------------------------------------- graph
def test_the_graph_is_mermaid_text() -> None:
    outcome = call("kb", "graph", "chain-skips")
    assert (outcome.status, outcome.err) == (ExitStatus.OK, "")
    assert outcome.out.startswith('flowchart LR\n  n1(["The chain skips"])\n')


def test_it_is_drawn_where_graphviz_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dot = tmp_path / "dot"
    dot.write_text(f"#!{shutil.which('sh')}\necho '<svg/>'\n", "utf-8")
    dot.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path) + os.pathsep + os.environ["PATH"])
    outcome = call("kb", "graph", "--svg", tmp_path / "g.svg")
    assert (tmp_path / "g.svg").read_text("utf-8") == "<svg/>\n"
    assert outcome.err == f"written: {tmp_path / 'g.svg'}\n"


@pytest.mark.parametrize(
    ("program", "said"),
    [
        (None, "--svg needs Graphviz: its program dot is not on the path"),
        ("echo no >&2; exit 1", "could not draw it: no"),
    ],
)
def test_what_graphviz_cannot_draw_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str | None, said: str
) -> None:
    if program is not None:
        (tmp_path / "dot").write_text(f"#!{shutil.which('sh')}\n{program}\n", "utf-8")
        (tmp_path / "dot").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    outcome = call("kb", "graph", "--svg", tmp_path / "g.svg")
    assert outcome.status == ExitStatus.USAGE
    assert said in outcome.err
    assert outcome.out.startswith("flowchart LR\n")
    assert not (tmp_path / "g.svg").exists()
