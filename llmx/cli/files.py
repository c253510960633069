"""Files that a command leaves: whole, or as they were; and known to be writable before anything is paid for."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from llmx.batch.atomic import replacing
from llmx.errors import ConfigError


def write_whole(path: Path, text: str) -> None:
    """Write `text` to `path`: a reader sees what stood there or all of it.

    Raises:
        BatchError: It cannot be written.
    """
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", errors="surrogatepass", newline="\n")


def require_writable(paths: Iterable[Path | None]) -> None:
    """Make the folders of `paths`, and refuse those in which nothing can be written.

    Raises:
        ConfigError: A folder cannot be made, or may not be written in.
    """
    for path in paths:
        if path is None:
            continue
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigError(f"cannot write {path}: {error.strerror}; choose another place") from error
        if not os.access(path.parent, os.W_OK):
            raise ConfigError(f"cannot write {path}: {path.parent} may not be written in; choose another place")
