"""`llmx view`: a page of a saved extraction."""

from __future__ import annotations

from pathlib import Path

import click

from llmx.cli.files import require_writable, write_whole
from llmx.result import Extraction
from llmx.schema.contracts import NEWS_REPORT
from llmx.schema.load import load_schema
from llmx.view import to_html


@click.command("view")
@click.argument("result", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="RESULT.json")
@click.option("-o", "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="PAGE.html")
@click.option(
    "--schema", default=NEWS_REPORT, show_default=True, metavar="S", help="The report class it was made with."
)
def view_command(*, result: Path, out: Path, schema: str) -> None:
    """Make a self-contained HTML page of a saved extraction."""
    require_writable((out,))
    extraction = Extraction.from_json(result.read_bytes(), schema=load_schema(schema))
    write_whole(out, to_html(extraction))
    click.echo(f"llmx: wrote {out}", err=True)
