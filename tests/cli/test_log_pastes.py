"""Logs in the interview: what a paste or a loaded file says of its last run, and that nobody is asked for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.test_track import FAILING, GOOD, UNFINISHED, later

from syncsage import Engine
from syncsage_cli.render.page import paint
from syncsage_cli.repl.conversation import Conversation
from syncsage_cli.repl.logs import seen


@pytest.fixture(scope="module")
def bundled(own_folders: None) -> Engine:
    return Engine.load()


def shown(engine: Engine, text: str) -> str:
    return paint(seen(engine, text), width=80, colour=False)


def test_a_failed_run_names_its_last_step_and_where_to_look(bundled: Engine) -> None:
    page = shown(bundled, FAILING)
    assert page.startswith("The log  failed · site L07 · top level · on schedule\n  Last step seen: 3 of 6 (")
    assert "); failed there.\n" in page
    assert "no asking any more" in page
    assert "Open next" in page


def test_a_run_that_goes_on_tells_how_far_it_is(bundled: Engine) -> None:
    assert "still running, 40%, ETA 00:04:30." in " ".join(shown(bundled, UNFINISHED).split())


def test_of_several_runs_the_last_one_counts(bundled: Engine) -> None:
    page = shown(bundled, FAILING + later(GOOD, "04"))
    assert page.startswith("The log  2 runs, the last one succeeded")
    assert "failed there" not in page


@pytest.mark.parametrize("text", ["our sync fails", "the weather is fine\nand so is the tea", "Sync failed: no answer"])
def test_other_texts_say_nothing_of_runs(bundled: Engine, text: str) -> None:
    assert seen(bundled, text) == []


def test_secrets_of_a_log_are_not_shown(bundled: Engine) -> None:
    assert "hunter2" not in shown(bundled, FAILING.replace("up.lab.test", "password=hunter2"))


def test_what_the_log_settles_is_not_asked(bundled: Engine, tmp_path: Path) -> None:
    log = tmp_path / "wsyncmgr.log"
    log.write_text(FAILING, "utf-8")
    conversation = Conversation(bundled)
    page = paint(conversation.hear(f"load {log}").blocks, width=80, colour=False)
    assert page.index("Read wsyncmgr.log") < page.index("Last step seen") < page.index("Recognised")
    settled = {finding for finding, _ in bundled.track(FAILING).known}
    assert settled
    asked = set[str]()
    while conversation.step.next is not None and conversation.step.next.kind == "question":
        asked.add(conversation.step.next.id)
        conversation.hear("?")
    assert asked
    assert not asked & settled


def test_a_pasted_log_is_read_like_a_loaded_one(bundled: Engine) -> None:
    page = paint(Conversation(bundled).hear(FAILING).blocks, width=80, colour=False)
    assert "Last step seen: 3 of 6" in page
