"""Follow-up questions put to the person behind the client, one at a time (elicitation).

How they travel depends on the revision of the protocol. Until 2025-11-25 the server asks in the middle of a call. From
2026-07-28 on a call comes back as "input required" with a state that the client returns with the answer; the library
seals that state, so that nobody but this process can have made it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from anyio import to_thread
from mcp.server.mcpserver import Context
from mcp.shared.exceptions import MCPError
from mcp.types import ElicitRequest, ElicitRequestFormParams, ElicitResult, InputRequiredResult
from mcp.types.version import is_version_at_least

from syncsage.report.words import unknown
from syncsage.step import UNKNOWN, Next, Step
from syncsage_cli.render.step import answers_of
from syncsage_service.mcp.said import ANSWER, PASTED, REASONS, Said

#: Questions put to a person in one call. Clients give up after ten rounds (SEP-2322, the default of all SDKs).
MOST = 10
_KEY = "question"
#: From here on a call is answered with what it still needs.
_ROUNDS = "2026-07-28"
#: From here on choices have titles of their own (SEP-1330).
_TITLED = "2025-11-25"

AnyContext = Context[Any, Any]
#: Returns the step that what was said leads to; called in a thread.
Think = Callable[[Said], Step]


async def go_on(context: AnyContext, said: Said, think: Think) -> Said | InputRequiredResult:
    """Ask until no question is left, the person wants no more, or enough was asked.

    Returns:
        Everything said, with how it ended; or what the client must ask before it calls again.

    Raises:
        EvidenceError: An answer of the call or of the person does not fit.
    """
    if not _can_ask(context):
        await to_thread.run_sync(think, said)
        return replace(said, ended="not-asked")
    version = context.protocol_version or ""
    if is_version_at_least(version, _ROUNDS):
        return await _round(context, said, think)
    while not (said := _closed(said, step := await to_thread.run_sync(think, said))).ended and step.next is not None:
        reply = await _ask(context, step.next, titled=is_version_at_least(version, _TITLED))
        said = said.after(step.next, reply.action, reply.content)
        if said.ended:
            break
    return said


async def _round(context: AnyContext, said: Said, think: Think) -> Said | InputRequiredResult:
    """Take the answer that came with this call, if one did, and say what is needed next."""
    if context.request_state is not None:
        said = said.resumed(context.request_state)
        asked = (await to_thread.run_sync(think, said)).next
        reply = (context.input_responses or {}).get(_KEY)
        if asked is not None:
            accepted = reply if isinstance(reply, ElicitResult) else ElicitResult(action="cancel")
            said = said.after(asked, accepted.action, accepted.content)
    if said.ended:
        return said
    step = await to_thread.run_sync(think, said)
    said = _closed(said, step)
    if said.ended or step.next is None:
        return said
    request = ElicitRequest(params=_form(step.next, titled=True))
    return InputRequiredResult(input_requests={_KEY: request}, request_state=said.state())


def _closed(said: Said, step: Step) -> Said:
    if step.should_stop or step.next is None or step.next.kind == "fix":
        return replace(said, ended="complete")
    return replace(said, ended="limit") if said.asked >= MOST else said


async def _ask(context: AnyContext, asked: Next, titled: bool) -> ElicitResult:
    form = _form(asked, titled)
    try:
        reply: ElicitResult = await context.session.elicit_form(form.message, form.requested_schema, context.request_id)
    except MCPError:  # the client said it can ask, and could not: what is known so far is still an answer
        return ElicitResult(action="cancel")
    return reply


def _can_ask(context: AnyContext) -> bool:
    """Tell whether the client can show a form; one that names no mode can (the first form of the capability)."""
    asking = context.client_capabilities.elicitation if context.client_capabilities is not None else None
    return asking is not None and (asking.form is not None or asking.url is None)


def _form(asked: Next, titled: bool) -> ElicitRequestFormParams:
    choices = [(option.value, option.label) for option in answers_of(asked)]
    if asked.kind != "consent":
        choices += [(f"{UNKNOWN}:{reason}", unknown(reason)) for reason in REASONS]
    one: dict[str, Any] = {"type": "string", "title": "Answer"}
    if titled:
        one["oneOf"] = [{"const": value, "title": label} for value, label in choices]
    else:
        one |= {"enum": [value for value, _ in choices], "enumNames": [label for _, label in choices]}
    fields = {ANSWER: one}
    if asked.paste:
        fields[PASTED] = {"type": "string", "title": "The text", "description": "Paste it here instead of a choice."}
    required = [] if asked.paste else [ANSWER]
    schema = {"type": "object", "properties": fields, "required": required}
    return ElicitRequestFormParams(message=_message(asked), requested_schema=schema)


def _message(asked: Next) -> str:
    lines = [asked.text, asked.help, asked.command and f"    {asked.command}"]
    if asked.command:
        lines += [f"Good: {asked.good}", f"Bad: {asked.bad}"]
    return "\n".join(line for line in lines if line)
