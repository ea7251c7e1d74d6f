"""Logs: records of every format, grouped into runs of the process that the knowledge describes."""
