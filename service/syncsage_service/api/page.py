"""The chat page: its files, and the headers that keep foreign code out of it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files

from fastapi import APIRouter, Request, Response

from syncsage_service.api.conditional import is_known
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
_PAGE = "index.html"
_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file of the page, and what tells one state of it from another."""

    body: bytes
    media_type: str
    etag: str


def _made(name: str, body: bytes) -> PageFile:
    return PageFile(body, f"{_TYPES[_ending(name)]}; charset=utf-8", f'"{sha256(body).hexdigest()[:24]}"')


def _ending(name: str) -> str:
    return name[name.rfind(".") :]


def _read() -> tuple[str, dict[str, PageFile]]:
    """Return a name for the state of all files, and the files; the page itself names that state."""
    folder = files("syncsage_service").joinpath("page")
    bodies = {file.name: file.read_bytes() for file in folder.iterdir() if _ending(file.name) in _TYPES}
    state = sha256(b"".join(bodies[name] for name in sorted(bodies))).hexdigest()[:16]
    bodies[_PAGE] = bodies[_PAGE].replace(b'"page/', f'"page/{state}/'.encode())
    return state, {name: _made(name, body) for name, body in bodies.items()}


#: Read once, so that no request can name a path.
STATE, FILES = _read()


@router.get("/")
def page(request: Request) -> Response:
    """Return the chat page."""
    return _file(request, _PAGE, "no-cache")


@router.get("/page/{state}/{name}")
def part(request: Request, state: str, name: str) -> Response:
    """Return a file that the chat page loads; one of another state, as while replicas change, is not to be kept."""
    return _file(request, name, "public, max-age=31536000, immutable" if state == STATE else "no-cache")


def _file(request: Request, name: str, caching: str) -> Response:
    """Return a file, or only that the browser has it already.

    Raises:
        ProblemError: 404, the page has no such file; 400, If-None-Match is no list of tags.
    """
    file = FILES.get(name)
    if file is None:
        raise ProblemError(404, "the page has no such file")
    headers = {
        "Content-Security-Policy": POLICY,
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Cache-Control": caching,
        "ETag": file.etag,
    }
    if is_known(request.headers.get("If-None-Match", ""), file.etag):
        return Response(status_code=304, headers=headers)
    return Response(file.body, headers=headers, media_type=file.media_type)
