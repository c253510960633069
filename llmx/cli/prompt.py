"""`llmx prompt`: the templates, and the exact messages they render to."""

from __future__ import annotations

import json

import click

from llmx.api import DEFAULT_PROMPT
from llmx.cli.options import article_options, read_article
from llmx.document import Document
from llmx.prompt import load_template, render
from llmx.resources import resource_names, resource_text
from llmx.schema.contracts import NEWS_REPORT
from llmx.schema.load import load_schema


@click.group("prompt")
def prompt_group() -> None:
    """List, show and render the prompts."""


@prompt_group.command("list")
def list_prompts() -> None:
    """List the bundled templates."""
    for name in resource_names("prompts"):
        click.echo(name)


@prompt_group.command("show")
@click.argument("name")
def show_prompt(*, name: str) -> None:
    """Print a bundled template as it stands."""
    click.echo(resource_text("prompts", name), nl=False)


@prompt_group.command("render")
@click.argument("file", metavar="FILE|-")
@click.option("--prompt", default=DEFAULT_PROMPT, show_default=True, metavar="P", help="A template's name or path.")
@click.option(
    "--schema",
    default=NEWS_REPORT,
    show_default=True,
    metavar="S",
    help="A bundled name, pkg.mod:Class or file.py:Class.",
)
@click.option("--json", "as_json", is_flag=True, help="As a JSON list of messages.")
@article_options
def render_prompt(
    *,
    file: str,
    prompt: str,
    schema: str,
    as_json: bool,
    published: str | None,
    outlet: str | None,
    title: str | None,
    url: str | None,
) -> None:
    """Print the exact messages that would be sent for an article. Nothing is sent."""
    document = Document.from_article(read_article(file, published=published, outlet=outlet, title=title, url=url))
    messages = render(load_template(prompt), document, load_schema(schema))
    if as_json:
        click.echo(json.dumps([{"role": each.role, "content": each.content} for each in messages], ensure_ascii=False))
        return
    for message in messages:
        click.echo(f"## {message.role}\n{message.content}\n")
