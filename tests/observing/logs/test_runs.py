"""Records grouped into runs: how far each got, how it went, and where it failed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.observing.logs import samples as s

from syncsage.knowledge import load
from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.logs.model import FailureSignature, LogRecord, Run
from syncsage.observing.logs.tracker import Tracker

TRACKER = Tracker(load())
UNAVAILABLE = "The request failed with HTTP status 503: Service Unavailable"
UNKNOWN_NAME = "UssCommunicationError: WebException: The remote name could not be resolved: 'x.example.net'"


def runs_of(text: str) -> tuple[Run, ...]:
    return TRACKER.track_text(text).runs


def only(text: str) -> Run:
    [run] = runs_of(text)
    return run


def test_a_whole_run_shows_its_steps_and_how_long_each_took() -> None:
    run = only(s.simple(s.good_run()))
    assert (run.outcome, run.role, run.site, run.trigger) == ("success", "top", "HQ1", "schedule")
    assert [(step.id, step.seconds) for step in run.steps] == [
        ("start", 4.0),
        ("connect", 1.0),
        ("wsus-sync", 200.0),
        ("site-database", 95.0),
        ("notify", 0.0),
    ]
    assert run.steps[0].lines == (1, 7)
    assert run.signature == FailureSignature()
    assert run.notes == ()


def test_times_are_in_utc_by_the_bias_of_windows() -> None:
    run = only(s.simple(s.good_run()))
    assert run.started == datetime(2021, 3, 9, 6, 0, 0, 250_000, UTC)
    assert run.ended == datetime(2021, 3, 9, 6, 5, 0, 250_000, UTC)
    assert run.started_local == datetime(2021, 3, 9, 5, 0, 0, 250_000)


@pytest.mark.parametrize("form", [s.simple, s.ccm, s.plain])
def test_the_form_of_the_log_makes_no_difference(form: object) -> None:
    assert callable(form)
    run = only(str(form(s.good_run("local request"))))
    assert (run.outcome, run.role, run.site, run.trigger) == ("success", "top", "HQ1", "manual")
    assert [step.id for step in run.steps] == ["start", "connect", "wsus-sync", "site-database", "notify"]


def test_without_stamps_the_times_of_status_messages_are_used() -> None:
    run = only(s.plain(s.good_run()))
    assert run.ended == s.START + timedelta(seconds=300.25)
    assert [step.seconds for step in run.steps if step.id == "site-database"] == [94.0]


def test_a_child_site_has_no_phase_of_its_database() -> None:
    run = only(s.simple(s.child_run()))
    assert (run.outcome, run.role, run.site, run.trigger) == ("success", "child", "BR1", "parent")
    assert [step.id for step in run.steps] == ["start", "connect", "wsus-sync", "notify"]


def test_replicas_that_follow_the_end_belong_to_the_run() -> None:
    run = only(s.simple([*s.good_run(), *s.replicas()]))
    assert [step.id for step in run.steps][-2:] == ["notify", "replicas"]


def test_a_replica_that_fails_after_the_end_fails_the_run() -> None:
    run = only(s.simple([*s.good_run(), *s.replicas(), *s.fail(UNAVAILABLE, s.CREATE_SERVER, 330)]))
    assert (run.outcome, run.failing_step) == ("failure", "replicas")


def test_lines_of_a_replica_alone_have_that_role() -> None:
    run = only(s.plain(s.replicas()))
    assert (run.role, run.outcome) == ("replica", "partial")


def test_a_failed_run_names_its_step_signature_and_next_log() -> None:
    lines = [*s.begin("parent request", "BR1"), *s.fetch("BR1")[:3], *s.fail(UNKNOWN_NAME, s.SYNC_WSUS, 28, "BR1")]
    run = only(s.simple(lines))
    assert (run.outcome, run.failing_step, run.role) == ("failure", "wsus-sync", "child")
    assert run.signature == FailureSignature(
        "UssCommunicationError", ("WebException",), ("6703",), "WSyncAction.SyncWSUS"
    )
    assert run.quotes[0].line == 15
    assert run.quotes[0].text.startswith("Sync failed: UssCommunicationError")
    assert "SoftwareDistribution.log" in run.next_log


@pytest.mark.parametrize(
    ("lines", "step"),
    [
        ([(0, f"Sync failed: {UNAVAILABLE}. Source: {s.CREATE_SERVER}")], "connect"),
        ([(0, "Sync failed: x. Source: CWSyncMgr::DoSync")], "start"),
        ([(0, f"Sync failed: x. Source: {s.SYNC_WSUS}")], "wsus-sync"),
        ([(0, f"Sync failed: {UNKNOWN_NAME}")], "wsus-sync"),
        ([(0, "Sync failed: something that nobody knows")], None),
        ([(0, "Sync failed. Will retry in 60 minutes")], None),
        ([*s.begin()[:3], (9, f"Sync failed: {UNAVAILABLE}. Source: {s.CREATE_SERVER}")], "connect"),
        ([*s.begin(), (9, "Sync failed: something that nobody knows")], "connect"),
        ([*s.begin(), *s.fetch(), *s.fill()[:5], (9, f"Sync failed: x. Source: {s.CREATE_SERVER}")], "site-database"),
    ],
)
def test_the_place_tells_the_step_before_the_source_and_the_source_before_words(
    lines: s.Lines, step: str | None
) -> None:
    assert only(s.plain(lines)).failing_step == step


def test_a_retry_is_a_run_of_its_own_and_keeps_the_role_of_its_site() -> None:
    first = s.simple([*s.begin(), *s.fail(UNAVAILABLE, s.CREATE_SERVER, 6)])
    second = s.simple([*s.begin("retry schedule"), *s.fetch()[:3], *s.fail(UNKNOWN_NAME, s.SYNC_WSUS, 40)], offset=3600)
    runs = runs_of(first + second)
    assert [(r.outcome, r.trigger, r.role, r.failing_step) for r in runs] == [
        ("failure", "schedule", "top", "connect"),
        ("failure", "retry", "top", "wsus-sync"),
    ]


def test_the_last_run_decides_the_verdict() -> None:
    failed = s.simple([*s.begin(), *s.fail(UNAVAILABLE, s.CREATE_SERVER, 6)])
    assert TRACKER.track_text(failed + s.simple(s.good_run(), offset=3600)).verdict == "success"
    assert TRACKER.track_text(s.simple(s.good_run()) + s.simple(s.begin(), offset=3600)).verdict == "partial"


def test_failures_whose_beginnings_are_cut_are_counted_one_by_one() -> None:
    failed = s.fail(UNAVAILABLE, s.CREATE_SERVER, 6)
    runs = runs_of(s.simple(failed) + s.simple(failed, offset=3600))
    assert [run.outcome for run in runs] == ["failure", "failure"]
    assert "the beginning of this run is not shown" in runs[0].notes


def test_an_unfinished_run_tells_how_far_it_is() -> None:
    track = TRACKER.track_text(s.simple([*s.begin(), *s.fetch()[:4]]))
    [run] = track.runs
    assert (track.verdict, run.outcome, run.failing_step) == ("partial", "partial", None)
    assert (run.percent, run.eta, run.waiting) == (50, "00:00:30", False)
    assert run.problems == ("where-is-the-sync",)
    assert run.ended is None


def test_a_run_that_only_waits_is_healthy() -> None:
    run = only(s.simple([*s.begin(), *s.fetch()[:7]]))
    assert (run.outcome, run.waiting, run.percent) == ("partial", True, None)


ITEM: s.Lines = [
    (250, "*** [42000][50000][Driver][SQL Server]ERROR 2627, Level 14, State 1, Procedure p, Line 5, Message: twice"),
    (250, f"Failed to sync update 0f0f0f0f-1111-4222-8333-444444444444. Error: Failed to save it. Source: {s.DEFINE}"),
]


def test_items_that_fail_are_counted_beside_the_verdict() -> None:
    run = only(s.simple([*s.begin(), *s.fetch(), *s.fill()[:7], *ITEM, *ITEM, *s.fill()[7:], *s.succeed()]))
    assert (run.outcome, run.update_failures, run.failing_step) == ("success", 2, None)


def test_an_unfinished_run_with_failed_items_tells_why() -> None:
    run = only(s.simple([*s.begin(), *s.fetch(), *s.fill()[:7], *ITEM]))
    assert (run.outcome, run.update_failures, run.failing_step) == ("partial", 1, "site-database")
    assert run.signature == FailureSignature(None, (), ("50000", "2627"), "UpdatesManagerClass.DefineUpdate")


def test_cleaning_up_beside_a_run_is_no_part_of_it() -> None:
    care: s.Lines = [
        (207, "Starting cleanup on WSUS, default server hq1sup.example.net"),
        (208, "Indexing Failed. Could not connect to the database."),
        (220, "Cleanup processed 120 total updates and declined 3"),
    ]
    run = only(s.simple([*s.begin(), *s.fetch(), *s.fill()[:3], *care, *s.fill()[3:], *s.succeed()]))
    assert (run.outcome, run.signature) == ("success", FailureSignature())


CLEAN_UP = "Starting cleanup on WSUS, default server a"
PENDING = "Setting new configuration state to 1 (WSUS_CONFIG_PENDING)"


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        ([CLEAN_UP, "Waiting after deleting obsolete updates. Deletion Completed"], "success"),
        ([CLEAN_UP, "Could not Delete Obselete updates"], "partial"),
        (["Wakeup for a polling cycle", "Waiting 60 minutes for requests"], "none"),
        (["Wakeup by inbox drop", "Waiting 60 minutes for requests"], "none"),
        ([PENDING], "partial"),
        ([PENDING, "Setting new configuration state to 2 (WSUS_CONFIG_SUCCESS)"], "success"),
        ([PENDING, "Setting new configuration state to 3 (WSUS_CONFIG_FAILED)"], "failure"),
        (["Remote configuration failed on WSUS Server."], "failure"),
        (["There are no unhealthy WSUS Server components on WSUS Server a"], "success"),
        (["the weather is fine today"], "none"),
    ],
)
def test_logs_without_a_run_have_a_verdict_too(lines: list[str], verdict: str) -> None:
    track = TRACKER.track_text("\n".join(lines))
    assert (track.verdict, track.runs) == (verdict, ())


def test_a_run_of_wsus_itself_is_seen_in_its_own_log() -> None:
    lines = [
        (0, "Change", "AdminDataAccess.StartSubscriptionManually", "Synchronization manually started"),
        (1, "Info", "EventLogEventReporter.ReportEvent", "EventId=382,Type=Information,Category=Synchronization"),
        (9, "Error", "EventLogEventReporter.ReportEvent", "EventId=386,Type=Error,Message=UssCommunicationError: no"),
    ]
    track = TRACKER.track_text(s.wsus(lines))
    [run] = track.runs
    assert (track.kind, run.outcome, run.trigger, run.failing_step) == (
        "softwaredistribution", "failure", "manual", "wsus-sync",
    )  # fmt: skip
    assert run.signature == FailureSignature("UssCommunicationError", (), ("386",), "EventLogEventReporter.ReportEvent")


def test_a_status_message_is_a_run_of_which_only_the_end_is_seen() -> None:
    text = f"WSUS Synchronization failed.\n\nMessage: {UNAVAILABLE}.\n\nSource: {s.CREATE_SERVER}.\n"
    track = TRACKER.track_text(f"Message ID: 6703\n\n{text}")
    [run] = track.runs
    assert (track.kind, track.verdict, run.failing_step) == ("statusmessage", "failure", "connect")
    assert track.signature == FailureSignature(None, (), ("6703", "503"), "AdminProxy.CreateUpdateServer")


def test_lines_of_another_site_are_told_apart() -> None:
    run = only(s.plain([*s.good_run(), *s.replicas(site="BR1", seconds=900)]))
    assert run.site == "HQ1"
    assert any("HQ1 (line 7), BR1 (line 34)" in note for note in run.notes)


def test_times_that_go_back_are_told() -> None:
    lines = [*s.begin(), *s.replicas(seconds=900), *s.succeed()]
    assert any(note.startswith("times go back") for note in only(s.plain(lines)).notes)


def test_two_ways_to_begin_that_an_article_quotes_are_one_run() -> None:
    ways = s.plain([*s.begin()[:3], (0, "ExecMethodAsync : SMS_SoftwareUpdate::SyncNow"), *s.good_run("local request")])
    run = only(ways)
    assert (run.outcome, run.trigger) == ("success", "manual")


def test_what_the_run_settles_is_known() -> None:
    track = TRACKER.track_text(s.simple([*s.begin(), *s.fail(UNAVAILABLE, s.CREATE_SERVER, 6)]))
    known = dict(track.known)
    assert known["site-type"] == "top-level"
    assert known["sync-progress"] == "failed"
    assert known["sync-requested"] == "yes"


def test_both_halves_of_a_rotated_log_are_one(tmp_path: Path) -> None:
    text = s.simple(s.good_run())
    cut = text.index("sync: SMS synchronizing updates  ")
    (tmp_path / "wsyncmgr.lo_").write_bytes(text[:cut].encode())
    (tmp_path / "wsyncmgr.log").write_bytes(b"\xef\xbb\xbf" + text[cut:].encode())
    track = TRACKER.track_paths([tmp_path])
    [run] = track.runs
    assert (run.outcome, run.steps[-1].id) == ("success", "notify")
    assert track.files == ("wsyncmgr.lo_", "wsyncmgr.log")


def test_other_logs_of_the_same_time_speak_beside_the_main_one(tmp_path: Path) -> None:
    main = [*s.begin(), *s.fail("WSUS server not configured", "CWSyncMgr::DoSync", 6)]
    (tmp_path / "wsyncmgr.log").write_text(s.simple(main))
    wcm: s.Lines = [
        (4, "System.Net.WebException: no connection~~   at Microsoft.X.Y()"),
        (5, "Remote configuration failed on WSUS Server."),
    ]
    (tmp_path / "WCM.log").write_text(s.simple(wcm, "SMS_WSUS_CONFIGURATION_MANAGER"))
    lines = [(2, "Info", "EventLogEventReporter.ReportEvent", "EventId=382,Type=Information")]
    (tmp_path / "SoftwareDistribution.log").write_text(s.wsus(lines))
    track = TRACKER.track_paths([tmp_path])
    [run] = track.runs
    assert (track.kind, run.outcome) == ("wsyncmgr", "failure")
    assert {quote.file for quote in run.quotes} == {"wsyncmgr.log", "WCM.log"}


def test_a_parent_and_its_child_in_one_folder_stay_apart(tmp_path: Path) -> None:
    for name, lines, offset in (("hq", s.good_run(), 0), ("br", s.child_run(), 600)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "wsyncmgr.log").write_text(s.simple(lines, offset=offset))
    track = TRACKER.track_paths([tmp_path])
    assert [(run.site, run.role) for run in track.runs] == [("HQ1", "top"), ("BR1", "child")]


def test_the_failure_of_one_site_is_not_hidden_by_the_success_of_another() -> None:
    child = [*s.begin("parent request", "BR1"), *s.fail(UNAVAILABLE, s.CREATE_SERVER, 6, "BR1")]
    text = s.simple(child) + s.simple(s.good_run(), offset=3600)
    assert TRACKER.track_text(text).verdict == "failure"


def test_another_domain_has_runs_of_its_own(bicycle: KnowledgeBase) -> None:
    lines = ["[00:01] DISPLAY boot by button", "[00:02] BATTERY node 10 online, charge 84", "[00:03] FAULT B12"]
    records = [LogRecord(line, "lines", number, 0) for number, line in enumerate(lines, 1)]
    track = Tracker(bicycle).track_records([records])
    [run] = track.runs
    assert (track.kind, run.outcome, run.trigger, run.failing_step) == ("service", "failure", "button", "battery")
    assert run.signature.codes == ("B12",)


LINES = st.sampled_from([message for _, message in [*s.good_run(), *s.child_run(), *s.replicas(), *ITEM]])


@settings(deadline=None, max_examples=60)
@given(st.lists(LINES | st.text(max_size=40), max_size=40))
def test_any_order_of_lines_can_be_read(lines: list[str]) -> None:
    track = TRACKER.track_text("\n".join(lines))
    for run in track.runs:
        assert all(first <= last for first, last in (step.lines for step in run.steps))


@settings(deadline=None, max_examples=40)
@given(st.text())
def test_any_text_can_be_tracked(text: str) -> None:
    TRACKER.track_text(text)
