"""A few runs on the knowledge that ships with the program."""

from __future__ import annotations

import json

import pytest
from tests.cli.support import Outcome, Pipe, Typist

from syncsage import Engine
from syncsage_cli.main import run
from syncsage_cli.repl.conversation import Conversation

NOT_CONFIGURED = "Sync failed: WSUS server not configured. Source: CWSyncMgr::DoSync"


def bundled(*arguments: str, piped: str = "") -> Outcome:
    environment = Pipe(piped.encode())
    return Outcome(run(arguments, environment), environment.said, environment.remarked)


@pytest.fixture(scope="module")
def shipped() -> Engine:
    return Engine.load(cache_dir=None)


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


def test_a_code_of_a_client_is_looked_up_with_where_to_look() -> None:
    outcome = bundled("lookup", "8024401c")
    assert outcome.out.startswith("0x8024401C  HTTP 408: request timed out  ")
    assert "(not covered" in outcome.out
    assert "\nWhere to look: On the client: " in outcome.out


def test_an_unknown_number_is_taken_apart() -> None:
    outcome = bundled("lookup", "0x80072EE3")
    assert outcome.status == 11
    assert outcome.out == (
        "0x80072EE3 is not a code I know.\n"
        "  Its form: HRESULT\n"
        "  severity       1  failure\n"
        "  facility       7  Windows system errors\n"
        "  code           12003\n"
        "  one of the     Windows system errors written as HRESULT\n"
        "  holds          Windows system error 12003: web requests (WinHTTP and WinINet)\n"
        "  also           -2147012893 · 2147954403\n"
        "  nearest known  0x80072EE2  The operation timed out\n"
        "                 12004       Internal error of the web library\n"
        "                 12005       The address is invalid\n"
        "                 12006       The scheme of the address is not supported\n"
    )


def test_a_number_of_two_kinds_is_shown_as_both() -> None:
    out = bundled("lookup", "12002").out
    assert "12002  The Reporting Web Service of WSUS does not work\n" in out
    assert "12002  The operation timed out  Windows system error · WinHTTP\n" in out
    assert "Nothing is known of it as Windows event or Windows system error.\n" in bundled("lookup", "404").out


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("0x80072ee7L", "0x80072EE7"), ("80072EE7", "0x80072EE7"), ("-2147012889", "0x80072EE7"),
        ("2147954407", "0x80072EE7"), ("12007", "0x80072EE7"), ("error 12007", "0x80072EE7"), ("(12007)", "0x80072EE7"),
        ("HTTP 407", "407"), ("status 407", "407"), ("HttpStatusCode 407", "407"), ("event 364", "364"),
        ("EventID: 10022", "10022"), ("6703", "6703"), ("status message 6703", "6703"), ("STATMSG: ID=6703", "6703"),
        ("UssCommunicationError", "UssCommunicationError"), ("SynchronizationError 10", "UssCommunicationError"),
        ("win32 error 5", "0x80070005"), ("0x80070005", "0x80070005"), ("53", "53"), ("0x80070035", "53"),
    ],
)  # fmt: skip
def test_every_form_of_a_code_is_understood(shipped: Engine, query: str, code: str) -> None:
    [found] = shipped.lookup(query).codes
    assert found.readings[0].entry is not None
    assert found.readings[0].entry.code == code


def test_an_interview_begins_with_the_greeting_of_the_domain() -> None:
    typist = Typist(["quit"])
    assert run(["--plain"], typist) == 0
    assert "WSUS" in typist.said


def test_no_page_is_wider_than_80_columns_but_for_commands_to_copy() -> None:
    page = bundled("ask", NOT_CONFIGURED, "--answer", "sup-ports-match=no").out
    assert "Fix: " in page
    assert all(len(line) <= 80 or line.startswith(" " * 10) for line in page.splitlines())


def test_a_message_is_told_though_it_holds_words_of_a_choice(shipped: Engine) -> None:
    talk = Conversation(shipped)
    for line in ("wsus sync fails, we have no proxy", "later"):
        talk.hear(line)
    assert talk.step.next is not None
    assert talk.step.next.id == "what-changed"
    talk.hear("WebException: The remote server returned an error: (407) Proxy Authentication Required")
    assert talk.session.events[-1].kind == "told"
    assert ("http-status", "407") in {(o.finding, o.value) for o in talk.step.observations}


def test_words_of_a_choice_answer_it(shipped: Engine) -> None:
    talk = Conversation(shipped)
    for line in ("wsus sync fails, we have no proxy", "later", "the proxy was replaced"):
        talk.hear(line)
    assert (talk.session.events[-1].id, talk.session.events[-1].value) == ("what-changed", "proxy")
