"""Why this question, how a cause stands, why not another, what if: read off the trace, nothing made up."""

from syncsage.explaining.how import explain
from syncsage.explaining.known import facts
from syncsage.explaining.moving import difference, moves, what_if
from syncsage.explaining.rules import rule_states
from syncsage.explaining.why import why
from syncsage.explaining.why_not import why_not

__all__ = ["difference", "explain", "facts", "moves", "rule_states", "what_if", "why", "why_not"]
