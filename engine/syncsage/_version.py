"""The version: the one place that names it; the package metadata are read from here."""

__version__ = "0.1.0"
