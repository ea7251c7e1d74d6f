"""The rules of the lint, by subject. Each takes a draft and yields faults."""
