"""Replies in a person's own words: which of the choices is meant, and what is none of them."""

from syncsage.replying.answers import (
    Answer,
    answer_in_words,
    is_stray,
    leading_yes_or_no,
    read_answer,
    yes_or_no,
)
from syncsage.replying.messages import is_message, reply_to

__all__ = [
    "Answer",
    "answer_in_words",
    "is_message",
    "is_stray",
    "leading_yes_or_no",
    "read_answer",
    "reply_to",
    "yes_or_no",
]
