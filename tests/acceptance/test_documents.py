"""Documentation: what it shows runs, and what it types parses."""

import importlib.util
import re
import shlex
from pathlib import Path

import click
import pytest
from markdown_it import MarkdownIt
from pytest_examples import CodeExample, EvalExample, find_examples

from llmx.cli.main import llmx

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "examples").rglob("*.md"))]
SHELLS = ("", "sh", "bash", "console")
NEEDS_A_SERVER = re.compile(r"base_url=|model=\"(?!rules)")


def examples() -> list[CodeExample]:
    found = (example for page in PAGES for example in find_examples(str(page)))
    return [example for example in found if not NEEDS_A_SERVER.search(example.source)]


def typed_commands() -> list[str]:
    pages = [page.read_text(encoding="utf-8") for page in PAGES if page.name != "cli.md"]
    fences = [token for text in pages for token in MarkdownIt().parse(text) if token.type == "fence"]
    blocks = [fence.content.replace("\\\n", " ") for fence in fences if fence.info in SHELLS]
    lines = [line.removeprefix("$ ").strip() for block in blocks for line in block.splitlines()]
    return sorted({line for line in lines if re.match(r"llmx [a-z]", line)})


@pytest.mark.parametrize("example", examples(), ids=str)
def test_python_in_the_documentation_runs(
    example: CodeExample, eval_example: EvalExample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)

    eval_example.run(example)


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
