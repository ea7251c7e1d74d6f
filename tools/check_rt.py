"""Try the adapter for Request Tracker 5 on a real one: Debian's, with a database of its own.

Ticket -> Scrip -> signed webhook -> service -> REST2 -> internal comment, and back. Each check prints what it saw; the
first that fails ends the run with what RT and the service logged.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx2

import rt_server
from syncsage_service.adapters.signing import sign

SECRET = "a secret for this trial only"  # noqa: S105 - of a database that is thrown away
ERROR = "Sync failed: WSUS server not configured. Source: CWSyncMgr::DoSync"
LOG = (
    "Sync failed: WSUS server not configured. Source: CWSyncMgr::DoSync"
    "  $$<SMS_WSUS_SYNC_MANAGER><06-01-2026 10:00:00.123-120><thread=4711 (0x1267)>\r\n"
)
MARK = "[SyncSage] internal note"
_PATIENCE = 30.0


class Trial:
    """Request Tracker and the service, side by side."""

    def __init__(self, folder: Path) -> None:
        self.port = rt_server.free_port()
        self.hook = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        self.rt = rt_server.RtServer(folder / "rt", self.hook, SECRET)
        self._http = httpx2.Client(timeout=60, trust_env=False)
        self.service: subprocess.Popen[bytes] | None = None

    def start_service(self) -> None:
        """Start the service and wait until it can work."""
        environment = {
            **os.environ,
            "SYNCSAGE_DATABASE_URL": f"sqlite:///{self.folder / 'service.db'}",
            "SYNCSAGE_RT_URL": self.rt.url,
            "SYNCSAGE_RT_TOKEN": self.rt.token,
            "SYNCSAGE_RT_SECRET": SECRET,
        }
        program = str(Path(sys.executable).with_name("syncsage"))
        with (self.folder / "service.log").open("ab") as log:
            command = [program, "serve", "--port", str(self.port)]
            self.service = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        rt_server.await_url(f"{self.hook}/readyz")

    def stop_service(self) -> None:
        """End the service."""
        if self.service is not None:
            self.service.terminate()
            self.service.wait(_PATIENCE)
            self.service = None

    def rest(self, path: str, body: object = None) -> Any:
        """Call REST2 as RT's own administrator."""
        place = path if path.startswith("http") else f"{self.rt.url}/REST/2.0{path}"
        answer = self._http.request("GET" if body is None else "POST", place, json=body, auth=("root", "password"))
        return answer.raise_for_status().json()

    def deliver(self, ticket: str, transaction: int, secret: str) -> tuple[int, str]:
        """Send what the Scrip sends; return the status, and what the service says."""
        body = json.dumps({"ticket": int(ticket), "transaction": transaction}).encode()
        answer = self._http.post(f"{self.hook}/v1/hooks/rt", content=body, headers=sign(secret, "", body, time.time()))
        return answer.status_code, answer.json().get("status", "")

    def ticket(self, text: str, files: tuple[tuple[str, str, bytes], ...] = ()) -> str:
        """Create a ticket and return its number."""
        attached = [
            {"FileName": name, "FileType": kind, "FileContent": base64.b64encode(data).decode()}
            for name, kind, data in files
        ]
        asked = {"Queue": "General", "Subject": "Updates do not arrive", "Requestor": "customer@rt.example"}
        body = {**asked, "Content": text, "ContentType": "text/plain", "Attachments": attached}
        return str(self.rest("/ticket", body)["id"])

    def said(self, ticket: str, kind: str) -> list[str]:
        """Return the texts of all transactions of a kind."""
        history = self.rest(f"/ticket/{ticket}/history?fields=Type&per_page=100")["items"]
        return [self._text(item["id"]) for item in history if item["Type"] == kind]

    def notes(self, ticket: str) -> list[str]:
        """Return the notes of the service on a ticket."""
        return [text for text in self.said(ticket, "Comment") if text.startswith(MARK)]

    def await_notes(self, ticket: str, count: int) -> list[str]:
        """Wait until there are ``count`` notes, and a moment longer, and return them."""
        end = time.monotonic() + _PATIENCE
        while len(self.notes(ticket)) < count and time.monotonic() < end:
            time.sleep(0.3)
        time.sleep(2.5)
        return self.notes(ticket)

    def _text(self, transaction: str) -> str:
        links = self.rest(f"/transaction/{transaction}")["_hyperlinks"]
        parts = [self.rest(link["_url"]) for link in links if link["ref"] == "attachment"]
        return "\n".join(
            base64.b64decode(part["Content"]).decode()
            for part in parts
            if part.get("Content") and not part.get("Filename")
        )


def check(seen: object, what: str) -> None:
    """Say what holds, or end."""
    print(f"{'ok ' if seen else 'NOT'}  {what}", flush=True)
    if not seen:
        raise AssertionError(what)


def a_ticket_gets_a_note(trial: Trial) -> str:
    """Create a ticket with an error text: one comment, with causes, a check, a question; nothing for the customer."""
    ticket = trial.ticket(f"{ERROR}\nServer: srv02.corp.example, password=hunter2")
    notes = trial.await_notes(ticket, 1)
    check(len(notes) == 1, "one internal comment on the new ticket")
    print("\n".join(f"      | {line}" for line in notes[0].splitlines()))
    for part in ("Recognised", "Likely causes", "Next:", "To answer, reply with the number"):
        check(part in notes[0], f"it has “{part}”")
    check("hunter2" not in notes[0] and "srv02" not in notes[0], "secrets and names are masked in it")
    check(trial.said(ticket, "Correspond") == [], "no correspondence: the customer sees nothing of it")
    return ticket


def a_reply_goes_on(trial: Trial, ticket: str) -> None:
    """Answer by a customer's mail with the note quoted, then by an agent's comment."""
    before = trial.notes(ticket)[0]
    quoted = "\n".join(f"> {line}" for line in before.splitlines())
    mail = f"From: customer@rt.example\nTo: rt@rt.example\nSubject: Re: [rt.example #{ticket}]\n\n2\n\n{quoted}\n"
    trial.rt.mail(mail.encode())
    notes = trial.await_notes(ticket, 2)
    check(len(notes) == 2, "a reply by mail through RT's gateway adds exactly one comment")
    check("Noted from the last message:" in notes[-1], "it says what was noted")
    trial.rest(f"/ticket/{ticket}/comment", {"Content": "thanks, I will look", "ContentType": "text/plain"})
    check(len(trial.await_notes(ticket, 2)) == 2, "chat among agents adds none")
    trial.rest(f"/ticket/{ticket}/comment", {"Content": "?", "ContentType": "text/plain"})
    check(len(trial.await_notes(ticket, 3)) == 3, "an agent's comment answers the next question")
    check(len(trial.said(ticket, "Correspond")) == 1, "the only correspondence is the customer's own mail")


def repeated_and_forged(trial: Trial, ticket: str) -> None:
    """Send what the Scrip sent once more, then with another secret."""
    transaction = max(
        int(item["id"])
        for item in trial.rest(f"/ticket/{ticket}/history?fields=Type&per_page=100")["items"]
        if item["Type"] == "Correspond"
    )
    before = len(trial.notes(ticket))
    check(trial.deliver(ticket, transaction, SECRET) == (202, "duplicate"), "a repeated delivery is known")
    check(trial.deliver(ticket, transaction + 1000, "somebody else's secret")[0] == 401, "a forged one is refused: 401")
    time.sleep(2.5)
    check(len(trial.notes(ticket)) == before, "neither adds a comment")


def attached_logs_are_read(trial: Trial) -> None:
    """Attach logs in three encodings to tickets whose text tells nothing."""
    for name, kind, encoding in (
        ("wsyncmgr.log", "application/octet-stream", "utf-16"),
        ("wsyncmgr.log", "text/plain", "utf-16"),
        ("wsyncmgr.lo_", "text/plain", "utf-8"),
    ):
        ticket = trial.ticket("Please see the file.", ((name, kind, LOG.encode(encoding)),))
        notes = trial.await_notes(ticket, 1)
        check(len(notes) == 1 and "The log:" in notes[0], f"an attached log is read: {kind}, {encoding}")


def other_tickets_are_left_alone(trial: Trial) -> None:
    """Create a ticket of another field."""
    ticket = trial.ticket("The coffee machine on the second floor is out of beans.")
    check(trial.await_notes(ticket, 0) == [], "a ticket of another field gets no comment")


def without_the_service(trial: Trial) -> None:
    """Create tickets while nobody listens, and while somebody listens and never answers."""
    trial.stop_service()
    began = time.monotonic()
    trial.ticket(ERROR)
    took = time.monotonic() - began
    check(took < 5, f"without the service a ticket is created all the same: {took:.2f} s")
    with rt_server.silent_server(trial.port):
        began = time.monotonic()
        trial.ticket(ERROR)
        took = time.monotonic() - began
    check(took < 8, f"with one that never answers, too: {took:.2f} s")
    trial.start_service()


def main() -> None:
    """Run all checks."""
    rt_server.install()
    with tempfile.TemporaryDirectory(prefix="syncsage-rt-") as name:
        trial = Trial(Path(name))
        try:
            trial.start_service()
            ticket = a_ticket_gets_a_note(trial)
            a_reply_goes_on(trial, ticket)
            repeated_and_forged(trial, ticket)
            attached_logs_are_read(trial)
            other_tickets_are_left_alone(trial)
            without_the_service(trial)
        except (AssertionError, httpx2.HTTPError):
            print(trial.rt.log.read_text("utf-8")[-3000:], (trial.folder / "service.log").read_text("utf-8")[-3000:])
            raise
        finally:
            trial.stop_service()
            trial.rt.stop()
    print("Request Tracker: everything holds.")


if __name__ == "__main__":
    main()
