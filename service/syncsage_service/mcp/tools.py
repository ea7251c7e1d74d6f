"""The tools: each takes texts and ids, reads nothing else, changes nothing, and keeps nothing."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

from anyio import to_thread
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools import Tool
from mcp.types import CallToolResult, InputRequiredResult, ToolAnnotations

from syncsage import Engine
from syncsage.errors import SyncSageError
from syncsage.serialise import procedure_to_dict, track_to_dict
from syncsage_cli.render import codes as codes_view
from syncsage_cli.render import timeline as runs_view
from syncsage_cli.render.knowledge import plain
from syncsage_cli.render.procedure import procedure as procedure_blocks
from syncsage_service.inputs import Answers, Id, Needed, Text, What
from syncsage_service.mcp import shown
from syncsage_service.mcp.asking import AnyContext, go_on
from syncsage_service.mcp.explaining import explained
from syncsage_service.mcp.said import Said

_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
_GO_ON = "To find the cause behind it, give the whole message to diagnose."
_OBJECT: dict[str, Any] = {"type": "object"}


class Tools:
    """The tools over one engine; safe to call from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def diagnose(
        self,
        context: AnyContext,
        text: Text = "",
        evidence: Answers = [],  # noqa: B006 - the published default; it is never changed
    ) -> CallToolResult | InputRequiredResult:
        """Find the cause of a problem from an error message, lines of a log, or a complaint in plain words.

        Where the client can ask the person, the questions that tell the causes apart are put one at a time. Else the
        result holds the next question: put it to the person and call again with all evidence so far. Ends with a fix,
        its steps and how to verify it, or says plainly that the problem is not known.
        """
        said = Said.of(text, evidence)
        with _clear():
            after = await go_on(context, said, lambda so_far: so_far.session(self._engine).step)
            if isinstance(after, InputRequiredResult):
                return after
            return await to_thread.run_sync(shown.diagnosis, self._engine, after)

    def lookup(self, codes: Text) -> CallToolResult:
        """Tell what error codes mean, in any form (hexadecimal, signed, unsigned, by name), alone or in a text."""
        with _clear():
            found = self._engine.lookup(codes)
        return shown.result(plain(found), codes_view.lookup(found, self._engine.kb, _GO_ON))

    def track(self, text: Text) -> CallToolResult:
        """Read the text of a log: group its lines into runs, and tell how far each got and where and why it failed.

        Takes the text itself, never a path.
        """
        from syncsage.report.timeline import timeline as story

        with _clear():
            found = self._engine.track(text)
        return shown.result(track_to_dict(found), runs_view.page(story(found, self._engine.kb, "text")))

    def explain(
        self,
        what: What,
        text: Text = "",
        evidence: Answers = [],  # noqa: B006 - the published default; it is never changed
        cause: Id = "",
        question: Id = "",
        value: Id = "",
    ) -> CallToolResult:
        """Explain a diagnosis, given the same text and evidence.

        why: why the next question or fix comes next. how: on what a cause rests (the first where none is named), down
        to the line, the answer and the source. whynot: why a cause is not the first. whatif: what an answer (question,
        value) would change. facts: what is known and where from. rules: what became of every rule.
        """
        with _clear():
            session = Said.of(text, evidence).session(self._engine)
            data, blocks = explained(session, what, cause, question, value)
        return shown.result(data, blocks)

    def procedure(self, id: Needed) -> CallToolResult:
        """Show a procedure step by step, with commands, what to expect, risk, and how to undo it."""
        with _clear():
            found = self._engine.procedure(id)
        return shown.result(procedure_to_dict(found), procedure_blocks(found))

    def all(self) -> list[Tool]:
        """Return the tools as the library takes them."""
        return [
            _tool(self.diagnose, "Diagnose", shown.diagnosis_schema()),
            _tool(self.lookup, "Look codes up", _OBJECT),
            _tool(self.track, "Read a log", _OBJECT),
            _tool(self.explain, "Explain a diagnosis", shown.explanation_schema()),
            _tool(self.procedure, "Show a procedure", shown.procedure_schema()),
        ]


def _tool(function: Callable[..., Any], title: str, schema: dict[str, Any]) -> Tool:
    tool = Tool.from_function(function, title=title, annotations=_READS, structured_output=False)
    # The engine has written its schemas already; deriving others from types would describe the same data twice.
    tool.fn_metadata = tool.fn_metadata.model_copy(update={"output_schema": schema})
    return tool


@contextmanager
def _clear() -> Generator[None]:
    """Tell an error of the engine in its own words; any other one is a crash, which the library logs and hides."""
    try:
        yield
    except SyncSageError as error:
        raise ToolError(str(error)) from error
