"""Large logs tell the same runs whether all of them is read or only what matters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from syncsage.knowledge import load
from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.logs.find import RecordFinder
from syncsage.observing.logs.large import bounds, find_records, find_records_in
from syncsage.observing.logs.model import Run, Track
from syncsage.observing.logs.reader import LogReader
from syncsage.observing.logs.tracker import Tracker

_FILLER = [
    f"Skipped update 0b1e{n:04x}-1f26-444b-9828-0123456789ab - An update because it is up to date." for n in range(40)
]
_START = ["Wakeup for scheduled regular sync", "Starting Sync", "Performing sync on regular schedule", "Found 1 SUPs"]
_WSUS = [
    "Synchronizing WSUS server cs1.example.com ...",
    "sync: Starting WSUS synchronization",
    *(
        f"sync: WSUS synchronizing updates, processed {n} out of 9 items ({n * 11}%), ETA in 00:00:0{9 - n}"
        for n in range(9)
    ),
    "Done synchronizing WSUS Server cs1.example.com",
]
_DATABASE = [
    "Synchronizing SMS database with WSUS server cs1.example.com ...",
    "sync: SMS synchronizing updates",
    *_FILLER,
    "Synchronizing update 0b1e0fff-1f26-444b-9828-0123456789ab - An update",
    "sync: SMS synchronizing updates, processed 4 out of 9 items (44%), ETA in 00:00:05",
    *_FILLER,
]
_ITEM = ["Failed to sync update 0b1e0fff-1f26-444b-9828-0123456789ab. Error: Failed to save update. Source: A.B"]
_GOOD = ["Sync succeeded. Setting sync alert to canceled state on site CS1", "Sync time: 0d00h03m53s"]
_BAD = [
    "Sync failed: UssCommunicationError: WebException: name not resolved\r\n   at A.B(). Source: A.C.SyncWSUS",
    "Sync failed. Will retry in 60 minutes",
    "Sync time: 0d00h00m03s",
]
_STORIES = [
    [*_START, *_WSUS, *_DATABASE, *_GOOD],
    [*_START, *_WSUS, *_DATABASE, *_ITEM, *_FILLER, *_ITEM, *_DATABASE, *_GOOD],
    [*_START, *_WSUS[:6], *_BAD],
    [*_START, *_WSUS, *_DATABASE],
    _FILLER * 3,
]


def simple(messages: Sequence[str]) -> str:
    stamps = (f"{n // 3600 % 24:02d}:{n // 60 % 60:02d}:{n % 60:02d}.000+060" for n in range(len(messages)))
    return "".join(
        f"{message}  $$<SMS_WSUS_SYNC_MANAGER><02-08-2020 {stamp}><thread=4320 (0x10E0)>\r\n"
        for message, stamp in zip(messages, stamps, strict=True)
    )


def ccm(messages: Sequence[str]) -> str:
    stamps = (f"{n // 3600 % 24:02d}:{n // 60 % 60:02d}:{n % 60:02d}.000+060" for n in range(len(messages)))
    return "".join(
        f'<![LOG[{message}]LOG]!><time="{stamp}" date="02-08-2020" component="SMS_WSUS_SYNC_MANAGER" context="" '
        f'type="1" thread="4320" file="">\r\n'
        for message, stamp in zip(messages, stamps, strict=True)
    )


@cache
def knowledge() -> KnowledgeBase:
    # No fixture: hypothesis shows the arguments of a failing example, and this one is long.
    return load()


@cache
def reader() -> LogReader:
    return LogReader(knowledge().formats.values())


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks and ends so small that even these logs have many of them; and none of them is taken for a paste."""
    small = partial(RecordFinder, block=4096, ends=512)
    monkeypatch.setattr("syncsage.observing.logs.large.RecordFinder", small)
    monkeypatch.setattr("syncsage.observing.logs.reader.PASTED", 0)


def runs_of(track: Track) -> list[Run]:
    return [replace(run, quotes=tuple(replace(quote, file="") for quote in run.quotes)) for run in track.runs]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    stories=st.lists(st.sampled_from(_STORIES), min_size=1, max_size=4),
    form=st.sampled_from([simple, ccm]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"]),
    cut=st.tuples(st.integers(0, 900), st.integers(0, 900)),
)
def test_reading_what_matters_tells_the_same_runs_as_reading_all(
    stories: list[list[str]],
    form: Callable[[Sequence[str]], str],
    encoding: str,
    cut: tuple[int, int],
    tmp_path: Path,
) -> None:
    text = form([message for story in stories for message in story])
    text = text[cut[0] : len(text) - cut[1]]
    path = tmp_path / "wsyncmgr.log"
    path.write_bytes(text.encode(encoding))
    tracker = Tracker(knowledge())
    whole = tracker.track_records([reader().reading(text).records])
    found = tracker.track_records([find_records(path, knowledge(), reader())])
    assert runs_of(found) == runs_of(whole)
    assert (found.verdict, found.kind, found.known) == (whole.verdict, whole.kind, whole.known)
    assert found.records <= whole.records


def test_lines_and_offsets_are_those_of_the_file(tmp_path: Path) -> None:
    data = simple([message for story in _STORIES for message in story]).encode()
    path = tmp_path / "wsyncmgr.log"
    path.write_bytes(data)
    records = list(find_records(path, knowledge(), reader()))
    assert len(records) > len(_STORIES)
    for record in records:
        assert data[record.offset :].startswith(record.message.split("\n")[0].rstrip("\r").encode())
        assert record.line == data[: record.offset].count(b"\n") + 1
        assert record.file == "wsyncmgr.log"


def test_bytes_that_were_read_are_told(tmp_path: Path) -> None:
    path = tmp_path / "wsyncmgr.log"
    path.write_text(simple(_STORIES[0] * 5), "utf-8")
    told: list[int] = []
    list(find_records(path, knowledge(), reader(), told.append))
    assert len(told) > 1
    assert min(told) > 0
    assert sum(told) == path.stat().st_size


def test_a_few_letters_in_an_older_encoding_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "wsyncmgr.log"
    failure = "Sync failed: Der Remotename konnte nicht aufgelöst werden. Source: A.B"
    path.write_bytes(simple([*_FILLER * 30, *_START, failure, *_FILLER * 30]).encode("cp1252"))
    messages = [record.message for record in find_records(path, knowledge(), reader())]
    assert failure in messages


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    list(find_records_in(text, knowledge(), reader()))


def test_a_knowledge_base_without_formats_and_runs_finds_nothing_to_look_for(bicycle: KnowledgeBase) -> None:
    plain = replace(bicycle, runs=None, formats={})
    assert list(find_records_in("the tyre is flat\n" * 10, plain, LogReader(()))) == []


def test_lines_of_a_format_without_marks_are_records_of_their_own() -> None:
    limits = bounds([knowledge().formats["fragment"]])
    assert limits.starts.match(b"Starting Sync")
    assert not limits.starts.match(b"   at System.Net.Get()")


def test_a_text_of_very_many_lines_is_read_as_a_large_one(monkeypatch: pytest.MonkeyPatch) -> None:
    tracker = Tracker(knowledge())
    monkeypatch.delattr(LogReader, "reading")  # which looks at every line
    assert tracker.track_text(simple([*_START, *_GOOD]) + "\n" + "x\n" * 100_001).verdict == "success"
