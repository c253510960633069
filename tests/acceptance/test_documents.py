"""Documentation: what it shows runs, and what it types parses."""

import importlib.util
import re
import shlex
from pathlib import Path

import click
import pytest
from markdown_it import MarkdownIt

from llmx.cli.main import llmx

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "examples").rglob("*.md"))]
SHELLS = ("", "sh", "bash", "console")
NEEDS_A_SERVER = re.compile(r"base_url=|model=\"(?!rules)")


def fences(*kinds: str) -> list[tuple[str, str]]:
    """The code blocks of these kinds on all pages: where each stands, and what it holds."""
    tokens = ((page, token) for page in PAGES for token in MarkdownIt().parse(page.read_text(encoding="utf-8")))
    found = ((page, token) for page, token in tokens if token.type == "fence" and token.info in kinds)
    return [(f"{page.relative_to(ROOT)}:{token.map[0] + 1}", token.content) for page, token in found if token.map]


def typed_commands() -> list[str]:
    blocks = [block.replace("\\\n", " ") for where, block in fences(*SHELLS) if "docs/cli.md" not in where]
    lines = [line.removeprefix("$ ").strip() for block in blocks for line in block.splitlines()]
    return sorted({line for line in lines if re.match(r"llmx [a-z]", line)})


PYTHON = [(where, source) for where, source in fences("python") if not NEEDS_A_SERVER.search(source)]


@pytest.mark.parametrize(("where", "source"), PYTHON, ids=[where for where, _ in PYTHON])
def test_python_in_the_documentation_runs(where: str, source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)

    exec(compile(source, where, "exec"), {"__name__": "example"})  # noqa: S102 - our own pages


@pytest.mark.parametrize("line", typed_commands())
def test_command_in_the_documentation_parses(line: str) -> None:
    words = shlex.split(re.split(r" [#>|] ", line)[0])

    parse(llmx, words[1:], None)


def parse(command: click.Command, words: list[str], parent: click.Context | None) -> None:
    try:
        context = command.make_context(command.name, list(words), parent=parent)
    except click.BadParameter as error:
        assert "does not exist" in error.message  # noqa: PT017 - the files of an example need not be there
        return
    if isinstance(command, click.Group):
        remaining = [*context._protected_args, *context.args]
        _, child, rest = command.resolve_command(context, remaining)
        assert child is not None
        parse(child, rest, context)


def test_page_of_the_commands_is_what_they_say_of_themselves() -> None:
    spec = importlib.util.spec_from_file_location("build_cli", ROOT / "docs" / "build_cli.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    assert module.PAGE.read_text(encoding="utf-8") == module.page()


def test_every_page_is_reached_from_the_readme() -> None:
    readme = PAGES[0].read_text(encoding="utf-8")

    unreached = [page.name for page in PAGES if page.parent == ROOT / "docs" and f"docs/{page.name}" not in readme]

    assert unreached == []
