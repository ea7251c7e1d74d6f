"""SyncSage as a service: HTTP, kept sessions, adapters for helpdesks, a chat page, MCP."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from syncsage_service.app import create_app
    from syncsage_service.settings import Settings

__all__ = ["Settings", "create_app"]


def __getattr__(name: str) -> Any:
    """Import what is asked for: MCP and the adapters in process need neither web framework nor database."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{'app' if name == 'create_app' else 'settings'}"), name)
