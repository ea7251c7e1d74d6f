"""Who makes a request, and what may be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Scope = Literal["diagnose", "sessions", "admin"]

#: Every scope there is: stateless endpoints and the knowledge; own sessions; everything, sessions of others too.
SCOPES: tuple[Scope, ...] = get_args(Scope)

#: What a new key may do where nothing else is said.
USUAL: tuple[Scope, ...] = ("diagnose", "sessions")

#: Owner of what is made while there are no keys.
LOCAL_NAME = "local"


@dataclass(frozen=True, slots=True)
class Principal:
    """Who makes a request.

    Attributes:
        name: The owner of what is made; ``local`` where no keys exist.
        scopes: What may be done: ``diagnose``, ``sessions``, ``admin``.
    """

    name: str
    scopes: frozenset[str]

    @property
    def sees(self) -> str | None:
        """Whose sessions may be seen: its own, or everybody's (None)."""
        return None if "admin" in self.scopes else self.name

    def may(self, scope: Scope) -> bool:
        """Tell whether ``scope`` is granted; ``admin`` holds the others."""
        return scope in self.scopes or "admin" in self.scopes


#: Whoever sits at this machine, while there are no keys.
LOCAL = Principal(LOCAL_NAME, frozenset(SCOPES))
