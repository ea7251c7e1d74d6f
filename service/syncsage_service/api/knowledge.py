"""The knowledge in use: what it has, entry by entry, and reading it anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from syncsage import Engine
from syncsage.serialise import plain
from syncsage_service.api.described import gives, problems
from syncsage_service.problems import ProblemError
from syncsage_service.service import TheService

router = APIRouter(prefix="/v1/kb", tags=["knowledge"])
admin = APIRouter(prefix="/v1/kb", tags=["administration"])

Kind = Literal["problems", "causes", "findings", "procedures"]


class KnowledgeOut(BaseModel):
    """The knowledge in use.

    ``examples`` are texts that somebody may begin with.
    """

    id: str
    title: str
    greeting: str
    examples: list[str]
    version: str
    hash: str
    model: str
    counts: dict[str, int]

    @classmethod
    def of(cls, engine: Engine) -> KnowledgeOut:
        """Return what is told of the knowledge of ``engine``."""
        kb = engine.kb
        counts = {kind: len(_entries(engine, kind)) for kind in ("problems", "causes", "findings", "procedures")}
        return cls(
            id=kb.domain.id,
            title=kb.domain.title,
            greeting=kb.domain.greeting,
            examples=list(kb.domain.examples),
            version=kb.version,
            hash=kb.hash,
            model=engine.model_key,
            counts=counts | {"rules": len(kb.rules), "codes": len(kb.codes)},
        )


class EntryOut(BaseModel):
    """An entry in a list; ``title`` of a finding is its question."""

    id: str
    title: str


class EntriesOut(BaseModel):
    """A part of all entries of one kind, in the order of their ids."""

    items: list[EntryOut]
    total: int
    limit: int
    offset: int


@router.get("", summary="Tell which knowledge is in use", operation_id="knowledge")
def knowledge(service: TheService) -> KnowledgeOut:
    """Return name, version and size of the knowledge in use, and which model it is used with."""
    return KnowledgeOut.of(service.engines.current)


@router.get("/{kind}", summary="List entries of the knowledge", operation_id="entries")
def entries(
    kind: Kind,
    service: TheService,
    limit: Annotated[int, Query(ge=1, le=1000, description="Entries at most.")] = 100,
    offset: Annotated[int, Query(ge=0, le=10_000_000, description="Entries to leave out.")] = 0,
) -> EntriesOut:
    """Return ids and titles of all entries of one kind."""
    found = _entries(service.engines.current, kind)
    items = [EntryOut(id=id, title=_title(entry)) for id, entry in list(found.items())[offset : offset + limit]]
    return EntriesOut(items=items, total=len(found), limit=limit, offset=offset)


@router.get(
    "/{kind}/{entry_id}",
    summary="Show an entry of the knowledge",
    operation_id="entry",
    response_class=JSONResponse,
    responses=gives("The entry, field by field.", "KnowledgeEntry"),
)
def entry(kind: Kind, entry_id: str, service: TheService) -> JSONResponse:
    """Return one entry as the knowledge has it."""
    found = _entries(service.engines.current, kind).get(entry_id)
    if found is None:
        raise ProblemError(404, f"there is no such entry among the {kind}")
    return JSONResponse(plain(found))


@admin.post("/reload", summary="Read the knowledge anew", operation_id="reload", responses=problems(409))
def reload(request: Request, service: TheService) -> KnowledgeOut:
    """Read the knowledge anew; sessions go on with the one that they began with as long as the process has it.

    Where the knowledge has faults, the one in use goes on (409, with every fault). Needs the scope ``admin``.
    """
    engine = service.engines.reload()
    if request.app.state.tell_others is not None:
        request.app.state.tell_others()
    return KnowledgeOut.of(engine)


def _entries(engine: Engine, kind: Kind) -> Mapping[str, Any]:
    kb = engine.kb
    return {"problems": kb.problems, "causes": kb.causes, "findings": kb.findings, "procedures": kb.procedures}[kind]


def _title(entry: Any) -> str:
    return str(getattr(entry, "title", "") or getattr(entry, "ask", ""))
