"""Made-up sync logs of any size, and the runs that are in them.

About 6 in 100 records say how a run goes; the rest is what fills such logs: updates that are compared one by one,
polling, other work. Red words stand where nothing failed, and failures stand inside runs that succeed. A failed run is
tried again until it goes well.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

Form = Literal["ccm", "simple"]

_COMPONENT = "SMS_WSUS_SYNC_MANAGER"
_HOST, _SITE = "cs1site.contoso.com", "CS1"
_BIAS = 480
_MAIN, _WSUS_WORKER, _SMS_WORKER = 4320, 8080, 5408
_SOURCE = "{C2D17964-BBDD-4339-B9F3-12D7205B39CC}"
_SYNC = "Microsoft.SystemsManagementServer.SoftwareUpdatesManagement.WsusSyncAction.WSyncAction.SyncWSUS"
_ADMIN = "Microsoft.UpdateServices.Administration.AdminProxy.CreateUpdateServer"
_PROXY = "Microsoft.UpdateServices.Internal.DatabaseAccess.ApiRemotingCompressionProxy.GetWebResponse"
_DEFINE = "Microsoft.SystemsManagementServer.SoftwareUpdatesManagement.UpdatesManager.UpdatesManagerClass.DefineUpdate"
_TITLES = (
    "Cumulative Update for Windows 10 Version 22H2 for x64-based Systems (KB{n})",
    "Definition Update for Microsoft Endpoint Protection - KB{n} (Definition 1.165.{n}.0)",
    "Security Update for SQL Server 2019 RTM CU (KB{n})",
    "Update for an error where setup failed to start on Windows Server 2019 (KB{n})",
    "Feature update to Windows 11 (business editions), version 23H2, en-us x64",
)
_IDLE = (
    "Wakeup for a polling cycle",
    f"Inbox source is local on {_HOST.upper()}",
    "Failed to query WSUSCertificateData table",
    "Deleted 12 expired updates",
    "Waiting for changes for 46 minutes",
    "Thread terminated by service request",
)
_WAKING = {
    "schedule": ("Wakeup for scheduled regular sync",),
    "manual": ("Wakeup by inbox drop", "Found local sync request file"),
    "retry": ("Wakeup for scheduled retry sync",),
}
_PERFORMING = {"schedule": "regular schedule", "manual": "local request", "retry": "retry schedule"}


@dataclass(frozen=True, slots=True)
class Failure:
    """How a run ends badly: in which step, with what message and source, and what is the same in every language."""

    step: str
    message: str
    source: str
    prefix: str | None = None
    exceptions: tuple[str, ...] = ()


_FAILURES = (
    Failure("start", "WSUS server not configured", "CWSyncMgr::DoSync"),
    Failure("connect", "The request failed with HTTP status 401: Unauthorized", _ADMIN),
    Failure(
        "wsus-sync",
        "UssCommunicationError: WebException: The remote name could not be resolved: 'sws.update.microsoft.com'~~"
        "at System.Net.HttpWebRequest.GetRequestStream()",
        _SYNC,
        "UssCommunicationError",
        ("WebException",),
    ),
    Failure(
        "wsus-sync",
        "UssCommunicationError: WebException: The request failed with HTTP status 503: Service Unavailable.~~"
        "at System.Web.Services.Protocols.SoapHttpClientProtocol.ReadResponse()",
        _SYNC,
        "UssCommunicationError",
        ("WebException",),
    ),
    Failure("site-database", "The operation has timed out", _PROXY),
)


@dataclass(frozen=True, slots=True)
class TruthRun:
    """What is to be found of one run. Times are UTC, from waking to the line that gives the time it took."""

    outcome: str
    trigger: str
    site: str
    started: datetime
    ended: datetime
    failing_step: str | None
    update_failures: int
    prefix: str | None
    exceptions: tuple[str, ...]


class _Writer:
    """Puts messages into the form of a log and lets time pass."""

    def __init__(self, form: Form, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311  no secret hangs on it
        self.thread = _MAIN
        self._form = form
        self._now = datetime(2014, 1, 16, 1, 0, 0)

    @property
    def utc(self) -> datetime:
        """The time of the last record in UTC, as exact as the log has it."""
        return self._now + timedelta(minutes=_BIAS)

    def record(self, message: str, seconds: float = 0.01) -> str:
        """Return one record, about ``seconds`` after the one before."""
        self._now += timedelta(milliseconds=int(seconds * 1000 * (0.5 + self.chance.random())) + 1)
        now, thread = self._now, self.thread
        clock = f"{now:%H:%M:%S}.{now.microsecond // 1000:03d}+{_BIAS}"
        if self._form == "ccm":
            return (
                f'<![LOG[{message}]LOG]!><time="{clock}" date="{now:%m-%d-%Y}" component="{_COMPONENT}" '
                f'context="" type="1" thread="{thread}" file="wsyncmgr.cpp:{1000 + thread}">\r\n'
            )
        return f"{message}  $$<{_COMPONENT}><{now:%m-%d-%Y} {clock}><thread={thread} (0x{thread:X})>\r\n"

    def status(self, number: int, severity: str = "I", *texts: str) -> str:
        """Return a record with a status message."""
        utc = self.utc + timedelta(milliseconds=1)
        filled = (*texts, *[""] * 10)[:10]
        strings = " ".join(f'ISTR{i}="{text}"' for i, text in enumerate(filled))
        return self.record(
            f'STATMSG: ID={number} SEV={severity} LEV=M SOURCE="SMS Server" COMP="{_COMPONENT}" SYS={_HOST} '
            f"SITE={_SITE} PID=432 TID={self.thread} GMTDATE={utc:%a %b %d %H:%M:%S}.{utc.microsecond // 1000:03d} "
            f"{utc:%Y} {strings} NUMATTRS=0",
            0,
        )


class _Story:
    """Tells one run after the other and keeps what each of them was."""

    def __init__(self, form: Form, seed: int) -> None:
        self.truth: list[TruthRun] = []
        self._out = _Writer(form, seed)
        self._failure: Failure | None = None
        self._failed_updates = 0

    def next(self) -> Iterator[str]:
        """Yield the records of the next run."""
        chance = self._out.chance
        if self._failure is not None:
            self._failure = self._failure if chance.random() < 0.3 else None
            yield from self._run("retry", self._failure)
        else:
            self._failure = chance.choice(_FAILURES) if chance.random() < 0.25 else None
            yield from self._run(chance.choice(("schedule", "manual")), self._failure)

    def _run(self, trigger: str, failure: Failure | None) -> Iterator[str]:
        out = self._out
        self._failed_updates = 0
        first, *waking = _WAKING[trigger]
        yield out.record(first, 60)
        started = out.utc
        for message in (*waking, "Starting Sync", f"Performing sync on {_PERFORMING[trigger]}"):
            yield out.record(message)
        yield from self._steps(failure.step if failure else "")
        yield from self._failed(failure) if failure else self._done()
        minutes, seconds = out.chance.randrange(3, 59), out.chance.randrange(60)
        yield out.record(f"Sync time: 0d00h{minutes:02d}m{seconds:02d}s")
        run = TruthRun(
            outcome="failure" if failure else "success",
            trigger=trigger,
            site=_SITE,
            started=started,
            ended=out.utc,
            failing_step=failure.step if failure else None,
            update_failures=self._failed_updates,
            prefix=failure.prefix if failure else None,
            exceptions=failure.exceptions if failure else (),
        )
        self.truth.append(run)
        yield from self._after(failure)

    def _steps(self, failing: str) -> Iterator[str]:
        steps = {
            "start": self._start,
            "connect": self._connect,
            "wsus-sync": self._wsus,
            "site-database": self._database,
        }
        for step, tell in steps.items():
            yield from tell(step == failing)
            if step == failing:
                return

    def _start(self, _fails: bool) -> Iterator[str]:
        yield self._out.record(f"Read SUPs from SCF for {_HOST.upper()}")
        yield self._out.record("Found 1 SUPs")
        yield self._out.record(f"Found active SUP {_HOST.upper()} from SCF File.")
        yield self._out.status(6701)

    def _connect(self, _fails: bool) -> Iterator[str]:
        yield self._out.status(6704)
        yield self._out.record(f"Synchronizing WSUS server {_HOST}")
        yield self._out.record(f"Synchronizing WSUS server {_HOST} ...")

    def _wsus(self, fails: bool) -> Iterator[str]:
        out = self._out
        out.thread = _WSUS_WORKER
        yield out.record("sync: Starting WSUS synchronization", 0.5)
        yield out.record("sync: WSUS synchronizing categories", 2)
        yield out.record("sync: WSUS synchronizing updates", 20)
        for progress in self._advance("sync: WSUS synchronizing updates", fails):
            yield progress
            yield from self._idle(2)
        if not fails:
            yield out.record(f"Done synchronizing WSUS Server {_HOST}", 3)
            yield out.record("Sleeping 120 more seconds for WSUS server sync results to become available")
            yield out.record(f"Set content version of update source {_SOURCE} for site {_SITE} to 33", 120)
        out.thread = _MAIN

    def _database(self, fails: bool) -> Iterator[str]:
        out = self._out
        yield out.status(6705)
        yield out.record(f"Synchronizing SMS database with WSUS server {_HOST} ...")
        out.thread = _SMS_WORKER
        yield out.record("sync: Starting SMS database synchronization", 0.5)
        yield out.record("sync: SMS synchronizing categories", 1)
        yield out.record("sync: SMS synchronizing categories, processed 223 out of 223 items (100%)", 9)
        yield out.record("sync: SMS synchronizing updates", 1)
        for progress in self._advance("sync: SMS synchronizing updates", fails):
            for _ in range(70):
                yield from self._compare()
            yield progress
        if not fails:
            yield out.record(f"Done synchronizing SMS with WSUS Server {_HOST}", 1)
            yield out.record(f"Set content version of update source {_SOURCE} for site {_SITE} to 34")
        out.thread = _MAIN

    def _advance(self, doing: str, fails: bool) -> Iterator[str]:
        """Yield the progress of a step; one that fails gets through a third of it."""
        parts = 24
        whole = self._out.chance.randrange(400, 4000)
        for part in range(1, (parts // 3 if fails else parts) + 1):
            done = whole * part // parts
            eta = "" if done == whole else f", ETA in 00:{59 - part * 59 // parts:02d}:{part:02d}"
            yield self._out.record(f"{doing}, processed {done} out of {whole} items ({100 * done // whole}%){eta}", 60)

    def _compare(self) -> Iterator[str]:
        """Yield what is most of such a log: one more update; now and then it fails, and the run goes on."""
        out, fate = self._out, self._out.chance.random()
        update = f"{out.chance.getrandbits(32):08x}-1f26-444b-9828-{out.chance.getrandbits(48):012x}"
        title = out.chance.choice(_TITLES).format(n=out.chance.randrange(4_000_000, 5_999_999))
        if fate < 0.975:
            yield out.record(f"Skipped update {update} - {title} because it is up to date.", 0.05)
            return
        yield out.record(f"Synchronizing update {update} - {title}", 0.2)
        if fate > 0.9995:
            self._failed_updates += 1
            yield out.record(
                f"Failed to sync update {update}. Error: Failed to save update {update}. CCISource error: -1. "
                f"Source: {_DEFINE}",
                0.2,
            )

    def _failed(self, failure: Failure) -> Iterator[str]:
        yield self._out.record(f"Sync failed: {failure.message}. Source: {failure.source}", 0.5)
        yield self._out.status(6703, "E", failure.source, failure.message)
        yield self._out.record("Sync failed. Will retry in 60 minutes")
        yield self._out.record(f"Setting sync alert to active state on site {_SITE}")

    def _done(self) -> Iterator[str]:
        yield self._out.status(6702)
        yield self._out.record(f"Sync succeeded. Setting sync alert to canceled state on site {_SITE}")
        yield self._out.record("Updated 130 items in SMS database, new update source content version is 34")

    def _after(self, failure: Failure | None) -> Iterator[str]:
        """Yield what follows a run: notification, maintenance, and polling until the next one."""
        if failure is None:
            yield self._out.record("Sending sync notification to child site(s): PS1, PS2", 0.1)
            if self._out.chance.random() < 0.3:
                yield self._out.record(f"Starting cleanup on WSUS, default server {_HOST}", 5)
                yield self._out.record("sync: SMS performing cleanup", 1)
                yield self._out.record("Cleanup processed 804 total updates and declined 8", 60)
                yield self._out.record(f"Done Declining updates in WSUS Server {_HOST}", 60)
        yield from self._idle(120)

    def _idle(self, count: int) -> Iterator[str]:
        for number in range(count):
            yield self._out.record(_IDLE[number % len(_IDLE)], 2)


def write(path: Path, form: Form, size: int, seed: int = 7) -> list[TruthRun]:
    """Write a log of at least ``size`` bytes, ending with a whole run, and return what runs are in it."""
    story = _Story(form, seed)
    with path.open("wb") as file:
        while file.tell() < size:
            file.write("".join(story.next()).encode())
    return story.truth
