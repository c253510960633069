"""Documentation: what it shows runs, and what it types parses."""

import importlib.util
import re
import shlex
from pathlib import Path

import click
import pytest
from pytest_examples import CodeExample, EvalExample, find_examples

from llmx.cli.main import llmx

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "examples").rglob("*.md"))]
NEEDS_A_SERVER = re.compile(r"base_url=|model=\"(?!rules)")


def examples() -> list[CodeExample]:
    found = [example for page in PAGES for example in find_examples(str(page))]
    return [
        example for example in found if example.prefix in ("python", "py") and not NEEDS_A_SERVER.search(example.source)
    ]


def typed_commands() -> list[tuple[str, str]]:
    blocks = ((page, block) for page in PAGES for block in re.findall(r"^```(?:sh|bash|console)?\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S))  # fmt: skip
    lines = ((page, line.removeprefix("$ ").strip()) for page, block in blocks for line in block.replace("\\\n", " ").splitlines())  # fmt: skip
    return [(page.name, line) for page, line in lines if re.match(r"llmx [a-z]", line) and page.name != "cli.md"]


@pytest.mark.parametrize("example", examples(), ids=str)
def test_python_in_the_documentation_runs(
    example: CodeExample, eval_example: EvalExample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)

    eval_example.run(example)


@pytest.mark.parametrize(("page", "line"), typed_commands(), ids=lambda value: str(value))
def test_command_in_the_documentation_parses(page: str, line: str) -> None:
    assert page
    words = [
        word for word in shlex.split(line.partition(" #")[0].partition(" > ")[0].partition(" | ")[0]) if word != "…"
    ]

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
