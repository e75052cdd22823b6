"""`python -m publish` is the command `lodpub`."""

from __future__ import annotations

from publish.cli.main import main

main()
