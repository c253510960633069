"""Templates: prompt files, read, checked and ready to render.

A *template* is a Jinja file with a block for each message: `{% block system %}` (optional) and `{% block user %}`. It
is sandboxed and strict: an unknown variable is an error when the template is read, not when an article is sent. What
the variables hold is decided in `render` and `reask`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, meta
from jinja2 import Template as JinjaTemplate
from jinja2.sandbox import ImmutableSandboxedEnvironment

from llmx.errors import PromptError
from llmx.port import Message
from llmx.prompt.example import Example, read_example
from llmx.resources import resource_companion, resource_text

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


@dataclass(frozen=True)
class Template:
    """A prompt file, checked.

    Attributes:
        name: The bundled name, or the path it was read from.
        sha256: Digest of the file and of its example, for provenance.
        source: The file's text.
        example: The worked example that stands beside it, if any.
    """

    name: str
    sha256: str
    source: str
    example: Example | None = None
    _compiled: JinjaTemplate = field(repr=False, compare=False, kw_only=True)

    @property
    def example_text(self) -> str:
        """The worked example's article; empty without one. A quote that stands only here was copied from the prompt."""
        return self.example.text if self.example else ""

    def messages(self, variables: Mapping[str, Any]) -> tuple[Message, ...]:
        """Render each block to a message.

        Raises:
            PromptError: The template fails while rendering.
        """
        made: list[Message] = []
        context = self._compiled.new_context(dict(variables))
        for role in ("system", "user"):
            block = self._compiled.blocks.get(role)
            if block is None:
                continue
            try:
                content = "".join(block(context)).strip("\n")
            except TemplateError as error:
                raise PromptError(f"{self.name} cannot be rendered: {error.message}") from error
            except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
                raise PromptError(f"{self.name} cannot be rendered: {error}") from error
            made.append(Message(role, content))
        return tuple(made)


def load_template(name: str, *, variables: Mapping[str, str] = FILL_VARIABLES) -> Template:
    """Read the template `name`.

    Args:
        name: A bundled name (`news-report.v1`), or the path of a file (it holds a slash, or ends in `.j2` or `.md`).
        variables: What it may use.

    Raises:
        ResourceNotFoundError: No bundled template has that name.
        PromptError: The file cannot be read, has a syntax error, or uses an unknown variable.
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
        example=read_example(example, name=example_name) if example is not None else None,
        _compiled=_compile(source, name=name, variables=variables),
    )


def _read_files(path: Path) -> tuple[str, str, str | None]:
    beside = path.with_name(path.name.removesuffix(".j2").removesuffix(".md") + ".example.json")
    try:
        source = path.read_text(encoding="utf-8")
        example = beside.read_text(encoding="utf-8") if beside.is_file() else None
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(f"cannot read the template {path}: {error}") from error
    return source, str(beside), example


def _compile(source: str, *, name: str, variables: Mapping[str, str]) -> JinjaTemplate:
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=False, autoescape=False
    )
    try:
        tree = environment.parse(source)
        compiled = environment.from_string(source)
    except TemplateSyntaxError as error:
        raise PromptError(f"{name}, line {error.lineno}: {error.message}") from error
    unknown = sorted(meta.find_undeclared_variables(tree) - variables.keys())
    if unknown:
        raise PromptError(
            f"{name} uses {', '.join(repr(part) for part in unknown)}, which no template is given: "
            f"there are {', '.join(variables)}"
        )
    if "user" not in compiled.blocks:
        raise PromptError(f"{name} has no {{% block user %}}: the article's message stands in it")
    return compiled
