"""A pasted log tells the interview what it shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import RefusingEncoder
from tests.observing.logs import samples as s

from syncsage.engine import Engine
from syncsage.knowledge import load
from syncsage.observing.model import Parsed
from syncsage.serialise import track_to_dict

ENGINE = Engine(load(), encoders=(RefusingEncoder(), RefusingEncoder()))
UNAVAILABLE = "The request failed with HTTP status 503: Service Unavailable"


def facts(parsed: Parsed) -> dict[str, str]:
    return {o.finding: o.value for o in parsed.observations}


def test_an_unfinished_run_asks_where_it_is() -> None:
    parsed = ENGINE.parse(s.simple([*s.begin(), *s.fetch()[:4]]))
    assert [match.id for match in parsed.problems] == ["where-is-the-sync"]
    known = facts(parsed)
    assert known["sync-step"] == "wsus-sync"
    assert known["sync-progress"] == "progressing"
    assert known["sync-requested"] == "yes"
    assert known["site-type"] == "top-level"


def test_a_failed_run_tells_its_step_and_its_problem() -> None:
    parsed = ENGINE.parse(s.simple([*s.begin(), *s.fail(UNAVAILABLE, s.CREATE_SERVER, 6)]))
    assert parsed.problems[0].id == "wsuspool-stopped-503"
    assert facts(parsed)["sync-step"] == "connect"
    assert facts(parsed)["sync-progress"] == "failed"


def test_what_a_log_settles_is_not_asked() -> None:
    step = ENGINE.diagnose(text=s.simple([*s.begin("parent request", "BR1"), *s.fetch("BR1")[:4]]))
    assert step.next is not None
    assert step.next.id not in {"site-type", "sync-requested", "sync-progress", "parent-notification-arrived"}


def test_an_earlier_failure_does_not_hide_that_the_last_run_goes_well() -> None:
    text = s.simple([*s.begin(), *s.fail("nobody knows this one", "Contoso.A.B", 6)])
    known = facts(ENGINE.parse(text + s.simple([*s.begin("retry schedule"), *s.fetch()[:4]], offset=3600)))
    assert known["sync-progress"] == "progressing"


def test_a_track_names_problems_without_the_model() -> None:
    track = ENGINE.track(s.simple([*s.begin(), *s.fail(UNAVAILABLE, s.CREATE_SERVER, 6)]))
    assert track.problems == ("wsuspool-stopped-503",)
    assert track.runs[0].problems == ("wsuspool-stopped-503",)


@pytest.mark.parametrize(
    "message",
    [
        "The remote name could not be resolved: 'x.example.net'",
        "Der Remotename konnte nicht aufgelöst werden: 'x.example.net'",
        "Невозможно разрешить удаленное имя: 'x.example.net'",
        "リモート名を解決できませんでした。: 'x.example.net'",
        "Le nom distant n'a pas pu être résolu: 'x.example.net'",
    ],
)
def test_every_language_lands_on_the_same_problem(message: str) -> None:
    failed = s.fail(f"UssCommunicationError: WebException: {message}", s.SYNC_WSUS, 9)
    track = ENGINE.track(s.plain([*s.begin(), *s.fetch()[:2], *failed]))
    assert track.problems == ("remote-name-not-resolved",)
    assert track.runs[0].failing_step == "wsus-sync"


def test_the_json_form_has_the_words_of_the_field() -> None:
    told = track_to_dict(ENGINE.track(s.simple([*s.begin(), *s.fail(UNAVAILABLE, s.CREATE_SERVER, 6)])))
    assert set(told) >= {"verdict", "kind", "format", "problems", "runs"}
    [run] = told["runs"]
    assert run["started"] == "2021-03-09T06:00:00.250+00:00"
    assert run["started_local"] == "2021-03-09T05:00:00.250"
    assert run["signature"] == {
        "prefix": None, "exceptions": [], "codes": ["503", "6703"], "source": "AdminProxy.CreateUpdateServer",
    }  # fmt: skip
    assert set(run["steps"][0]) == {"id", "name", "started", "seconds", "lines"}
    assert set(run["quotes"][0]) == {"line", "text", "file"}


def test_secrets_in_quoted_lines_are_masked() -> None:
    track = ENGINE.track("Sync failed: WSUS server not configured, password=Hunter2. Source: CWSyncMgr::DoSync")
    assert "Hunter2" not in str(track_to_dict(track))


def test_a_copy_without_failing_records_has_the_problem_of_its_signature(tmp_path: Path) -> None:
    text = "C:\\> wsusutil listinactiveapprovals\nThe following updates are approved but not active here"
    assert ENGINE.track(text).problems == ("replica-approvals-mismatch",)
    file = tmp_path / "copied.txt"
    file.write_text(text, "utf-8")
    assert ENGINE.track(file).problems == ("replica-approvals-mismatch",)
    assert ENGINE.track("nothing of ours").problems == ()
