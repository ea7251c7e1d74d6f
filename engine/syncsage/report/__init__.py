"""Reports: one object, several forms."""

from syncsage.report.data import masked, texts_of
from syncsage.report.making import make_report
from syncsage.report.model import Report, Versions
from syncsage.report.turns import Turn

__all__ = ["Report", "Turn", "Versions", "make_report", "masked", "texts_of"]
