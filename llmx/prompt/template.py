"""Templates: prompt files, read, checked and ready to render.

A *template* is a Jinja file with a block for each message: `{% block system %}` (optional) and `{% block user %}`. It
is sandboxed and strict: an unknown variable is an error when the template is read, not when an article is sent. What
the variables hold is decided in `render` and `reask`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from llmx.errors import PromptError
from llmx.port import Message
from llmx.prompt.example import Example, read_example
from llmx.resources import resource_companion, resource_text

if TYPE_CHECKING:
    from jinja2 import Template as JinjaTemplate

FILL_VARIABLES: Mapping[str, str] = {
    "sentences": "the article, one numbered sentence a line, boilerplate left out",
    "fence": "a line that stands nowhere in the article; put it before and behind `sentences`",
    "title": "the headline, or none",
    "outlet": "who published it, or none",
    "published": "the day of publication as 2024-03-05, or none",
    "url": "where it stands, or none",
    "report": "name of the report class",
    "about": "the report class's description",
    "fields": "its fields: each with .name and .description",
    "news": "whether the report class is NewsReport",
    "example": "the worked example of this template: .sentences and .answer; none without one",
    "part": "none, or .number and .of when a long article is read in parts, and .before: numbered sentences of context",
}
"""What a template for a first request may use."""

REASK_VARIABLES: Mapping[str, str] = {
    "records": "the records with failed fields: each with .path, .record (JSON), .sentences (the article there) and "
    ".failures, each with .number, .path, .reason, .detail and .value",
    "fence": "a line that stands nowhere in the article's sentences",
    "published": "the day of publication as 2024-03-05, or none",
    "report": "name of the report class",
}
"""What a re-ask template may use."""


_ROLES: tuple[Literal["system", "user"], ...] = ("system", "user")


@dataclass(frozen=True)
class Template:
    """A prompt file; `check` compiles it.

    Attributes:
        name: The bundled name, or the path it was read from.
        sha256: Digest of the file and of its example, for provenance.
        source: The file's text.
        example_name: The name of the file in which a worked example stands beside it.
        example_source: That file's text; `None` without one.
        variables: What it may use.
    """

    name: str
    sha256: str
    source: str
    example_name: str
    example_source: str | None
    variables: Mapping[str, str]

    @cached_property
    def example(self) -> Example | None:
        """The worked example that stands beside it, if any.

        Raises:
            PromptError: It is no example, or quotes what its article does not say.
        """
        return None if self.example_source is None else read_example(self.example_source, name=self.example_name)

    @property
    def example_text(self) -> str:
        """The worked example's article; empty without one. A quote that stands only here was copied from the prompt."""
        return self.example.text if self.example else ""

    def check(self) -> Template:
        """Compile it and read its example now, so that a fault is told before an article is sent; returns itself.

        Raises:
            PromptError: It has a syntax error, uses an unknown variable, or its example has a fault.
        """
        _ = self.example, self._compiled
        return self

    def messages(self, variables: Mapping[str, Any]) -> tuple[Message, ...]:
        """Render each block to a message.

        Raises:
            PromptError: The template fails while rendering.
        """
        from llmx.prompt.compiled import render_blocks  # noqa: PLC0415 - jinja2, which only prompts need

        rendered = render_blocks(self._compiled, variables, name=self.name)
        return tuple(Message(role, rendered[role]) for role in _ROLES if role in rendered)

    @cached_property
    def _compiled(self) -> JinjaTemplate:
        from llmx.prompt.compiled import compile_template  # noqa: PLC0415 - jinja2, which only prompts need

        return compile_template(self.source, name=self.name, variables=self.variables)


def load_template(name: str, *, variables: Mapping[str, str] = FILL_VARIABLES) -> Template:
    """Read the template `name` and check it.

    Args:
        name: A bundled name (`news-report.v1`), or the path of a file (it holds a slash, or ends in `.j2` or `.md`).
        variables: What it may use.

    Raises:
        ResourceNotFoundError: No bundled template has that name.
        PromptError: The file cannot be read, has a syntax error, or uses an unknown variable.
    """
    return find_template(name, variables=variables).check()


def find_template(name: str, *, variables: Mapping[str, str] = FILL_VARIABLES) -> Template:
    """Read the template `name` and leave it unchecked, for a model that reads no prompt; else as `load_template`.

    Raises:
        ResourceNotFoundError: No bundled template has that name.
        PromptError: The file cannot be read.
    """
    if "/" in name or "\\" in name or name.endswith((".j2", ".md")):
        source, example_name, example = _read_files(Path(name))
    else:
        source = resource_text("prompts", name)
        example_name = f"{name}.example.json"
        example = resource_companion("prompts", example_name)
    digest = hashlib.sha256(source.encode("utf-8", "surrogatepass"))
    digest.update((example or "").encode("utf-8", "surrogatepass"))
    return Template(
        name=name,
        sha256=digest.hexdigest(),
        source=source,
        example_name=example_name,
        example_source=example,
        variables=variables,
    )


def _read_files(path: Path) -> tuple[str, str, str | None]:
    beside = path.with_name(path.name.removesuffix(".j2").removesuffix(".md") + ".example.json")
    try:
        source = path.read_text(encoding="utf-8")
        example = beside.read_text(encoding="utf-8") if beside.is_file() else None
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(f"cannot read the template {path}: {error}") from error
    return source, str(beside), example
