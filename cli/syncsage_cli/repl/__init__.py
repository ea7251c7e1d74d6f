"""The interview: a conversation driven by lines, and two fronts that read them."""
