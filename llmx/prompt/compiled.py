"""Compile a template's source with Jinja, and render its blocks: the one file here that imports jinja2.

It is imported when the first template is compiled: a reader that needs no prompt never waits for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from llmx.errors import PromptError


def compile_template(source: str, *, name: str, variables: Mapping[str, str]) -> Template:
    """Compile `source`, sandboxed and strict.

    Args:
        source: The template's text.
        name: What messages call it.
        variables: What it may use.

    Raises:
        PromptError: It has a syntax error, uses an unknown variable, or has no block for the article's message.
    """
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


def render_blocks(compiled: Template, variables: Mapping[str, Any], *, name: str) -> dict[str, str]:
    """The text of each block that makes a message, by role, in the order they are sent.

    Raises:
        PromptError: The template fails while rendering.
    """
    rendered: dict[str, str] = {}
    context = compiled.new_context(dict(variables))
    for role in ("system", "user"):
        block = compiled.blocks.get(role)
        if block is None:
            continue
        try:
            rendered[role] = "".join(block(context)).strip("\n")
        except TemplateError as error:
            raise PromptError(f"{name} cannot be rendered: {error.message}") from error
        except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
            raise PromptError(f"{name} cannot be rendered: {error}") from error
    return rendered
