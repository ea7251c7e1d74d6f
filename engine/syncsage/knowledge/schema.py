"""The JSON Schemas of the file kinds, and their complaints in words for authors."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource

from syncsage.knowledge.files import FileKind
from syncsage.knowledge.naming import listed, nearest
from syncsage.knowledge.yamltree import Path, Remark, Tree, quote_hint

_NOUNS = {"string": "a text", "array": "a list", "object": "a mapping", "number": "a number",
          "integer": "a whole number", "boolean": "true or false"}  # fmt: skip


def read_schema(name: str) -> dict[str, Any]:
    """Return the shipped schema of one file kind, e.g. ``problem``, or ``common``."""
    source = files("syncsage.knowledge").joinpath("schema", f"{name}.schema.json")
    schema: dict[str, Any] = json.loads(source.read_text("utf-8"))
    return schema


def check_schema(kind: FileKind, tree: Tree, *, overlay: bool = False) -> tuple[Remark, ...]:
    """Validate the data of a file.

    Args:
        kind: What the place of the file says that it is.
        tree: The file.
        overlay: The file belongs to an overlay, where ``domain.yaml`` may hold single fields.

    Returns:
        Remarks in the order of lines, one for each fault.
    """
    validator = _validator(kind, partial=overlay and kind == "domain")
    seen: dict[tuple[Path, str], Remark] = {}
    for error in validator.iter_errors(tree.data):
        for path, message in _explain(error, tree.words):
            seen.setdefault((path, message), Remark(line_of(tree, path), path, message))
    return tuple(sorted(seen.values(), key=lambda remark: (remark.line, str(remark.path), remark.message)))


def line_of(tree: Tree, path: Path) -> int:
    """Return the line of the node at ``path``, or of the nearest node around it."""
    while path and path not in tree.lines:
        path = path[:-1]
    return tree.lines.get(path, 1)


@cache
def _validator(kind: str, *, partial: bool) -> Draft202012Validator:
    common = Resource[Any].from_contents(read_schema("common"))
    schema = read_schema(kind)
    if partial:
        schema.pop("required", None)
    registry = Registry[Any]().with_resource("common.schema.json", common)
    return Draft202012Validator(schema, registry=registry)


def _explain(error: ValidationError, words: Mapping[Path, str]) -> Iterator[tuple[Path, str]]:
    """Turn one schema error into places and sentences."""
    path: Path = tuple(error.absolute_path)
    rule, wanted, found = str(error.validator), cast(Any, error.validator_value), cast(Any, error.instance)
    if rule == "additionalProperties":
        known = list(cast(Any, error.schema).get("properties", ()))
        for key in sorted(set(found) - set(known)):
            yield (
                (*path, key),
                f"unknown field {key}{nearest(key, known) or f' (known: {listed(known, 20)})'}",
            )
    elif rule == "required":
        for key in wanted:
            if key not in found:
                yield path, f"the field {key} is missing"
    elif rule == "type":
        yield path, _type_message(wanted, found, words.get(path))
    else:
        say = _SENTENCES.get(rule)
        yield path, say(wanted, found) if say else f"does not fit the rule {rule}: {wanted}"


def _type_message(wanted: str | list[str], found: object, word: str | None) -> str:
    kinds = [wanted] if isinstance(wanted, str) else wanted
    if word is not None and "string" in kinds:
        kind = "null" if found is None else "bool" if isinstance(found, bool) else "float"
        return quote_hint(word, kind)
    return f"should be {' or '.join(_NOUNS[kind] for kind in kinds)}, is {_noun(found)}"


def _noun(value: object) -> str:
    match value:
        case None:
            return "empty"
        case bool():
            return _NOUNS["boolean"]
        case int() | float():
            return _NOUNS["number"]
        case str():
            return _NOUNS["string"]
        case list():
            return _NOUNS["array"]
        case _:
            return _NOUNS["object"]


def _few(wanted: Any, found: Any) -> str:
    return f"needs at least {wanted} entries" if found else "is empty"


def _twice(_: Any, found: Any) -> str:
    return f"names {listed(sorted({str(item) for item in found if found.count(item) > 1}))} twice"


def _choice(wanted: Any, found: Any) -> str:
    known = [str(value) for value in wanted]
    return f"{found!r} is none of {listed(known, 20)}{nearest(str(found), known)}"


#: Pattern of a schema -> what a text is that fits it.
_FORMS = {
    "^[a-z0-9]+(-[a-z0-9]+)*$": "kebab-case (small letters and digits, joined by -)",
    "^(0x[0-9A-Fa-f]{1,8}|[0-9]{1,9})$": "a number (decimal, or 0x and up to eight hexadecimal digits)",
    "^([12]?[0-9]|3[01])(-([12]?[0-9]|3[01]))?$": "a bit or two bits from 31 to 0, such as 31 or 26-16",
}

#: Rule of a schema -> the sentence for what it wants and what was found.
_SENTENCES: dict[str, Callable[[Any, Any], str]] = {
    "enum": _choice,
    "pattern": lambda wanted, found: f"{found!r} is not {_FORMS[wanted]}",
    "not": lambda _, found: f"{found} is always offered and never declared",
    "anyOf": lambda _, found: "needs one of paste, given, opening",
    "minLength": _few,
    "minItems": _few,
    "minProperties": _few,
    "maxLength": lambda wanted, found: f"is longer than {wanted} characters ({len(found)})",
    "maxProperties": lambda wanted, found: f"may hold only {wanted} entry, holds {listed(sorted(found))}",
    "uniqueItems": _twice,
    "minimum": lambda wanted, found: f"{found} is too small: at least {wanted}",
    "exclusiveMinimum": lambda wanted, found: f"{found} is too small: more than {wanted}",
    "maximum": lambda wanted, found: f"{found} is too large: at most {wanted}",
}
