"""Atomic files: a reader sees the old file or the whole new one, after a power cut too."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from llmx.batch.steps import Step, Watch, unwatched
from llmx.errors import BatchError


@contextmanager
def replacing(path: Path, *, watch: Watch = unwatched) -> Generator[Path]:
    """Write a file anew: the block writes to the path it is given, which then takes the name `path`.

    The temporary file lies in the same folder; it is synced, renamed, and the folder is synced. When the block fails,
    what was at `path` stays. A link goes on leading to the file it leads to; a device or a pipe (`/dev/stdout`) is
    written as it stands, for it must not be replaced.

    Raises:
        BatchError: It cannot be written.
    """
    try:
        if path.exists() and not path.is_file():
            yield path
            return
        target = path.resolve()
        temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
        target.parent.mkdir(parents=True, exist_ok=True)
        for left in target.parent.glob(f".{target.name}.*.part"):
            left.unlink()
        temporary.touch()
        watch(Step.EXPORT_OPENED)
        try:
            yield temporary
            sync(temporary)
            watch(Step.BEFORE_RENAME)
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        watch(Step.AFTER_RENAME)
        sync(target.parent)
    except OSError as error:
        raise BatchError(f"cannot write {path}: {error.strerror or error}") from error


def sync(path: Path) -> None:
    """Wait until a file, or a folder's list of names, is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
