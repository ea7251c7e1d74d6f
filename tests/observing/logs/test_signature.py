"""What identifies a failure, whatever its language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncsage.knowledge import load
from syncsage.observing.logs.model import FailureSignature
from syncsage.observing.logs.signature import SignatureReader

KB = load()
assert KB.runs is not None
READER = SignatureReader(KB.runs.signature)
SYNC = "Microsoft.SystemsManagementServer.SoftwareUpdatesManagement.WsusSyncAction.WSyncAction.SyncWSUS"
SERVER = "Microsoft.UpdateServices.Administration.AdminProxy.CreateUpdateServer"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"Sync failed: UssCommunicationError: WebException: Name unknown~~at System.Net.Web.Get(). Source: {SYNC}",
            FailureSignature("UssCommunicationError", ("WebException",), (), "WSyncAction.SyncWSUS"),
        ),
        (
            f"Sync failed: Request failed with HTTP status 503: gone. Source: {SERVER}",
            FailureSignature(None, (), ("503",), "AdminProxy.CreateUpdateServer"),
        ),
        ("Sync failed: x. Source: CWSyncMgr::DoSync", FailureSignature(source="CWSyncMgr::DoSync")),
        (
            'STATMSG: ID=6703 SEV=E ISTR0="CWSyncMgr::DoSync" ISTR1="x" NUMATTRS=0 LE=0X8013150A',
            FailureSignature(None, (), ("6703",), "CWSyncMgr::DoSync"),
        ),
        (
            "System.ComponentModel.Win32Exception (0x80004005) ---> System.Data.SqlException: Number 50000 and message",
            FailureSignature(None, ("Win32Exception", "SqlException"), ("0x80004005", "50000")),
        ),
        ("[42000][50000][Driver]ERROR 2627, Level 14, State 1", FailureSignature(codes=("50000", "2627"))),
        ("chain has no trusted root (800B0109)", FailureSignature(codes=("0x800b0109",))),
        ("ErrorCode : -2146233079", FailureSignature(codes=("-2146233079",))),
        ("The operating system reported error 53: network", FailureSignature(codes=("53",))),
        ("nothing of the kind, 503 items on port 8530", FailureSignature()),
    ],
)
def test_parts_are_read(text: str, expected: FailureSignature) -> None:
    found = READER.read(text.replace(" LE=0X8013150A", ""))
    assert found == expected


def test_the_last_error_of_newer_builds_counts() -> None:
    assert READER.read("STATMSG: ID=6703 SEV=E NUMATTRS=0 LE=0X8013150A").codes == ("6703", "0x8013150a")


@pytest.mark.parametrize(
    "message",
    [
        "The request failed with HTTP status 503: Service Unavailable",
        "Fehler bei der Anforderung mit HTTP-Status 503: Service Unavailable",
        "La demande a échoué avec l'état HTTP 503 : Service Unavailable",
        "Ошибка запроса с кодом состояния HTTP 503: Service Unavailable",
        "HTTP ステータス 503: Service Unavailable により要求に失敗しました",
    ],
)
def test_language_does_not_matter(message: str) -> None:
    found = READER.read(f"Sync failed: UssCommunicationError: WebException: {message}. Source: {SYNC}")
    assert found == FailureSignature("UssCommunicationError", ("WebException",), ("503",), "WSyncAction.SyncWSUS")


def test_names_in_stack_frames_are_no_exceptions() -> None:
    text = "System.Net.WebException: no\n   bei A.B.Rethrow.FormatException.Make(String x)\n   bei A.B.SoapException"
    assert READER.read(text).exceptions == ("WebException",)


def test_small_letters_make_no_difference() -> None:
    text = f"Sync failed: DssAuthenticationError: WebException: (401). Source: {SYNC}"
    assert READER.read(text.lower()) == READER.read(text)


def test_a_source_that_was_cut_is_completed() -> None:
    assert READER.read(f"Source: {SERVER[:-9]}").source == "AdminProxy.CreateUpdateServer"


def test_a_source_that_is_not_known_keeps_its_last_two_names() -> None:
    assert READER.read("Source: Contoso.Tools.Sync.Reader.Open").source == "Reader.Open"


@given(st.text())
def test_any_text_has_a_signature(text: str) -> None:
    READER.read(text, text)
