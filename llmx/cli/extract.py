"""`llmx extract`: one article in, one extraction out."""

from __future__ import annotations

from pathlib import Path

import click

from llmx.api import Extractor
from llmx.cli.files import require_writable, write_whole
from llmx.cli.options import (
    ModelOptions,
    article_options,
    encoding_option,
    model_options,
    read_article,
    say_model,
)
from llmx.errors import BatchError
from llmx.view import to_html

_INCOMPLETE = 3


@click.command("extract")
@click.argument("file", metavar="FILE|-")
@model_options
@encoding_option
@article_options
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), metavar="OUT.json", help="Write here.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), metavar="PAGE.html", help="Also make a page.")
@click.option("--indent", type=click.IntRange(0, 8), default=None, help="Indent the JSON by so many blanks.")
def extract_command(
    *,
    file: str,
    options: ModelOptions,
    published: str | None,
    outlet: str | None,
    title: str | None,
    url: str | None,
    out: Path | None,
    html: Path | None,
    indent: int | None,
) -> int:
    """Extract one article: print its events, claims and attributions as JSON.

    FILE is a text or HTML file (told by its name), or - for standard input (told by how it begins).
    """
    require_writable((out, html))
    encoding = options.settings.encoding
    article = read_article(file, published=published, outlet=outlet, title=title, url=url, encoding=encoding)
    say_model(options)
    with Extractor(
        model=options.model,
        schema=options.schema,
        prompt=options.prompt,
        on_unsupported=options.on_unsupported,
        settings=options.settings,
    ) as extractor:
        result = extractor.extract(article)
    text = result.to_json(indent=indent) + "\n"
    if out is None:
        click.echo(text, nl=False)
    else:
        _write_or_print(out, text)
    if html is not None:
        write_whole(html, to_html(result))
    for note in result.notes:
        click.echo(f"llmx: {note}", err=True)
    return 0 if result.complete else _INCOMPLETE


def _write_or_print(out: Path, text: str) -> None:
    """Write the result; where that fails, print it: it may have been paid for."""
    try:
        write_whole(out, text)
    except BatchError as error:
        click.echo(text, nl=False)
        raise BatchError(f"{error}; the result was printed instead") from error
