"""Administrators made up from the knowledge, and ways to lead them to the cause."""
