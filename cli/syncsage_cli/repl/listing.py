"""The commands of the interview, in the order of the help."""

from __future__ import annotations

from syncsage_cli.repl import copying, explaining, filing, moving, reporting, resuming, tracking
from syncsage_cli.repl.command import Command, a_file, anything, maybe_all, one_word

_ASKED: tuple[Command, ...] = (
    Command("why", "", "why this question, and what each answer would speak for", "What is asked", explaining.why),
    Command(
        "whatif",
        "[ID=]ANSWER",
        "what an answer would change",
        "What is asked",
        explaining.what_if,
        anything,
        examples=(("whatif 2", "the second answer to this question"), ("whatif ID=yes", "another one; facts has ids")),
    ),
    Command(
        "steps",
        "[all]",
        "the procedure step by step; all: on one page",
        "What is asked",
        moving.steps,
        maybe_all,
        examples=(
            ("steps", "Enter ticks a step off, b goes back, s skips, q leaves"),
            ("steps all", "everything on one page, as every version words it"),
        ),
    ),
    Command("again", "", "the question or fix once more", "What is asked", moving.again),
    Command(
        "copy",
        "[WHAT]",
        "command, answer or report to the clipboard",
        "What is asked",
        copying.copy,
        copying.names_a_thing,
        examples=(
            ("copy", "the command on the screen, else the last answer"),
            ("copy command", "the command to run"),
            ("copy answer", "what was said last"),
            ("copy report", "the report for the ticket, names masked"),
        ),
    ),
)
_CAUSES: tuple[Command, ...] = (
    Command("causes", "", "all causes with their standing", "What it comes from", explaining.causes),
    Command(
        "how",
        "[CAUSE]",
        "how a cause stands, and what each reason rests on",
        "What it comes from",
        explaining.how,
        explaining.names_a_candidate,
        examples=(
            ("how", "the first cause"),
            ("how 2", "the second one"),
            ("how 1.2", "what the second reason of the first rests on"),
        ),
    ),
    Command(
        "whynot",
        "CAUSE",
        "why a cause is not the first",
        "What it comes from",
        explaining.why_not,
        anything,
        examples=(("whynot 2", "by its number in causes"),),
    ),
    Command("facts", "", "everything that is known, and where from", "What it comes from", explaining.facts),
    Command(
        "rules",
        "[all]",
        "which rules fired, which lack an input",
        "What it comes from",
        explaining.rules,
        maybe_all,
    ),
    Command(
        "lookup",
        "CODE",
        "what a code means",
        "What it comes from",
        explaining.lookup,
        one_word,
        examples=(("lookup 404", "in any way of writing it"),),
    ),
)
_SAID: tuple[Command, ...] = (
    Command("history", "", "everything you said, by number", "What you said", moving.history),
    Command(
        "back",
        "[N]",
        "take back the last answer or text, or number N",
        "What you said",
        moving.back,
        moving.is_number,
        ("undo",),
        (("back", "the last one"), ("back 2", "number 2 of history")),
    ),
    Command(
        "change",
        "N ANSWER",
        "answer number N anew",
        "What you said",
        moving.change,
        moving.names_an_event,
        examples=(("change 2", "shows what can be answered"), ("change 2 yes", "does it")),
    ),
)
_TEXTS: tuple[Command, ...] = (
    Command("paste", "", "take many lines, up to a line with a single .", "Texts and logs", filing.paste),
    Command("edit", "", "write or paste in your editor", "Texts and logs", filing.edit),
    Command(
        "load",
        "FILE",
        "read a log or a copied message from a file",
        "Texts and logs",
        filing.load,
        one_word,
        examples=(("load messages.log", "takes it as told"),),
    ),
    Command(
        "track",
        "FILE",
        "the timeline of a log, without taking it in",
        "Texts and logs",
        tracking.track,
        a_file,
        examples=(("track messages.log", "runs, steps, and where one failed"),),
    ),
)
_INTERVIEW: tuple[Command, ...] = (
    Command(
        "summary",
        "[unmasked]",
        "what is known, tried, to be collected; names masked",
        "The interview",
        reporting.summary,
        reporting.asks_for_summary,
    ),
    Command(
        "report",
        "FILE",
        "a report for the ticket: .md, .html or .json; names masked",
        "The interview",
        reporting.report,
        reporting.asks_for_report,
        examples=(
            ("report ticket.md", "with names masked"),
            ("report ticket.html unmasked", "a page, with names as they are"),
        ),
    ),
    Command(
        "save",
        "FILE",
        "keep this interview under a name of yours",
        "The interview",
        filing.save,
        one_word,
        examples=(("save monday.jsonl", "every later answer is kept there too"),),
    ),
    Command(
        "resume",
        "[NAME]",
        "list kept interviews, or go on with one",
        "The interview",
        resuming.resume,
        one_word,
        examples=(("resume", "the list"), ("resume 1", "the latest one in it"), ("resume monday.jsonl", "a file")),
    ),
    Command("new", "", "begin a new interview", "The interview", moving.new),
    Command("quit", "", "leave", "The interview", moving.leave, aliases=("exit", "q")),
)
LISTED: tuple[Command, ...] = (*_ASKED, *_CAUSES, *_SAID, *_TEXTS, *_INTERVIEW)
