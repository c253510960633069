"""Bundled resources: the templates in `prompts/` and the contracts in `schemas/`.

A *resource* is a text file that ships with llmx. It is looked for inside the package first, where a wheel holds it
(zipped or not), and then beside the package, where a checkout does. This module reads files; what they mean is
decided by those who ask.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

from llmx.errors import ResourceNotFoundError

Kind = Literal["prompts", "schemas"]
"""The folder a resource stands in."""

_SUFFIX: dict[Kind, str] = {"prompts": ".md.j2", "schemas": ".json"}


def resource_text(kind: Kind, name: str) -> str:
    """The text of the resource `name`: a template such as `news-report.v1`, a contract such as `news-report/v1`.

    Raises:
        ResourceNotFoundError: There is none of that name; the message lists those there are.
    """
    for folder in _folders(kind):
        found = dict(_walk(folder, _SUFFIX[kind])).get(name)
        if found is not None:
            return found.read_text(encoding="utf-8")
    known = ", ".join(resource_names(kind)) or "none"
    raise ResourceNotFoundError(f"no {kind[:-1]} named {name!r} comes with llmx: there are {known}")


def resource_names(kind: Kind) -> tuple[str, ...]:
    """The names of all resources of that kind, sorted."""
    return tuple(sorted({name for folder in _folders(kind) for name, _ in _walk(folder, _SUFFIX[kind])}))


def resource_companion(kind: Kind, name: str) -> str | None:
    """The text of the file `name` (with its ending) that stands beside the resources, or `None` without one."""
    for folder in _folders(kind):
        file = folder.joinpath(name)
        if file.is_file():
            return file.read_text(encoding="utf-8")
    return None


def _folders(kind: Kind) -> Iterator[Traversable]:
    inside = files("llmx").joinpath(kind)
    if inside.is_dir():
        yield inside
        return
    beside = Path(__file__).resolve().parent.parent / kind
    if beside.is_dir():
        yield beside


def _walk(folder: Traversable, suffix: str, prefix: str = "") -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, suffix, f"{prefix}{entry.name}/")
        elif entry.name.endswith(suffix):
            yield prefix + entry.name.removesuffix(suffix), entry
