"""Reports: one object, several forms."""

from syncsage.report.handover import HandOver, hand_over

__all__ = ["HandOver", "hand_over"]
