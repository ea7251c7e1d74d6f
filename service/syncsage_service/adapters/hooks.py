"""The adapters that the settings switch on, and the way of a delivery from the door to the outbox."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Engine as Database

from syncsage.errors import InputError
from syncsage_service.adapters.calling import Caller, address
from syncsage_service.adapters.chatwoot import Chatwoot
from syncsage_service.adapters.generic import Generic
from syncsage_service.adapters.model import Helpdesk, UnknownHelpdeskError
from syncsage_service.adapters.outbox import Outbox
from syncsage_service.adapters.rt import RequestTracker
from syncsage_service.adapters.talk import Talk
from syncsage_service.adapters.worker import Counted, Worker
from syncsage_service.adapters.zammad import Zammad
from syncsage_service.desk import Desk
from syncsage_service.engines import Engines
from syncsage_service.settings import PREFIX, Settings

#: A shorter secret can be guessed.
_SHORTEST_SECRET = 16
_OUTSIDE: Mapping[str, bool] = {"": False, "silent": False, "note": True}


@dataclass(frozen=True, slots=True)
class Hooks:
    """The adapters in use with what they work with.

    Attributes:
        helpdesks: By name.
        outbox: What was taken and is not done.
        worker: Does it.
    """

    helpdesks: Mapping[str, Helpdesk]
    outbox: Outbox
    worker: Worker
    callers: tuple[Caller, ...]

    @classmethod
    def start(
        cls, settings: Settings, database: Database, desk: Desk, engines: Engines, counted: Counted | None = None
    ) -> Hooks:
        """Switch on what the settings name, and begin to work where that is anything.

        Raises:
            InputError: A setting is missing or is none.
        """
        variables = settings.variables
        helpdesks: dict[str, Helpdesk] = {}
        callers: list[Caller] = []
        for name, make in _MAKERS.items():
            secret = _secret(variables, f"{name.upper()}_SECRET")
            if secret:
                helpdesks[name], caller = make(variables, secret)
                callers += [caller] if caller is not None else []
        outbox = Outbox(database)
        talk = Talk(desk, engines, outside=_outside(variables), public_url=settings.public_url)
        worker = Worker(outbox, helpdesks, talk, counted or _nobody)
        if helpdesks:
            worker.start()
        return cls(helpdesks, outbox, worker, tuple(callers))

    def take(self, source: str, headers: Mapping[str, str], body: bytes) -> str:
        """Take a delivery: ``accepted``, ``duplicate``, or ``ignored`` where there is nothing to do.

        Raises:
            UnknownHelpdeskError: No such adapter is switched on.
            SignatureError: The delivery is not from the helpdesk.
            PayloadError: It has not the shape that the helpdesk sends.
        """
        helpdesk = self.helpdesks.get(source)
        if helpdesk is None:
            raise UnknownHelpdeskError(source)
        helpdesk.verify(headers, body, time.time())
        arrival = helpdesk.read(headers, body)
        if arrival is None:
            return "ignored"
        if not self.outbox.take(arrival):
            return "duplicate"
        self.worker.wake()
        return "accepted"

    def stop(self) -> None:
        """Finish what is being worked on; the rest is done after the next start."""
        self.worker.stop()
        for caller in self.callers:
            caller.close()


_Made = tuple[Helpdesk, Caller | None]


def _rt(variables: Mapping[str, str], secret: str) -> _Made:
    caller = _caller(variables, "RT", lambda token: {"Authorization": f"token {token}"})
    return RequestTracker(caller, secret, variables.get("RT_USER", "")), caller


def _zammad(variables: Mapping[str, str], secret: str) -> _Made:
    caller = _caller(variables, "ZAMMAD", lambda token: {"Authorization": f"Token token={token}"})
    return Zammad(caller, secret, variables.get("ZAMMAD_USER", "")), caller


def _chatwoot(variables: Mapping[str, str], secret: str) -> _Made:
    caller = _caller(variables, "CHATWOOT", lambda token: {"api_access_token": token})
    account = _needed(variables, "CHATWOOT_ACCOUNT")
    if not (account.isascii() and account.isdecimal()):
        raise InputError(f"{PREFIX}CHATWOOT_ACCOUNT is no number: it stands in the address of the dashboard")
    return Chatwoot(caller, secret, account, variables.get("CHATWOOT_USER", "")), caller


def _generic(variables: Mapping[str, str], secret: str) -> _Made:
    callback = variables.get("GENERIC_CALLBACK_URL", "")
    caller = Caller(address("GENERIC_CALLBACK_URL", callback), {}) if callback else None
    return Generic(secret, caller), caller


_MAKERS: Mapping[str, Callable[[Mapping[str, str], str], _Made]] = {
    RequestTracker.source: _rt,
    Zammad.source: _zammad,
    Chatwoot.source: _chatwoot,
    Generic.source: _generic,
}


def _caller(variables: Mapping[str, str], name: str, headers: Callable[[str], dict[str, str]]) -> Caller:
    url = address(f"{name}_URL", _needed(variables, f"{name}_URL"))
    token = _needed(variables, f"{name}_TOKEN")
    if not (token.isascii() and token.isprintable()):
        raise InputError(f"{PREFIX}{name}_TOKEN has characters that no token has")
    return Caller(url, headers(token))


def _needed(variables: Mapping[str, str], name: str) -> str:
    value = variables.get(name, "").strip()
    if not value:
        switch = PREFIX + name.partition("_")[0] + "_SECRET"
        raise InputError(f"{PREFIX}{name} is missing: {switch} switches its adapter on")
    return value


def _secret(variables: Mapping[str, str], name: str) -> str:
    value = variables.get(name, "").strip()
    if value and len(value) < _SHORTEST_SECRET:
        raise InputError(f"{PREFIX}{name} is too short: {_SHORTEST_SECRET} characters at least, such as of a generator")
    return value


def _outside(variables: Mapping[str, str]) -> bool:
    value = variables.get("NOTE_OUTSIDE", "").strip().lower()
    if value not in _OUTSIDE:
        raise InputError(f"{PREFIX}NOTE_OUTSIDE is {value!r}: silent or note is wanted")
    return _OUTSIDE[value]


def _nobody(source: str, outcome: str) -> None:
    """Count nothing."""
