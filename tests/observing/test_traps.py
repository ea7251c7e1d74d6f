"""Texts that invite a wrong answer, over the bundled knowledge: made up, none of them from the index."""

from __future__ import annotations

from pathlib import Path

import pytest

from syncsage.engine import Engine
from syncsage.knowledge import load
from syncsage.observing.encoder import encoders
from syncsage.observing.model import Parsed

SYNC = "Microsoft.SystemsManagementServer.SoftwareUpdatesManagement.WsusSyncAction.WSyncAction.SyncWSUS"
ADMIN = "Microsoft.UpdateServices.Administration.AdminProxy.CreateUpdateServer"
FILES = "Content file download failed. {why} Source File: /msdownload/update/a1.cab Destination File: E:\\W\\a1.cab"
HEALTHY = """Wakeup for scheduled regular sync
Starting Sync
Performing sync on regular schedule
sync: SMS synchronizing categories, processed 40 out of 40 items (100%)
sync: SMS synchronizing updates, processed 11 out of 11 items (100%)
Done synchronizing SMS with WSUS Server SUP3.example.net
Sync succeeded. Setting sync alert to canceled state on site LAB"""


@pytest.fixture(scope="module")
def bundled() -> Engine:
    return Engine(load(), encoders=encoders())


def sure(parsed: Parsed) -> set[str]:
    return {match.id for match in parsed.problems if match.level in ("exact", "strong")}


# ------------------------------------------------------------------------------------- the same words, another place
@pytest.mark.parametrize(
    ("text", "first", "never"),
    [
        (f"Sync failed: Unable to connect to the remote server. Source: {ADMIN}",
         "remote-server-unreachable", "firewall-blocks-sync"),
        (f"Sync failed: UssCommunicationError: WebException: Unable to connect to the remote server. Source: {SYNC}",
         "firewall-blocks-sync", "remote-server-unreachable"),
        (f"Sync failed: The request failed with HTTP status 401: Unauthorized. Source: {ADMIN}",
         "api-remoting-unauthorized", "dss-auth-unauthorized"),
        (f"Sync failed: DssAuthenticationError: The request failed with HTTP status 401: Unauthorized. Source: {SYNC}",
         "dss-auth-unauthorized", "api-remoting-unauthorized"),
    ],
)  # fmt: skip
def test_the_source_decides_between_equal_messages(bundled: Engine, text: str, first: str, never: str) -> None:
    parsed = bundled.parse(text)
    assert parsed.problems[0].id == first
    assert never not in sure(parsed)


@pytest.mark.parametrize(
    ("what", "first"),
    [
        ("WebException: Could not establish trust relationship for the SSL/TLS secure channel",
         "tls-or-certificate-trust"),
        ("WebException: The underlying connection was closed: An unexpected error occurred on a send",
         "tls-or-certificate-trust"),
        ("WebException: Unable to connect to the remote server", "firewall-blocks-sync"),
        ("WebException: The remote server returned an error: (407) Proxy Authentication Required", "proxy-blocks-sync"),
        ("WebException: The remote server returned an error: (503) Server Unavailable", "wsuspool-stopped-503"),
    ],
)  # fmt: skip
def test_a_communication_error_is_not_always_name_resolution(bundled: Engine, what: str, first: str) -> None:
    parsed = bundled.parse(f"Sync failed: UssCommunicationError: {what}. Source: {SYNC}")
    assert parsed.problems[0].id == first
    assert "remote-name-not-resolved" not in sure(parsed)


@pytest.mark.parametrize("why", ["", "Reason: CRC verification failure.", "Reason: The operation was canceled."])
def test_a_download_that_fails_without_range_is_not_surely_the_range_header(bundled: Engine, why: str) -> None:
    parsed = bundled.parse(FILES.format(why=why))
    assert sure(parsed) == set()
    assert "content-download-range-unsupported" in [match.id for match in parsed.problems[:3]]


@pytest.mark.parametrize(
    ("why", "first"),
    [
        ("Reason: Access is denied. (0x80070005)", "content-folder-access"),
        ("Reason: The service cannot be started, it is disabled. (0x80070422)", "bits-service-not-running"),
    ],
)
def test_the_reason_of_a_failed_download_decides(bundled: Engine, why: str, first: str) -> None:
    parsed = bundled.parse(FILES.format(why=why))
    assert parsed.problems[0].id == first
    assert "content-download-range-unsupported" not in sure(parsed)


# --------------------------------------------------------------------------------------------------- other products
@pytest.mark.parametrize(
    "text",
    [
        "curl: (22) The requested URL returned error: 401",
        "HTTP/1.1 407 authenticationrequired while the build agent restores nuget packages",
        "Outlook: 401 unauthorized when opening the shared mailbox",
        "Deployment of application Paint is in progress on 12 devices",
        "Intune: sync in progress, last check-in 3 days ago",
        "Backup job in progress since yesterday, 40 %",
        "robocopy finished with exit code 9 while copying the home drives",
        "OneDrive is syncing 3 files",
    ],
)
def test_other_products_are_never_sure(bundled: Engine, text: str) -> None:
    parsed = bundled.parse(text)
    assert sure(parsed) == set()
    assert parsed.level == "none"


@pytest.mark.parametrize(
    "text",
    [
        "OnSearchComplete - Failed to end search job. Error = 0x80240fff. WUAHandler",
        "Scan failed with error = 0x8024401c on a laptop",
        "2017-05-02 11:12:13:000 912 b10 Agent * WARNING: Failed to synchronize, error = 0x80072EE2",
        "windows update on my pc says error 0x80244010",
        "our clients do not report to wsus since two weeks",
    ],
)
def test_the_side_of_clients_is_named_and_not_answered(bundled: Engine, text: str) -> None:
    parsed = bundled.parse(text)
    assert parsed.level == "none"
    assert parsed.nearest[0].id == "outside-client-scan"


# ------------------------------------------------------------------------------------------- what says next to nothing
@pytest.mark.parametrize("text", ["0x80004005", "error 0x80004005", "2147500037", "unspecified error", "-2147467259"])
def test_a_code_that_says_nothing_makes_nothing_sure(bundled: Engine, text: str) -> None:
    assert sure(bundled.parse(text)) == set()


def test_a_code_that_says_nothing_takes_nothing_from_a_message(bundled: Engine) -> None:
    message = f"Sync failed: The request failed with HTTP status 401: Unauthorized. Source: {ADMIN}"
    parsed = bundled.parse(f"{message} The operating system reported error 2147500037: Unspecified error (0x80004005)")
    assert [match.id for match in parsed.problems] == [match.id for match in bundled.parse(message).problems]


def test_a_healthy_log_has_no_failure(bundled: Engine) -> None:
    parsed = bundled.parse(HEALTHY)
    assert sure(parsed) <= {"where-is-the-sync"}


@pytest.mark.parametrize(
    "text",
    [
        "wsus sync fails, already restarted everything, checked ports, proxy, firewall, permissions and certificates",
        "I have tried reboot, iisreset, postinstall, cleanup, reindex and reinstalling the SUP, sync still fails",
    ],
)
def test_what_was_tried_is_not_what_is_wrong(bundled: Engine, text: str) -> None:
    assert sure(bundled.parse(text)) <= {"sync-fails-unknown-reason"}
    assert bundled.parse(text).problems[0].id == "sync-fails-unknown-reason"


# ------------------------------------------------------------------------------------------------- several at once
def test_two_different_errors_are_both_told_in_the_order_of_the_text(bundled: Engine) -> None:
    first = f"Sync failed: The request failed with HTTP status 401: Unauthorized. Source: {ADMIN}"
    second = FILES.format(why="Reason: Access is denied. (0x80070005)")
    parsed = bundled.parse(f"{first}\n{second}")
    assert [match.id for match in parsed.problems[:2]] == ["api-remoting-unauthorized", "content-folder-access"]
    swapped = bundled.parse(f"{second}\n{first}")
    assert [match.id for match in swapped.problems[:2]] == ["content-folder-access", "api-remoting-unauthorized"]


def test_no_text_of_this_file_stands_in_the_knowledge(bundled: Engine) -> None:
    own = Path(__file__).read_text("utf-8").lower()
    for problem in bundled.kb.problems.values():
        assert not [phrasing for phrasing in problem.phrasings if f'"{phrasing.lower()}"' in own]
