"""The lint: everything that can be said about a knowledge base without reasoning with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from syncsage.errors import Fault, KnowledgeError
from syncsage.knowledge.files import read_layers
from syncsage.knowledge.location import bundled
from syncsage.knowledge.scenarios import read_scenarios
from syncsage.knowledge.testcases import read_tests


def lint(path: Path | None = None, overlays: Sequence[Path] = ()) -> tuple[Fault, ...]:
    """Return every fault of a knowledge base, sorted by place.

    Args:
        path: Its folder; None for the bundled knowledge.
        overlays: Folders laid over it, checked together with it.

    Returns:
        The faults that keep it from being loaded, and those of the rules in ``checks``. Rules look at all
        entries that fit their schema, so that one broken file does not hide the faults of the others.
    """
    from syncsage.knowledge.checks import (
        cases,
        codes,
        completeness,
        formats,
        names,
        questions,
        regexes,
        scenarios,
        twins,
    )
    from syncsage.knowledge.reading import read_draft

    folders = [Path(path) if path else bundled(), *map(Path, overlays)]
    try:
        draft = read_draft(read_layers(folders))
        tests, test_faults, documents = read_tests(folders)
        played, played_faults, stages = read_scenarios(folders)
    except KnowledgeError as error:
        return error.faults
    rules = (
        regexes.pattern_faults,
        regexes.search_faults,
        regexes.sample_faults,
        regexes.overlap_faults,
        formats.format_faults,
        names.name_faults,
        codes.code_faults,
        codes.kind_faults,
        completeness.problem_faults,
        completeness.cause_faults,
        completeness.procedure_faults,
        completeness.source_faults,
        completeness.question_faults,
        completeness.use_faults,
        questions.help_faults,
        questions.word_faults,
        questions.command_faults,
        twins.text_faults,
        twins.evidence_faults,
    )
    faults = {*draft.faults, *test_faults, *cases.case_faults(draft, tests, documents)}
    faults |= {*played_faults, *scenarios.scenario_faults(draft, played, stages)}
    for rule in rules:
        faults.update(rule(draft))
    return tuple(sorted(faults))
