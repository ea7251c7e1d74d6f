"""Interviews are kept as they are held: resume, replay and explain take them up again."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from tests.cli.support import BICYCLE, EXACT, Outcome, Pipe, Typist
from tests.cli.terminal import Terminal

from syncsage import Engine, Session
from syncsage_cli.archive import MOST, Archive
from syncsage_cli.main import run
from syncsage_cli.repl.conversation import Conversation

SKIPS = "under load the chain jumps over the teeth"


def call(state: Path, *arguments: str | Path, typed: list[str] | None = None) -> Outcome:
    """Run the program with its state in ``state``; ``typed``: by a person at a plain terminal."""
    environment = Pipe() if typed is None else Typist(typed)
    environment.state_dir = state
    plain = [] if typed is None else ["--plain"]
    status = run(["--kb", str(BICYCLE), *plain, *map(str, arguments)], environment)
    return Outcome(status, environment.said, environment.remarked)


def kept(state: Path) -> list[Path]:
    return sorted((state / "sessions").iterdir()) if (state / "sessions").exists() else []


@pytest.fixture
def held(tmp_path: Path) -> Path:
    """The state of a person who held one interview."""
    said = call(tmp_path, typed=[SKIPS, "2", "quit"]).out
    assert said.endswith(f"Kept as {kept(tmp_path)[0].stem}; syncsage resume goes on with it.\n")
    return tmp_path


# ---------------------------------------------------------------------------------------------------------------- kept
def test_an_interview_is_kept_as_it_is_held(held: Path, engine: Engine) -> None:
    (path,) = kept(held)
    assert path.suffix == ".jsonl"
    session = Session.load(engine, path)
    assert [(event.kind, event.value) for event in session.events] == [("told", ""), ("answered", "right")]


def test_nothing_is_kept_of_an_interview_in_which_nothing_was_said(tmp_path: Path) -> None:
    call(tmp_path, typed=["help", "why", "quit"])
    assert kept(tmp_path) == []


def test_a_pipe_keeps_nothing(tmp_path: Path) -> None:
    environment = Pipe(EXACT.encode())
    environment.state_dir = tmp_path
    run(["--kb", str(BICYCLE)], environment)
    assert kept(tmp_path) == []


def test_each_new_interview_has_its_own_file(tmp_path: Path, engine: Engine) -> None:
    call(tmp_path, typed=[SKIPS, "new", EXACT, "quit"])
    told = [Session.load(engine, path).events[0].text for path in kept(tmp_path)]
    assert sorted(told) == sorted([SKIPS, EXACT])


def test_a_named_interview_is_kept_there_and_nowhere_else(tmp_path: Path, engine: Engine) -> None:
    path = tmp_path / "monday.jsonl"
    assert (
        "Kept in monday.jsonl; syncsage resume monday.jsonl goes on with it."
        in call(tmp_path, typed=[SKIPS, f"save {path}", "2", "quit"]).out
    )
    assert kept(tmp_path) == []
    assert len(Session.load(engine, path).events) == 2


def test_a_password_is_kept_nowhere(tmp_path: Path) -> None:
    call(tmp_path, typed=[SKIPS, "the proxy password: hunter2", "summary", "quit"])
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if b"hunter2" in path.read_bytes()]


def test_where_nothing_can_be_kept_the_interview_goes_on(tmp_path: Path) -> None:
    (tmp_path / "sessions").write_text("in the way", "utf-8")
    said = call(tmp_path, typed=[SKIPS, "2", "quit"]).out
    assert said.count("This interview is no longer kept: cannot write") == 1
    assert "The chain is worn" in said


def test_only_the_latest_interviews_stay(tmp_path: Path, engine: Engine) -> None:
    archive = Archive(tmp_path)
    for number in range(MOST + 1):
        session = engine.session()
        archive.begin(session)
        assert session.kept is not None
        os.utime(session.kept, (number, number))
        session.close()
    session = engine.session()
    archive.begin(session)
    session.close()
    assert len(kept(tmp_path)) == MOST
    assert min(path.stat().st_mtime for path in kept(tmp_path)) == 2


# -------------------------------------------------------------------------------------------------------------- resume
def test_the_latest_interview_goes_on(held: Path, engine: Engine) -> None:
    outcome = call(held, "resume", typed=["back", "1", "quit"])
    assert outcome.out.startswith("\nGoing on where you left.\n")
    (path,) = kept(held)
    session = Session.load(engine, path)
    assert [event.value for event in session.events] == ["", "slack"]
    assert [event.kind for event in session.log] == ["told", "answered", "undone", "answered"]


def test_an_interview_goes_on_by_its_name_or_the_beginning_of_it(held: Path) -> None:
    (path,) = kept(held)
    for name in (path.stem, path.stem[:-1], str(path)):
        assert "Going on where you left." in call(held, "resume", name, typed=["quit"]).out
    call(held, typed=[EXACT, "quit"])
    several = call(held, "resume", path.stem[:2])
    assert (several.status, several.err) == (
        2,
        f"syncsage: 2 kept interviews begin with '{path.stem[:2]}'; syncsage resume --list names them\n",
    )
    nothing = call(held, "resume", "nothing")
    assert (nothing.status, "no kept interview is called 'nothing'" in nothing.err) == (2, True)


def test_the_list_names_what_is_kept(held: Path) -> None:
    (path,) = kept(held)
    listed = call(held, "resume", "--list").out.split()
    assert listed[0] == path.stem
    assert listed[3:5] == ["2", "events"]
    (held / "sessions" / "broken.jsonl").write_text("broken", "utf-8")
    assert "broken" in call(held, "resume", "--list").out


def test_where_nothing_is_kept(tmp_path: Path) -> None:
    assert call(tmp_path, "resume", "--list").out == "No interview is kept yet.\n"
    for command in ("resume", "replay", "explain"):
        outcome = call(tmp_path, command)
        assert (outcome.status, outcome.err) == (
            2,
            "syncsage: no interview is kept yet: syncsage begins one, and keeps it by itself\n",
        )


def test_an_interview_that_is_open_elsewhere_is_offered_as_a_copy(held: Path, engine: Engine) -> None:
    (path,) = kept(held)
    with Session.open(engine, path):
        refused = call(held, "resume")
        assert refused.status == 2
        assert refused.err.endswith(
            f"is open in process {os.getpid()} on {os.uname().nodename}; --copy goes on in a copy\n"
        )
        declined = call(held, "resume", typed=["n"])
        assert (declined.status, "Go on in a copy? y/n> n" in declined.out) == (2, True)
        accepted = call(held, "resume", typed=["y", "back", "quit"])
        assert f"going on in a copy, {path.with_name(path.stem + '-copy.jsonl')}" in accepted.err.replace("\n", "")
        call(held, "resume", path, "--copy", typed=["quit"])
    assert [p.name for p in kept(held)] == [f"{path.stem}-copy.jsonl", f"{path.stem}-copy2.jsonl", path.name]
    assert [len(Session.load(engine, p).events) for p in kept(held)] == [1, 2, 2]


def test_what_can_be_read_of_a_damaged_interview_goes_on_in_a_copy(held: Path, engine: Engine) -> None:
    (path,) = kept(held)
    damaged = path.read_bytes().replace(b'"kind":"answered"', b'"kind":"answ', 1)
    path.write_bytes(damaged)
    outcome = call(held, "resume", typed=["1", "quit"])
    assert f"note: {path}: line 3 is damaged; 1 event can be read; the file stays as it is\n" in outcome.err
    assert path.read_bytes() == damaged
    copy = Session.load(engine, path.with_name(f"{path.stem}-copy.jsonl"))
    assert [event.value for event in copy.events] == ["", "slack"]
    assert call(held, "replay", path).status == 2


# ---------------------------------------------------------------------------------------------------- other knowledge
@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    """A later day: the cable is no longer asked for, and wear is the rule."""
    folder = tmp_path / "overlay"
    for name in ("causes", "problems"):
        (folder / name).mkdir(parents=True)
    cause = (BICYCLE / "causes" / "shift-cable-slack.yaml").read_text("utf-8")
    (folder / "causes" / "shift-cable-slack.yaml").write_text(cause.replace("prior: common", "prior: rare"), "utf-8")
    return folder


def test_replay_shows_what_other_knowledge_makes_of_it(held: Path, overlay: Path) -> None:
    same = call(held, "replay")
    assert same.status == 0
    assert same.out.endswith("It comes to the same.\n")
    other = call(held, "replay", "--overlay", overlay)
    assert "  engine     0.1.0 (the same)\n" in other.out
    assert " -> bicycle-" in other.out
    data: dict[str, Any] = json.loads(call(held, "replay", "--overlay", overlay, "--json").out)
    assert data["same"] is False
    assert data["knowledge_before"] != data["knowledge_after"]
    resumed = call(held, "resume", "--overlay", overlay, typed=["quit"])
    assert resumed.out.startswith("Replayed: 2 events\n")


# ------------------------------------------------------------------------------------------------------------- explain
def test_explain_answers_by_default_why_and_how(held: Path) -> None:
    outcome = call(held, "explain")
    assert outcome.out.startswith("Why this  to tell the causes apart\n")
    assert "\nThe chain is worn  possible\n" in outcome.out
    data = json.loads(call(held, "explain", "--json").out)
    assert sorted(data) == ["how", "why"]
    assert data["how"]["id"] == "chain-worn"


def test_what_was_asked_once_can_be_kept_and_explained(tmp_path: Path) -> None:
    path = tmp_path / "ticket.jsonl"
    asked = call(tmp_path, "ask", SKIPS, "--answer", "cable-tension=right", "--save", path)
    assert asked.status == 10
    assert "1.1.1" in call(tmp_path, "explain", path, "--how", "chain-worn.1").out
    assert call(tmp_path, "ask", SKIPS, "--save", path).status == 2
    assert call(tmp_path, "ask", SKIPS, "--md", "--save", tmp_path / "other.jsonl").out.startswith("# The chain skips")
    assert len(kept(tmp_path)) == 0


def test_explain_answers_everything_at_once(held: Path) -> None:
    asked = ("--why", "--how", "1", "--whynot", "2", "--what-if", "chain-gauge=stays-out", "--facts", "--rules")
    page = call(held, "explain", *asked).out
    for words in ("Why this", "  1.1  ", "Why not: ", "What if  Does a chain gauge", "What is known", "Not evaluated"):
        assert words in page
    data = json.loads(call(held, "explain", *asked, "--json").out)
    assert sorted(data) == ["facts", "how", "rules", "what_if", "why", "whynot"]
    assert data["facts"]["known"][0]["origin"] == {
        "kind": "answer", "said": 2, "first": None, "last": None, "quote": "", "rule": "",
    }  # fmt: skip


def test_explain_goes_down_by_number(held: Path) -> None:
    assert "It rests on" in call(held, "explain", "--how", "1.1").out
    assert "You answered that. To answer anew: change 2" in call(held, "explain", "--how", "chain-worn.1.1").out
    leaf = json.loads(call(held, "explain", "--how", "1.1.1", "--json").out)["how"]
    assert (leaf["kind"], leaf["number"], leaf["origin"]["said"]) == ("answer", "1.1", 2)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--how", "9"), "there is no cause 9: 2 are in question"),
        (("--how", "1.9"), "'The chain is worn' has no reason 9: --how 1 shows them"),
        (("--how", "chain-wron"), "no cause 'chain-wron'; did you mean 'chain-worn'?"),
        (("--what-if", "chain-gauge"), "is not of the form question=answer"),
        (("--what-if", "chain-gauge=often"), "'chain-gauge' cannot be 'often'"),
    ],
)
def test_what_cannot_be_explained_is_told(held: Path, arguments: tuple[str, ...], message: str) -> None:
    outcome = call(held, "explain", *arguments)
    assert outcome.status == 2
    assert message in outcome.err


def test_explaining_does_not_need_the_file_alone(held: Path, engine: Engine) -> None:
    (path,) = kept(held)
    content = path.read_bytes()
    with Session.open(engine, path):
        assert call(held, "explain", "--why").status == 0
    assert path.read_bytes().startswith(content)


# ------------------------------------------------------------------------------------------------------- real process
def test_a_killed_interview_goes_on(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    try:
        terminal.start()
        terminal.sees("help lists the commands")
        terminal.sends(SKIPS + "\r")
        terminal.sees("Is the derailleur cable slack?")
        terminal.sends("2\r")
        terminal.sees("Does a chain gauge drop in")
    finally:
        terminal.close()
    again = Terminal(tmp_path)
    try:
        again.start("resume")
        again.sees("Going on where you left.")
        again.sees("Does a chain gauge drop in")
        again.sends("quit\r")
        assert again.status() == 10
    finally:
        again.close()
    assert [path.suffix for path in (tmp_path / "syncsage" / "sessions").iterdir()] == [".jsonl"]


def test_taking_back_the_first_word_leaves_a_new_interview(conversation: Conversation) -> None:
    conversation.hear(SKIPS)
    conversation.hear("back")
    assert conversation.session.events == ()
    again = Conversation(conversation.engine, Session(conversation.engine, conversation.session.log))
    assert again.greet().blocks
    assert again.asking == "nothing"


def test_a_kept_interview_is_reported_and_exported_by_its_name(held: Path) -> None:
    name, copy = kept(held)[0].stem, held / "copy.jsonl"
    assert call(held, "report").out.startswith("# The chain skips")
    assert call(held, "report", name, "--format", "json").out.startswith("{")
    assert call(held, "export", name, "-o", copy).err.startswith(f"written: {copy}")
    assert "called 'monday'" in call(held, "report", "monday").err
