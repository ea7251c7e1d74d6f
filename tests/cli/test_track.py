"""``track``: logs in, a timeline out."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len
from tests.cli.support import Outcome, Pipe

from syncsage_cli import progress
from syncsage_cli.main import run

_TRAILER = "  $$<SMS_WSUS_SYNC_MANAGER><06-03-2024 {time}.100-120><thread=4711 (0x1267)>"


def written(*lines: tuple[str, str]) -> str:
    """Return lines as the site server writes them."""
    return "".join(f"{text}{_TRAILER.format(time=time)}\n" for time, text in lines)


def status(id_: int, time: str, severity: str = "I") -> tuple[str, str]:
    text = (
        f'STATMSG: ID={id_} SEV={severity} LEV=M SOURCE="SMS Server" COMP="SMS_WSUS_SYNC_MANAGER" '
        f'SYS=SRV7.LAB.TEST SITE=L07 PID=900 TID=4711 GMTDATE=Mon Jun 03 {time}.100 2024 ISTR0="" NUMATTRS=0'
    )
    local = f"{int(time[:2]) + 2:02}{time[2:]}"
    return local, text


BEGINNING = (
    ("08:00:00", "Wakeup for scheduled regular sync"),
    ("08:00:01", "Starting Sync"),
    ("08:00:01", "Performing sync on regular schedule"),
    status(6701, "06:00:02"),
    status(6704, "06:00:05"),
    ("08:00:06", "sync: Starting WSUS synchronization"),
    ("08:00:10", "sync: WSUS synchronizing updates"),
    ("08:03:10", "sync: WSUS synchronizing updates, processed 80 out of 200 items (40%), ETA in 00:04:30"),
)
REASON = (
    "Sync failed: UssCommunicationError: WebException: The remote name could not be resolved: 'up.lab.test'. "
    "Source: Microsoft.SystemsManagementServer.SoftwareUpdatesManagement.WsusSyncAction.WSyncAction.SyncWSUS"
)
FAILURE = (
    ("08:04:00", REASON),
    status(6703, "06:04:00", "E"),
    ("08:04:00", "Sync failed. Will retry in 60 minutes"),
    ("08:04:00", "Sync time: 0d00h03m58s"),
)
SUCCESS = (
    ("08:08:00", "Done synchronizing WSUS Server srv7.lab.test"),
    status(6705, "06:09:00"),
    ("08:09:01", "sync: SMS synchronizing updates, processed 5 out of 5 items (100%)"),
    ("08:09:30", "Done synchronizing SMS with WSUS Server srv7.lab.test"),
    status(6702, "06:09:40"),
    ("08:09:40", "Sync succeeded. Setting sync alert to canceled state on site L07"),
    ("08:09:40", "Sync time: 0d00h09m38s"),
)
FAILING = written(*BEGINNING, *FAILURE)
GOOD = written(*BEGINNING, *SUCCESS)
UNFINISHED = written(*BEGINNING)

Add = Callable[[], object]


def call(*arguments: str | Path, piped: bytes = b"", environment: Pipe | None = None) -> Outcome:
    """Run ``track`` in this process on the bundled knowledge."""
    world = environment or Pipe(piped)
    return Outcome(run(["track", *map(str, arguments)], world), world.said, world.remarked)


def later(text: str, day: str) -> str:
    return text.replace("06-03-2024", f"06-{day}-2024").replace("Jun 03", f"Jun {day}")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "wsyncmgr.log"
    path.write_text(FAILING, "utf-8")
    return path


def test_a_failing_run_at_a_glance(log: Path) -> None:
    outcome = call(log)
    assert outcome.out.startswith("wsyncmgr.log  wsyncmgr · format simple · 12 records · 1 run\n\nRun 1  failed · ")
    for part in (
        "site L07 · top level · on schedule",
        "Failed in step 3 of 6",
        "2024-06-03 06:00:00 UTC (08:00:00 local), took 4 min 00 s",
        "failed here",
        "not reached",
        "  line 9   Sync failed: UssCommunicationError: WebException",
        "  Recognised  The remote name could not be resolved\n",
        "UssCommunicationError · WebException",
        "WSyncAction.SyncWSUS",
        "To find the cause: syncsage ask",
    ):
        assert part in outcome.out
    assert outcome.status == 10
    assert outcome.err == ""


def test_a_good_run_is_nothing_to_worry_about(tmp_path: Path) -> None:
    outcome = call("-", piped=GOOD.encode())
    assert outcome.status == 0
    assert "Succeeded." in outcome.out
    assert "To find the cause" not in outcome.out


def test_a_run_that_goes_on_tells_how_far_it_is() -> None:
    outcome = call("-", piped=UNFINISHED.encode("utf-16"))
    assert outcome.status == 0
    assert "40%, ETA 00:04:30" in outcome.out


def test_of_several_runs_the_last_and_the_failing_ones_are_shown_in_full(log: Path) -> None:
    log.write_text(GOOD + later(FAILING, "04") + later(GOOD, "05"), "utf-8")
    outcome = call(log)
    assert "The last of 3 runs: succeeded.\n" in outcome.out
    assert "  Run 1  succeeded  2024-06-03 06:00 UTC" in outcome.out
    assert [line[:13] for line in outcome.out.splitlines() if line.startswith("Run ")] == [
        "Run 2  failed",
        "Run 3  succee",
    ]
    everything = call(log, "--all")
    assert sum(line.startswith("Run ") for line in everything.out.splitlines()) == 3
    assert outcome.status == everything.status == 0


def test_no_line_is_wider_than_80_columns(log: Path) -> None:
    log.write_text(GOOD + later(FAILING, "04"), "utf-8")
    assert max(map(cell_len, call(log).out.splitlines())) <= 80


def test_a_plain_page_tells_the_steps_in_sentences(log: Path) -> None:
    outcome = call(log, "--plain")
    assert "wsyncmgr.log: wsyncmgr, format simple, 12 records, 1 run\n\nRun 1: failed, " in outcome.out
    steps = [line for line in outcome.out.splitlines() if line.startswith("Step ")]
    assert [line.rpartition(": ")[2].split(",")[0] for line in steps] == ["done"] * 2 + ["failed"] + ["not reached"] * 3
    assert steps[2].endswith(": failed, 06:00:06 UTC, took 3 min 54 s")
    assert "█" not in outcome.out
    assert "·" not in outcome.out


def test_without_colour_everything_is_still_said(log: Path) -> None:
    colourful = Pipe(colour=True)
    call(log, environment=colourful)
    assert "\x1b[" in colourful.said
    assert "\x1b" not in call(log, "--no-color", environment=Pipe(colour=True)).out


def test_a_console_of_few_characters_gets_bars_it_can_show(log: Path) -> None:
    world = Pipe()
    world.stdout = io.TextIOWrapper(io.BytesIO(), "cp1252", errors="replace")
    run(["track", str(log)], world)
    world.stdout.flush()
    said = world.stdout.buffer.getvalue().decode("cp1252")
    assert "########" in said
    assert "?" not in said


def test_escape_sequences_of_a_log_never_reach_the_terminal(log: Path) -> None:
    log.write_text(FAILING.replace("up.lab.test", "\x1b]0;owned\x07\u202e[bold]"), "utf-8")
    outcome = call(log)
    assert not set(outcome.out) & set("\x1b\x07\u202e")
    assert "Failed in step 3 of 6" in outcome.out


def test_json_on_standard_output(log: Path) -> None:
    outcome = call(log, "--json")
    found = json.loads(outcome.out)
    assert (found["verdict"], found["kind"], found["format"]) == ("failure", "wsyncmgr", "simple")
    assert found["problems"][0] == "remote-name-not-resolved"
    only = found["runs"][0]
    assert (only["outcome"], only["site"], only["failing_step"]) == ("failure", "L07", "wsus-sync")
    assert (outcome.err, outcome.status) == ("", 10)


def test_a_page_in_a_file_or_on_standard_output(log: Path, tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    outcome = call(log, "--html", target)
    assert (outcome.out, outcome.err, outcome.status) == ("", f"written: {target}\n", 10)
    page = target.read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "<svg" in page
    assert call(log, "--html", "-").out == page
    both = call(log, "--json", "--html", target)
    assert json.loads(both.out)["verdict"] == "failure"


def test_a_page_never_replaces_the_log(log: Path) -> None:
    outcome = call(log, "--html", log)
    assert outcome.status == 2
    assert "the log itself" in outcome.err
    assert log.read_text("utf-8") == FAILING


def test_a_page_that_cannot_be_written(log: Path, tmp_path: Path) -> None:
    outcome = call(log, "--html", tmp_path / "no" / "page.html")
    assert outcome.status == 2
    assert "cannot write" in outcome.err


def test_a_rotated_pair_is_one_story(tmp_path: Path) -> None:
    lines = FAILING.splitlines(keepends=True)
    (tmp_path / "wsyncmgr.lo_").write_text("".join(lines[:6]), "utf-8")
    (tmp_path / "wsyncmgr.log").write_text("".join(lines[6:]), "utf-8")
    found = json.loads(call(tmp_path, "--json").out)
    assert [item["outcome"] for item in found["runs"]] == ["failure"]
    assert found["runs"][0]["failing_step"] == "wsus-sync"


def test_a_folder_with_other_things_in_it(log: Path, tmp_path: Path) -> None:
    (tmp_path / "program.exe").write_bytes(bytes(range(256)) * 50)
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "notes.txt").write_text("nothing of interest\n", "utf-8")
    outcome = call(tmp_path)
    assert outcome.status == 10
    assert "Failed in step 3 of 6" in outcome.out


def test_what_cannot_be_read_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "empty.log").touch()
    (tmp_path / "void").mkdir()
    (tmp_path / "binary.log").write_bytes(bytes(range(256)) * 50)
    for argument, message in (
        ("gone.log", "no such file"),
        ("empty.log", "nothing in it"),
        ("void", "nothing in it"),
        ("binary.log", "binary"),
    ):
        outcome = call(tmp_path / argument)
        assert (outcome.status, outcome.out) == (2, "")
        assert message in outcome.err
        assert outcome.err.count("\n") == 1


def test_bad_usage(log: Path) -> None:
    for arguments, message in (
        (("-",), "nothing came in"),
        (("-", str(log)), "standard input is read alone"),
        ((str(log), "--follow", "--json"), "--follow"),
        ((str(log), "--json", "--html", "-"), "standard output"),
        ((str(log), str(log), "--follow"), "a single file"),
        ((str(log.parent), "--follow"), "a single file"),
    ):
        outcome = call(*arguments)
        assert (outcome.status, outcome.out) == (2, "")
        assert message in outcome.err
    assert "which log" in call(environment=Pipe(terminal=True)).err


def test_a_text_that_is_no_log_is_not_enough() -> None:
    outcome = call("-", piped=b"the weather is fine today\nand so is the tea\n")
    assert outcome.status == 11
    assert "no run" in outcome.out or "Nothing in it" in outcome.out


class Watcher(Pipe):
    """Watches a log that grows by one of ``additions`` at every pause, and presses Ctrl-C after the last one."""

    def __init__(self, *additions: Add) -> None:
        super().__init__()
        self._additions = list(additions)

    def pause(self, seconds: float) -> None:
        if not self._additions:
            raise KeyboardInterrupt
        self._additions.pop(0)()


def test_a_growing_log_is_followed_until_control_c(log: Path) -> None:
    def add(text: str) -> Add:
        return lambda: log.write_bytes(log.read_bytes() + text.encode())

    halves = (GOOD[:-300], GOOD[-300:])
    outcome = call(log, "--follow", environment=Watcher(*(add(later(half, "04")) for half in halves)))
    assert outcome.status == 0
    assert outcome.out.count("Run 1  failed") == 1
    assert outcome.out.count("Run 2  2024-06-04 06:00:00 UTC") == 1
    assert outcome.out.count("Run 2  succeeded") == 1
    assert "waiting for more" in outcome.err


def test_a_log_that_is_rotated_is_followed_into_the_new_one(log: Path) -> None:
    lines = later(GOOD, "04").splitlines(keepends=True)

    def rotate() -> None:
        log.write_text(FAILING + "".join(lines[:5]), "utf-8")
        log.rename(log.with_suffix(".lo_"))
        log.write_text("".join(lines[5:]), "utf-8")

    outcome = call(log, "--follow", environment=Watcher(rotate))
    assert outcome.out.count("Run 2  succeeded") == 1
    assert "Run 3" not in outcome.out


def test_following_ends_when_nobody_listens_any_more(log: Path) -> None:
    class Closed(io.StringIO):
        def write(self, text: str, /) -> int:
            raise BrokenPipeError

    watcher = Watcher()
    watcher.stdout = Closed()
    assert run(["track", str(log), "--follow"], watcher) == 10


def test_a_pipe_is_followed_until_it_ends() -> None:
    outcome = call("-", "--follow", piped=FAILING.encode())
    assert outcome.out.count("Run 1  failed") == 1
    assert outcome.status == 10


def test_a_long_log_shows_a_bar_to_those_who_watch(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(progress, "LONG", 1)
    watched = ((Screen(), "xterm", True), (Screen(), "dumb", False), (io.StringIO(), "xterm", False))
    for screen, terminal, expected in watched:
        world = Pipe()
        world.stderr, world.variables = screen, {"TERM": terminal}
        assert run(["track", str(log)], world) == 10
        assert ("reading" in screen.getvalue()) is expected
        assert "reading" not in world.said
