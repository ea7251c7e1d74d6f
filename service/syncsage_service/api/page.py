"""The chat page: its files, and the headers that keep foreign code out of it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files

from fastapi import APIRouter, Request, Response

from syncsage_service.problems import ProblemError

router = APIRouter(include_in_schema=False)

#: Nothing but the page's own files is loaded, no text ever becomes markup or code, and nobody may frame it.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file of the page, and what tells one state of it from another."""

    body: bytes
    media_type: str
    etag: str


def _read() -> dict[str, PageFile]:
    found: dict[str, PageFile] = {}
    for file in files("syncsage_service").joinpath("page").iterdir():
        media_type = _TYPES.get(file.name[file.name.rfind(".") :])
        if media_type is not None:
            body = file.read_bytes()
            found[file.name] = PageFile(body, f"{media_type}; charset=utf-8", f'"{sha256(body).hexdigest()[:24]}"')
    return found


#: By name; read once, so that no request can name a path.
FILES = _read()


@router.api_route("/", methods=["GET", "HEAD"])
def page(request: Request) -> Response:
    """Return the chat page."""
    return _file(request, "index.html")


@router.api_route("/page/{name}", methods=["GET", "HEAD"])
def part(request: Request, name: str) -> Response:
    """Return a file that the chat page loads."""
    return _file(request, name)


def _file(request: Request, name: str) -> Response:
    """Return a file, or only that the browser has it already.

    Raises:
        ProblemError: 404, the page has no such file.
    """
    file = FILES.get(name)
    if file is None:
        raise ProblemError(404, "the page has no such file")
    headers = {
        "Content-Security-Policy": POLICY,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Cache-Control": "no-cache",
        "ETag": file.etag,
    }
    if file.etag in request.headers.get("If-None-Match", ""):
        return Response(status_code=304, headers=headers)
    return Response(file.body, headers=headers, media_type=file.media_type)
