"""SyncSage as a service: HTTP, kept sessions, adapters for helpdesks, a chat page, MCP."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from syncsage_service.app import create_app
    from syncsage_service.settings import Settings

__all__ = ["Settings", "create_app"]


def __getattr__(name: str) -> Any:
    """Import the application when somebody asks for it: a command that lists keys needs no web framework."""
    if name == "create_app":
        from syncsage_service.app import create_app

        return create_app
    if name == "Settings":
        from syncsage_service.settings import Settings

        return Settings
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
