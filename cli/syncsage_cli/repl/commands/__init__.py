"""The commands of the interview: each module of this package is one, under its own name."""
