"""Names of machines, people and networks kept out of what is given away, and the way back."""

from syncsage.masking.namemap import NameMap
from syncsage.masking.names import Names

__all__ = ["NameMap", "Names"]
