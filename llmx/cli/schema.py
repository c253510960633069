"""`llmx schema`: the contracts in `schemas/`, generated from the classes and checked against them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from llmx.eval.gold.contract import gold_contract
from llmx.resources import resource_names, resource_text
from llmx.result import extraction_schema
from llmx.schema.contracts import asked_schema, contract_text, published_schema
from llmx.schema.load import load_schema
from llmx.schema.news import NewsReport

_DRIFTED = 1


def contracts() -> Mapping[str, dict[str, Any]]:
    """Every contract that llmx publishes, by its `$id`."""
    made = (published_schema(NewsReport), asked_schema(NewsReport), extraction_schema(), gold_contract())
    return {str(contract["$id"]): contract for contract in made}


@click.group("schema")
def schema_group() -> None:
    """List, show, write and check the contracts."""


@schema_group.command("list")
def list_contracts() -> None:
    """List the bundled contracts."""
    for name in resource_names("schemas"):
        click.echo(name)


@schema_group.command("show")
@click.argument("name")
@click.option("--asked", is_flag=True, help="For a class of your own: what a model is asked, not what is published.")
def show_contract(*, name: str, asked: bool) -> None:
    """Print a contract: a bundled one by name, or that of pkg.mod:Class or file.py:Class."""
    if ":" not in name:
        click.echo(resource_text("schemas", name), nl=False)
        return
    schema = load_schema(name)
    click.echo(contract_text(asked_schema(schema) if asked else published_schema(schema)), nl=False)


@schema_group.command("write")
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), default=Path("schemas"), show_default=True)
def write_contracts(*, to: Path) -> None:
    """Write every contract from its class, NAME/vN.json each."""
    for name, contract in contracts().items():
        file = to / f"{name}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(contract_text(contract), encoding="utf-8")
        click.echo(str(file))


@schema_group.command("check")
def check_contracts() -> int:
    """Check that the bundled contracts are what the classes say; exit 1 where one is not."""
    made = contracts()
    bundled = set(resource_names("schemas"))
    drifted = [
        name for name in made if name not in bundled or resource_text("schemas", name) != contract_text(made[name])
    ]
    for name in drifted:
        click.echo(f"llmx: schemas/{name}.json is not what its class says: run llmx schema write", err=True)
    return _DRIFTED if drifted else 0
