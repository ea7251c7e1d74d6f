"""Commands of the service where its packages are not installed."""

from __future__ import annotations

import subprocess
import sys

import pytest
from tests.service.mcp.support import variables

WITHOUT = """
import sys
sys.modules.update({name: None for name in ("fastapi", "mcp", "sqlalchemy", "uvicorn")})
sys.argv[0] = "syncsage"
from syncsage_cli.main import main
main()
"""


@pytest.mark.parametrize("command", ["serve", "mcp"])
def test_a_command_says_what_it_lacks(command: str) -> None:
    call = [sys.executable, "-c", WITHOUT, command]
    done = subprocess.run(call, env=variables(), capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert f"{command} needs more packages: pip install 'syncsage[service]'" in done.stderr
    assert "Traceback" not in done.stderr
