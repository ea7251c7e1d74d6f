"""A few runs on the knowledge that ships with the program."""

from __future__ import annotations

import json

from tests.cli.support import Outcome, Pipe, Typist

from syncsage_cli.main import run

NOT_CONFIGURED = "Sync failed: WSUS server not configured. Source: CWSyncMgr::DoSync"


def bundled(*arguments: str, piped: str = "") -> Outcome:
    environment = Pipe(piped.encode())
    return Outcome(run(arguments, environment), environment.said, environment.remarked)


def test_an_exact_message_is_recognised_with_certainty() -> None:
    outcome = bundled("ask", NOT_CONFIGURED, "--json")
    step = json.loads(outcome.out)
    assert outcome.status in (0, 10)
    assert step["match"] == "exact"
    assert step["problems"][0]["id"] == "wsus-server-not-configured"


def test_a_piped_log_is_quoted_by_line() -> None:
    outcome = bundled(piped=f"Wakeup for scheduled regular sync\n{NOT_CONFIGURED}\n")
    assert outcome.out.startswith("Recognised: ")
    assert "  line 2: " in outcome.out


def test_a_status_message_is_looked_up() -> None:
    outcome = bundled("lookup", "6703")
    assert outcome.status == 0
    assert outcome.out.startswith("6703  ")


def test_an_interview_begins_with_the_greeting_of_the_domain() -> None:
    typist = Typist(["quit"])
    assert run(["--plain"], typist) == 0
    assert "WSUS" in typist.said


def test_no_page_is_wider_than_80_columns_but_for_commands_to_copy() -> None:
    page = bundled("ask", NOT_CONFIGURED, "--answer", "sup-ports-match=no").out
    assert "Fix: " in page
    assert all(len(line) <= 80 or line.startswith(" " * 10) for line in page.splitlines())
