"""Logs made up for tests: runs of several kinds as lists of messages, and the forms in which they are written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

MAIN = "SMS_WSUS_SYNC_MANAGER"
START = datetime(2021, 3, 9, 6, 0, 0, tzinfo=UTC)
BIAS = 60
"""Minutes that Windows adds to local time to get UTC."""

Lines = list[tuple[int, str]]
"""Seconds since the start, and the message."""

DEFINE = "Microsoft.SystemsManagementServer.SoftwareUpdatesManagement.UpdatesManager.UpdatesManagerClass.DefineUpdate"
SYNC_WSUS = "Microsoft.SystemsManagementServer.SoftwareUpdatesManagement.WsusSyncAction.WSyncAction.SyncWSUS"
CREATE_SERVER = "Microsoft.UpdateServices.Administration.AdminProxy.CreateUpdateServer"


def status(number: int, seconds: int, site: str = "HQ1", text: str = "", source: str = "") -> str:
    """Return a status message as the site server writes it into its log."""
    stamp = (START + timedelta(seconds=seconds)).strftime("%a %b %d %H:%M:%S.250 %Y")
    severity = "E" if number == 6703 else "I"
    inserts = f'ISTR0="{source}" ISTR1="{text}" ISTR2="" NUMATTRS=0'
    return (
        f'STATMSG: ID={number} SEV={severity} LEV=M SOURCE="SMS Server" COMP="{MAIN}" SYS={site}SRV.EXAMPLE.NET '
        f"SITE={site} PID=4100 TID=5200 GMTDATE={stamp} {inserts}"
    )


def simple(lines: Lines, component: str = MAIN, offset: int = 0) -> str:
    """Return lines as a site server writes them."""
    return "".join(
        f"{message}  $$<{component}><{_local(seconds + offset)}+{BIAS:03}><thread=5200 (0x1450)>\r\n"
        for seconds, message in lines
    )


def ccm(lines: Lines, component: str = MAIN, offset: int = 0) -> str:
    """Return lines as newer consoles and clients write them."""
    return "".join(
        f'<![LOG[{message}]LOG]!><time="{_local(seconds + offset)[11:]}+{BIAS:03}" '
        f'date="{_local(seconds + offset)[:10]}" component="{component}" context="" type="1" thread="5200" file="x">\n'
        for seconds, message in lines
    )


def plain(lines: Lines) -> str:
    """Return the messages alone."""
    return "\n".join(message for _, message in lines)


def wsus(lines: Iterable[tuple[int, str, str, str]]) -> str:
    """Return lines as WSUS writes them: seconds, level, method, message."""
    return "".join(
        f"{(START + timedelta(seconds=seconds)):%Y-%m-%d %H:%M:%S}.500 UTC\t{level}\tWsusService.15\t{method}\t{text}\n"
        for seconds, level, method, text in lines
    )


def _local(seconds: int) -> str:
    return (START + timedelta(seconds=seconds) - timedelta(minutes=BIAS)).strftime("%m-%d-%Y %H:%M:%S.250")


def begin(how: str = "regular schedule", site: str = "HQ1") -> Lines:
    """Return the beginning of a run up to the point at which WSUS is asked."""
    wake = {
        "regular schedule": ["Wakeup for scheduled regular sync"],
        "local request": ["Wakeup by inbox drop", "Found local sync request file"],
        "parent request": ["Wakeup by inbox drop", "Found parent sync notification file HQ1.SYN."],
        "retry schedule": [],
    }[how]
    return [
        *((0, line) for line in wake),
        (0, "Starting Sync"),
        (0, f"Performing sync on {how}"),
        (1, f"Read SUPs from SCF for {site}SRV.EXAMPLE.NET"),
        (1, "Found 1 SUPs"),
        (1, f"Found active SUP {site}SUP.EXAMPLE.NET from SCF File."),
        (2, status(6701, 2, site)),
        (4, status(6704, 4, site)),
        (4, f"Synchronizing WSUS server {site}SUP.EXAMPLE.NET"),
        (5, f"Synchronizing WSUS server {site.lower()}sup.example.net ..."),
    ]


def fetch(site: str = "HQ1") -> Lines:
    """Return the phase in which WSUS synchronizes."""
    return [
        (5, "sync: Starting WSUS synchronization"),
        (6, "sync: WSUS synchronizing categories"),
        (20, "sync: WSUS synchronizing updates"),
        (50, "sync: WSUS synchronizing updates, processed 40 out of 80 items (50%), ETA in 00:00:30"),
        (80, "sync: WSUS synchronizing updates, processed 80 out of 80 items (100%)"),
        (85, f"Done synchronizing WSUS Server {site}SUP.EXAMPLE.NET"),
        (85, "Sleeping 120 more seconds for WSUS server sync results to become available"),
        (205, f"Set content version of update source {{5E0A1CE5-0000-4000-8000-000000000001}} for site {site} to 12"),
    ]


def fill() -> Lines:
    """Return the phase in which a top-level site fills its database."""
    return [
        (206, status(6705, 206)),
        (206, "Synchronizing SMS database with WSUS server HQ1SUP.EXAMPLE.NET ..."),
        (207, "sync: Starting SMS database synchronization"),
        (210, "sync: SMS synchronizing categories"),
        (230, "sync: SMS synchronizing categories, processed 210 out of 210 items (100%)"),
        (231, "sync: SMS synchronizing updates"),
        (240, "Synchronizing update 0f0f0f0f-1111-4222-8333-444444444444 - Example update (KB1234567)"),
        (290, "sync: SMS synchronizing updates, processed 9 out of 9 items (100%)"),
        (291, "Done synchronizing SMS with WSUS Server HQ1SUP.EXAMPLE.NET"),
    ]


def succeed(site: str = "HQ1", parent: str = "") -> Lines:
    """Return the end of a good run."""
    last = (
        f"Successfully synced site with parent {parent}, version 13"
        if parent
        else ("Updated 9 items in SMS database, new update source content version is 13")
    )
    return [
        (300, status(6702, 300, site)),
        (300, f"Sync succeeded. Setting sync alert to canceled state on site {site}"),
        (300, last),
        (300, "Sync time: 0d00h04m58s"),
    ]


def fail(message: str, source: str, seconds: int, site: str = "HQ1") -> Lines:
    """Return the end of a bad run."""
    return [
        (seconds, f"Sync failed: {message}. Source: {source}"),
        (seconds, status(6703, seconds, site, message, source)),
        (seconds, "Sync failed. Will retry in 60 minutes"),
        (seconds, f"Setting sync alert to active state on site {site}"),
        (seconds, f"Sync time: 0d00h00m{seconds:02}s"),
        (seconds, "Next scheduled sync is a retry sync at 3/9/2021 7:00:30 AM"),
        (seconds, "Waiting 60 minutes for requests"),
    ]


def notify() -> Lines:
    """Return what a parent does after a good run."""
    return [(301, "Sending sync notification to child site(s): BR1, BR2")]


def replicas(seconds: int = 310, site: str = "HQ1") -> Lines:
    """Return the phase in which further servers follow."""
    return [
        (seconds, "Synchronizing replica WSUS servers"),
        (seconds, status(6706, seconds, site)),
        (seconds, "Synchronizing WSUS server hq1two.example.net ..."),
        (seconds + 1, "sync: Starting Replica WSUS synchronization"),
        (seconds + 9, "sync: Replica WSUS synchronizing other items, processed 4 out of 4 items (100%)"),
        (seconds + 9, "Done synchronizing WSUS Server hq1two.example.net"),
    ]


def good_run(how: str = "regular schedule") -> Lines:
    """Return a whole good run of a top-level site."""
    return [*begin(how), *fetch(), *fill(), *succeed(), *notify()]


def child_run() -> Lines:
    """Return a whole good run of a child site."""
    return [*begin("parent request", "BR1"), *fetch("BR1"), *succeed("BR1", "HQ1")]
