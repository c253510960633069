from __future__ import annotations

import os
from pathlib import Path

import pytest

from llmx.batch.atomic import replacing
from llmx.errors import BatchError


def write(path: Path, text: str) -> None:
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def fail_midway(path: Path) -> None:
    with replacing(path) as temporary:
        temporary.write_text("half", encoding="utf-8")
        raise KeyboardInterrupt


def test_file_stays_as_it_was_when_its_writer_is_interrupted(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    path.write_text("old", encoding="utf-8")

    with pytest.raises(KeyboardInterrupt):
        fail_midway(path)

    assert [(each.name, each.read_text(encoding="utf-8")) for each in tmp_path.iterdir()] == [("out.json", "old")]


def test_link_goes_on_leading_to_the_file_that_is_written(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    link = tmp_path / "out.json"
    link.symlink_to(tmp_path / "store" / "kept.json")

    write(link, "new")

    assert link.is_symlink()
    assert (tmp_path / "store" / "kept.json").read_text(encoding="utf-8") == "new"


def test_pipe_is_written_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    write(pipe, "through")

    assert os.read(reader, 100) == b"through"
    assert pipe.is_fifo()
    os.close(reader)


def test_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(BatchError, match="cannot write"):
        write(tmp_path, "text")
