"""Session files: one line an event, read whatever happened to them, written by one process at a time."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import BICYCLE, ROOT

from syncsage.engine import Engine
from syncsage.errors import InputError, SessionBusyError
from syncsage.session import Session, read_session
from syncsage.step import UNKNOWN

TEXT = "E21 check speed sensor"


def squeaking(engine: Engine) -> Session:
    session = engine.session()
    session.tell(TEXT)
    session.answer("magnet-at-sensor", "yes")
    session.answer("what-happened", UNKNOWN, "later")
    session.undo()
    session.answer("fix:magnet-moved", "failed")
    return session


@pytest.fixture
def kept(certain_engine: Engine, tmp_path: Path) -> Iterator[Session]:
    """A session of five events that is kept in ``ride.jsonl``."""
    session = squeaking(certain_engine)
    session.keep(tmp_path / "ride.jsonl")
    yield session
    session.close()


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


# ------------------------------------------------------------------------------------------------------ kept and saved
def test_every_event_is_a_line_as_it_comes(certain_engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "ride.jsonl"
    with certain_engine.session() as session:
        session.keep(path)
        assert session.kept == path
        assert [line["kind"] for line in lines(path)] == ["opened"]
        session.tell(TEXT)
        session.answer("magnet-at-sensor", "no")
        session.undo()
        told, answered, undone = lines(path)[1:]
    assert told | {"then": 0} == {"n": 1, "kind": "told", "text": TEXT, "then": 0}
    assert answered | {"then": 0} == {"n": 2, "kind": "answered", "id": "magnet-at-sensor", "value": "no", "then": 0}
    assert undone | {"then": 0} == {"n": 3, "kind": "undone", "undoes": 2, "then": 0}
    assert undone["then"] == told["then"]
    assert answered["then"]["next"] == "fix:magnet-moved"
    assert answered["then"]["causes"][0][:2] == ["magnet-moved", "likely"]


def test_lines_keep_their_schema(kept: Session, tmp_path: Path) -> None:
    schema = json.loads(files("syncsage").joinpath("session.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    kept.save(tmp_path / "saved.jsonl")
    kept.close()
    Session.open(kept.engine, tmp_path / "ride.jsonl").close()
    for name in ("ride.jsonl", "saved.jsonl"):
        for line in lines(tmp_path / name):
            validator.validate(line)
    assert [line["kind"] for line in lines(tmp_path / "ride.jsonl")].count("opened") == 2
    assert not validator.is_valid({"n": 1, "kind": "told", "text": "x", "extra": 1})
    assert not validator.is_valid({"n": 1, "kind": "sung"})


def test_a_session_goes_on_where_it_was(kept: Session, tmp_path: Path) -> None:
    kept.close()
    with Session.open(kept.engine, str(tmp_path / "ride.jsonl")) as again:
        assert (again.log, again.events, again.step) == (kept.log, kept.events, kept.step)
        again.answer("what-happened", "wheel-out")
    loaded = Session.load(kept.engine, tmp_path / "ride.jsonl")
    assert loaded.step == again.step
    assert loaded.kept is None
    assert [event.number for event in loaded.log] == [1, 2, 3, 4, 5, 6]


def test_a_saved_session_is_for_its_owner_and_alone(kept: Session, tmp_path: Path) -> None:
    file = tmp_path / "session.jsonl"
    file.write_text("older", "utf-8")
    kept.save(file)
    kept.close()
    assert stat.S_IMODE(file.stat().st_mode) == stat.S_IMODE((tmp_path / "ride.jsonl").stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ride.jsonl", "session.jsonl"]
    assert Session.load(kept.engine, file).log == kept.log


def test_no_file_is_overwritten_by_keeping(kept: Session, tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("precious", "utf-8")
    with pytest.raises(InputError, match="precious exists already"):
        kept.keep(tmp_path / "precious")
    assert (tmp_path / "precious").read_text("utf-8") == "precious"
    assert kept.kept == tmp_path / "ride.jsonl"


def test_secrets_are_never_kept(certain_engine: Engine, tmp_path: Path) -> None:
    with certain_engine.session() as session:
        session.keep(tmp_path / "kept")
        session.tell("E21 check speed sensor, password: hunter2, http://joe:hunter2@bike/")
        session.save(tmp_path / "saved")
        assert "hunter2" not in (tmp_path / "kept").read_text("utf-8") + (tmp_path / "saved").read_text("utf-8")
    assert "hunter2" not in repr(session.log)
    assert "hunter2" not in session.report(unmasked=True).to_markdown()
    assert "***" in session.events[0].text


def test_any_text_can_be_saved(certain_engine: Engine, tmp_path: Path) -> None:
    session = certain_engine.session()
    session.tell("E21 check speed sensor \udce4 ü 自転車 \u2028 \x85")
    session.save(tmp_path / "s")
    assert Session.load(certain_engine, tmp_path / "s").log == session.log


def test_what_cannot_be_read_or_written_is_told(certain_engine: Engine, tmp_path: Path) -> None:
    for read in (Session.load, Session.open):
        with pytest.raises(InputError, match="cannot read"):
            read(certain_engine, tmp_path / "nowhere.jsonl")
    for path in (tmp_path / "no" / "folder" / "s", tmp_path / "folder"):
        (tmp_path / "folder" / "full").mkdir(parents=True, exist_ok=True)
        with pytest.raises(InputError, match="cannot write"):
            certain_engine.session().save(path)
    with pytest.raises(InputError, match="cannot write"):
        certain_engine.session().keep(tmp_path / "no" / "folder" / "s")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder"]


def test_a_full_disk_ends_the_keeping_not_the_interview(
    kept: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full(descriptor: int, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        step = kept.answer("what-happened", "wheel-out")
    assert kept.step == step
    assert kept.unkept.endswith("ride.jsonl: No space left on device")
    assert kept.kept is None
    kept.keep(tmp_path / "elsewhere.jsonl")
    assert kept.unkept == ""
    assert Session.load(kept.engine, tmp_path / "elsewhere.jsonl").step == step


# -------------------------------------------------------------------------------------------------------- older formats
def test_a_file_of_format_1_goes_on(certain_engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    events = [
        {"kind": "told", "reason": "dont_know", "text": TEXT},
        {"kind": "answered", "id": "what-happened", "value": "unknown", "reason": "later"},
        {"kind": "answered", "id": "magnet-at-sensor", "value": "no", "reason": "dont_know"},
    ]
    old = {"format": 1, "engine": "0.0.9", "knowledge": "bicycle-old", "events": events}
    path.write_text(json.dumps(old, indent=2), "utf-8")
    stored = read_session(path)
    assert (stored.opened.format, stored.opened.engine, stored.opened.knowledge) == (1, "0.0.9", "bicycle-old")
    with Session.open(certain_engine, path) as session:
        assert [(e.number, e.kind, e.reason) for e in session.events] == [
            (1, "told", "dont_know"),
            (2, "answered", "later"),
            (3, "answered", "dont_know"),
        ]
        session.undo()
    written = lines(path)
    assert [line["kind"] for line in written] == ["opened", "told", "answered", "answered", "opened", "undone"]
    assert (written[0]["format"], written[0]["engine"]) == (2, "0.0.9")
    assert Session.load(certain_engine, path).step == session.step


def test_a_file_of_a_later_format_is_told_apart(certain_engine: Engine, tmp_path: Path) -> None:
    opened = {"kind": "opened", "format": 99, "engine": "9", "knowledge": "k"}
    for content in ('{"format": 99, "events": []}', json.dumps(opened) + "\n"):
        (tmp_path / "s").write_text(content, "utf-8")
        with pytest.raises(InputError, match="format 99, this version reads up to 2"):
            Session.load(certain_engine, tmp_path / "s")


# ------------------------------------------------------------------------------------------------------------- damaged
@pytest.mark.parametrize(
    "content",
    [
        b"no json",
        b"\xff\xfe\x00",
        b"[]\n",
        b"7",
        b"{}\n",
        b"[" * 100_000,
        b'{"format": 1}',
        b'{"format": 1, "events": 5}',
        b'{"format": 1, "events": [5]}',
        b'{"format": 1, "events": [{}]}',
        b'{"format": 1, "events": [{"kind": "told", "text": 5}]}',
        b'{"format": 1, "events": [{"kind": "sung", "text": "x"}]}',
        b'{"format": 1, "events": [{"kind": "answered", "id": "chain-oiled", "value": "unknown", "reason": "tired"}]}',
        b'{"format": 1, "events": [{"kind": "told", "words": "x"}]}',
        b'{"kind": "opened"}\n',
        b'{"kind": "opened", "format": "two", "engine": "", "knowledge": ""}\n',
    ],
)
def test_a_file_of_something_else_is_no_session(certain_engine: Engine, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "session.json"
    file.write_bytes(content)
    for read in (Session.load, Session.open):
        with pytest.raises(InputError, match="not a saved session"):
            read(certain_engine, file)
    assert [path.name for path in tmp_path.iterdir()] == ["session.json"]


def test_an_empty_file_says_so(certain_engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "s").write_bytes(b"")
    with pytest.raises(InputError, match="is empty"):
        Session.load(certain_engine, tmp_path / "s")


@pytest.mark.parametrize("torn", [b"{", b'{"n":6,"kind":"answered","id":"chain', b"\x00\x00\x00"])
def test_a_torn_last_line_is_left_out(kept: Session, tmp_path: Path, torn: bytes) -> None:
    path = tmp_path / "ride.jsonl"
    kept.close()
    whole = path.read_bytes()
    path.write_bytes(whole + torn)
    assert Session.load(kept.engine, path).log == kept.log
    with Session.open(kept.engine, path) as again:
        assert again.log == kept.log
        again.answer("chain-oiled", "no")
    assert path.read_bytes().startswith(whole)
    assert [line["kind"] for line in lines(path)][-2:] == ["opened", "answered"]


def test_what_can_be_read_of_a_damaged_file_is_kept(kept: Session, tmp_path: Path) -> None:
    path = tmp_path / "ride.jsonl"
    kept.close()
    broken = path.read_bytes().split(b"\n")
    broken[2] = b'{"n":2,"kind":"answered","id":"magnet-at-se'
    path.write_bytes(b"\n".join(broken))
    for read in (Session.load, Session.open):
        with pytest.raises(InputError, match=r"ride.jsonl: line 3 is damaged; 4 events can be read"):
            read(kept.engine, path)
    stored = read_session(path)
    assert [(damage.line, damage.why) for damage in stored.damage] == [(3, "it is no JSON object")]
    salvaged = Session.load(kept.engine, path, salvage=True)
    assert [(e.number, e.kind, e.id) for e in salvaged.events] == [(1, "told", ""), (4, "tried", "fix:magnet-moved")]
    assert path.read_bytes() == b"\n".join(broken)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_nothing_that_happens_to_a_file_raises_anything_else(
    engine: Engine, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("damaged") / "s.jsonl"
    squeaking(engine).save(path)
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content) - 1))
        match data.draw(st.sampled_from(["flip", "cut", "insert"])):
            case "flip":
                content[place] ^= data.draw(st.integers(1, 255))
            case "cut":
                del content[place : place + data.draw(st.integers(1, 40))]
                content = content or bytearray(b"x")
            case _:
                content[place:place] = data.draw(st.binary(min_size=1, max_size=8))
    path.write_bytes(content)
    try:
        session = Session.load(engine, path, salvage=True)
    except InputError:
        return
    assert session.step == Session(engine, session.log).step


# ------------------------------------------------------------------------------------------------------- two processes
HOLD = """
import sys
from syncsage import Engine, Session
session = Session.open(Engine.load(sys.argv[1], cache_dir=None), sys.argv[2])
print("open", flush=True)
sys.stdin.read()
"""
CHATTER = """
import sys
from pathlib import Path
from syncsage import Engine
session = Engine.load(sys.argv[1], cache_dir=None).session()
session.keep(Path(sys.argv[2]))
print(0, flush=True)
while True:
    session.answer("chain-oiled", ("yes", "no", "unknown")[len(session.log) % 3])
    print(len(session.log), flush=True)
    if len(session.log) % 4 == 0:
        session.undo()
        print(len(session.log), flush=True)
"""


def process(code: str, path: Path) -> subprocess.Popen[str]:
    roots = os.pathsep.join([str(ROOT / "engine"), str(ROOT / "cli")])
    return subprocess.Popen(
        [sys.executable, "-c", code, str(BICYCLE), str(path)],
        env=os.environ | {"PYTHONPATH": roots},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_processes_on_one_file_are_kept_apart(kept: Session, tmp_path: Path) -> None:
    path = tmp_path / "ride.jsonl"
    kept.close()
    with process(HOLD, path) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(SessionBusyError, match=rf"ride.jsonl is open in process {other.pid} on "):
            Session.open(kept.engine, path)
        assert Session.load(kept.engine, path).log == kept.log  # reading is allowed
        other.kill()
    Session.open(kept.engine, path).close()  # a lock ends with its process
    assert sorted(p.name for p in tmp_path.iterdir()) == ["ride.jsonl"]


def test_one_process_cannot_open_a_file_twice(kept: Session, tmp_path: Path) -> None:
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "ride.jsonl")
    for name in ("ride.jsonl", "link.jsonl"):
        with pytest.raises(SessionBusyError, match=f"process {os.getpid()}"):
            Session.open(kept.engine, tmp_path / name)


@pytest.mark.parametrize("heard", [0, 1, 2, 5, 11, 17])
def test_a_killed_process_loses_at_most_the_answer_being_typed(
    certain_engine: Engine, tmp_path: Path, heard: int
) -> None:
    """Whatever was acknowledged before the kill is in the file, wherever the kill struck."""
    path = tmp_path / "ride.jsonl"
    with process(CHATTER, path) as chatter:
        assert chatter.stdout is not None
        acknowledged = [int(chatter.stdout.readline()) for _ in range(heard + 1)]
        chatter.kill()
        acknowledged += map(int, chatter.stdout.read().split())
    with Session.open(certain_engine, path) as session:
        assert acknowledged[-1] <= len(session.log) <= acknowledged[-1] + 1
        session.answer("chain-oiled", "no")
    assert Session.load(certain_engine, path).log == session.log
