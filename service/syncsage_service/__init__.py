"""SyncSage as a service: HTTP, kept sessions, adapters for helpdesks, a chat page, MCP."""

from syncsage_service.app import create_app
from syncsage_service.settings import Settings

__all__ = ["Settings", "create_app"]
