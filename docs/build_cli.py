"""Write docs/cli.md from the commands' own help, so that the page cannot say anything else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from llmx.cli.main import llmx

PAGE = Path(__file__).parent / "cli.md"

HEAD = """# The command line

Written by `make docs` from the commands' own help; a test holds the two equal.

Results go to standard output, progress and errors to standard error. An error is one line.

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | a gate is not met, or a contract has drifted |
| 2 | usage, bad input or setting |
| 3 | finished, but an article failed or was not read whole |
| 4 | stopped by a budget or a failure limit |
| 130, 143 | interrupted; a batch run resumes with the same command |
"""


def page() -> str:
    """The page as it should stand."""
    sections = [f"## `{name}`\n\n```\n{text}\n```\n" for name, text in _helps(llmx, "llmx", None)]
    return "\n".join([HEAD, *sections])


def _helps(command: click.Command, name: str, parent: click.Context | None) -> Iterator[tuple[str, str]]:
    settings = command.context_settings if parent is None else {}
    context = click.Context(command, info_name=name.rpartition(" ")[2], parent=parent, terminal_width=100, **settings)
    yield name, command.get_help(context).rstrip()
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            if found is not None:
                yield from _helps(found, f"{name} {child}", context)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
