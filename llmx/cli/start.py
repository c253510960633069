"""The start of `llmx`: it imports nothing slow, so that Ctrl-C in the first moments ends it as quietly as later."""

from __future__ import annotations

import importlib
import sys

_INTERRUPTED = 130


def run() -> None:
    """Import the command line, run it and exit with its code."""
    try:
        main = importlib.import_module("llmx.cli.main")
    except KeyboardInterrupt:
        sys.stderr.write("llmx: interrupted\n")
        sys.exit(_INTERRUPTED)
    main.run()
