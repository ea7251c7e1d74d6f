"""Numbers as products print them: one form for every print, and numbers that stand inside of wider ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from syncsage.knowledge.model import CodeKind, CodeRange

_BARE = re.compile(r"[89a-f][0-9a-f]{7}", re.IGNORECASE)
_WIDE = re.compile(r"0x[89A-F][0-9A-F]{7}")
_SMALL = re.compile(r"[0-9]{1,10}")
_SIGN = 0x80000000
_WIDTH = 0x100000000

#: What stands in the pattern of a kind for any of its codes, or for those that are no numbers.
PLACEHOLDERS = ("{code}", "{name}")

#: Kind of a code and its canonical form.
CodeKey = tuple[str, str]


def canonical(code: str) -> str:
    """Return one form for a code: small numbers decimal, from 2**31 on ``0x`` and eight hexadecimal digits.

    Signed, unsigned and hexadecimal prints of one 32-bit value are the same; what is no number stays as it is,
    in upper case.
    """
    text = code.strip().lower()
    try:
        value = int(text, 16) if text.startswith("0x") else int(text)
    except ValueError:
        if _BARE.fullmatch(text):
            return written(int(text, 16))
        return code.strip().upper()
    if not -_SIGN <= value < _WIDTH:
        return code.strip().upper()
    return written(value % _WIDTH)


def readings(code: str, signed: bool = False) -> tuple[str, ...]:
    """Return the canonical forms of what a printed number may stand for.

    Eight digits are often a 32-bit value without its ``0x``.

    Args:
        code: The print, without a sign.
        signed: Whether a minus sign stands before it.
    """
    minus = (canonical(f"-{code}"),) if signed else ()
    bare = (f"0x{code.upper()}",) if _BARE.fullmatch(code) else ()
    return tuple(dict.fromkeys((*minus, canonical(code), *bare)))


def value_of(code: str) -> int | None:
    """Return the value of a canonical code, None for one that is no 32-bit number."""
    if _WIDE.fullmatch(code):
        return int(code, 16)
    return int(code) if _SMALL.fullmatch(code) and int(code) < _SIGN else None


def written(value: int) -> str:
    """Return the canonical form of a value from 0 to 2**32 - 1."""
    return f"0x{value:08X}" if value >= _SIGN else str(value)


def prints(code: str) -> tuple[str, ...]:
    """Return the ways in which a canonical code is printed, its own form first."""
    value = value_of(code)
    if value is None or value < _SIGN:
        return (code,)
    return code, str(value - _WIDTH), str(value)


def ranges_of(key: CodeKey, kinds: Mapping[str, CodeKind]) -> tuple[CodeRange, ...]:
    """Return the ranges of its kind that a code lies in, the narrowest first."""
    value = value_of(key[1])
    if value is None or key[0] not in kinds:
        return ()
    around = [r for r in kinds[key[0]].ranges if r.first <= value <= r.last]
    return tuple(sorted(around, key=lambda r: r.last - r.first))


def held(key: CodeKey, kinds: Mapping[str, CodeKind]) -> Iterator[tuple[CodeRange, CodeKey]]:
    """Yield the numbers of other kinds that stand inside a number, with the range that says so."""
    value = value_of(key[1])
    for found in ranges_of(key, kinds):
        if found.holds and value is not None:
            yield found, (found.holds, written(value - found.first))


def holders(key: CodeKey, kinds: Mapping[str, CodeKind]) -> Iterator[tuple[CodeRange, CodeKey]]:
    """Yield the wider numbers that a number may stand inside of, with the range that says so."""
    value = value_of(key[1])
    if value is None:
        return
    for name, kind in kinds.items():
        for found in kind.ranges:
            if found.holds == key[0] and value <= found.last - found.first:
                yield found, (name, written(found.first + value))


def wrappers(kinds: Mapping[str, CodeKind]) -> tuple[tuple[str, CodeRange], ...]:
    """Return the ranges, with their kinds, whose numbers mean the same as the number that they hold."""
    return tuple((name, numbers) for name, kind in kinds.items() for numbers in kind.ranges if numbers.same)


def twins(key: CodeKey, wrapped: Iterable[tuple[str, CodeRange]]) -> Iterator[CodeKey]:
    """Yield a code, and the codes of other kinds that mean the same.

    Args:
        key: The code.
        wrapped: The ranges that ``wrappers`` returns.
    """
    yield key
    value = value_of(key[1])
    if value is None:
        return
    for name, numbers in wrapped:
        if name == key[0] and numbers.first <= value <= numbers.last:
            yield numbers.holds, written(value - numbers.first)
        elif numbers.holds == key[0] and value <= numbers.last - numbers.first:
            yield name, written(numbers.first + value)
