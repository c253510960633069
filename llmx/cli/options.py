"""Options that several commands share, and what they mean."""

from __future__ import annotations

import functools
import os
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, TypeVar, cast, get_type_hints

import click
from pydantic import BaseModel, TypeAdapter, ValidationError

from llmx.api import DEFAULT_PROMPT, RULES
from llmx.document import Article
from llmx.errors import ConfigError, DocumentError
from llmx.model.settings import Settings
from llmx.schema.contracts import NEWS_REPORT
from llmx.schema.load import load_schema
from llmx.text.decode import read_encodings

CommandT = TypeVar("CommandT", bound=Callable[..., Any])

_MODEL_OPTIONS = (
    click.option("--model", metavar="M", help="rules, openai/NAME or provider/NAME. Default: $LLMX_MODEL, else rules."),
    click.option("--base-url", metavar="U", help="Address of an OpenAI-compatible server."),
    click.option(
        "--schema",
        default=NEWS_REPORT,
        show_default=True,
        metavar="S",
        help="A bundled name, pkg.mod:Class or file.py:Class.",
    ),
    click.option("--prompt", default=DEFAULT_PROMPT, show_default=True, metavar="P", help="A template's name or path."),
    click.option(
        "--on-unsupported",
        type=click.Choice(["drop", "flag", "raise"]),
        default="drop",
        show_default=True,
        help="What happens to a value that its words contradict.",
    ),
    click.option(
        "--set",
        "changed",
        multiple=True,
        metavar="NAME=VALUE",
        help="Any other setting: passes=3, max_reasks=0, temperature=none. Repeatable.",
    ),
)

_NOT_ON_THE_COMMAND_LINE = frozenset({"api_key", "provider_keys", "model", "base_url", "encoding"})
"""Keys belong into the environment, where no shell history keeps them; the others have options of their own."""

_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+)?html[\s>]", re.IGNORECASE)
"""How an HTML page begins: on standard input there is no name to tell it by."""

_ARTICLE_OPTIONS = (
    click.option("--published", metavar="DATE", help="Day of publication, 2024-03-05; relative times need it."),
    click.option("--outlet", metavar="O", help="Who published it."),
    click.option("--title", metavar="T", help="Its headline, where the file does not hold it."),
    click.option("--url", metavar="URL", help="Where it stands."),
)


_ENCODING = click.option(
    "--encoding",
    metavar="NAME[,NAME]",
    help="Encoding of the text, such as windows-1252; of several the first that fits. Default: UTF-8, or a page's own.",
)


@dataclass(frozen=True, kw_only=True)
class ModelOptions:
    """Which model, with which schema and prompt."""

    model: str | None
    base_url: str | None
    schema: type[BaseModel]
    prompt: str
    on_unsupported: Literal["drop", "flag", "raise"]
    settings: Settings

    @property
    def chosen(self) -> str:
        """The model's name, the default resolved."""
        return self.model or self.settings.model or RULES


def model_options(command: CommandT) -> CommandT:
    """Give `command` the options that choose a model; it gets them as one `ModelOptions`, named `options`."""

    @functools.wraps(command)
    def with_options(**words: Any) -> Any:
        base_url = words.pop("base_url")
        settings = change_settings(Settings.from_env(os.environ), words.pop("changed"))
        options = ModelOptions(
            model=words.pop("model"),
            base_url=base_url,
            schema=load_schema(words.pop("schema")),
            prompt=words.pop("prompt"),
            on_unsupported=words.pop("on_unsupported"),
            settings=replace(settings, base_url=base_url) if base_url else settings,
        )
        return command(options=options, **words)

    return cast("CommandT", _with(_MODEL_OPTIONS, with_options))


def encoding_option(command: CommandT) -> CommandT:
    """Give `command`, below `model_options`, the option that names its files' encoding; it stands in the settings."""

    @functools.wraps(command)
    def with_encoding(*, options: ModelOptions, encoding: str | None, **words: Any) -> Any:
        if encoding is not None:
            read_encodings(encoding)
            options = replace(options, settings=replace(options.settings, encoding=encoding))
        return command(options=options, **words)

    return cast("CommandT", _with((_ENCODING,), with_encoding))


def change_settings(settings: Settings, changes: Sequence[str]) -> Settings:
    """`settings` with changes such as `passes=3`.

    Raises:
        ConfigError: There is no such setting, or the value is not of its kind.
    """
    hints = get_type_hints(Settings)
    known = sorted(set(hints) - _NOT_ON_THE_COMMAND_LINE)
    values: dict[str, Any] = {}
    for change in changes:
        name, _, text = change.partition("=")
        if name not in known:
            raise ConfigError(f"no setting is called {name!r}: there are {', '.join(known)}", setting=name)
        try:
            values[name] = TypeAdapter(hints[name]).validate_python(None if text.lower() == "none" else text)
        except ValidationError as error:
            raise ConfigError(f"--set {change}: {error.errors()[0]['msg']}", setting=name) from error
    return replace(settings, **values)


def article_options(command: CommandT) -> CommandT:
    """Give `command` the options that tell what is known about the article beside its text."""
    return cast("CommandT", _with(_ARTICLE_OPTIONS, command))


def read_article(
    file: str,
    *,
    published: str | None,
    outlet: str | None,
    title: str | None,
    url: str | None,
    encoding: str | None = None,
) -> Article:
    """The article in `file`, or on standard input for `-`.

    Raises:
        DocumentError: It cannot be read, or is no text.
    """
    name = "standard input" if file == "-" else file
    path = Path(file)
    if file != "-" and path.is_dir():
        raise DocumentError(f"{file} is a folder: extract takes one file; for many use llmx batch run {file} --out RUN")
    try:
        data = sys.stdin.buffer.read() if file == "-" else path.read_bytes()
    except OSError as error:
        raise DocumentError(f"cannot read {file}: {error.strerror}") from error
    piped_page = file == "-" and _PAGE.match(data) is not None
    article = Article.from_bytes(data, name=name, markup="html" if piped_page else None, encoding=encoding)
    return replace(article, published=published, outlet=outlet, title=title, url=url)


def say_model(options: ModelOptions) -> None:
    """Tell on standard error that the embedded engine was not asked for, but taken."""
    if options.model is None and options.settings.model is None:
        click.echo(
            "llmx: no model configured, using the embedded rule engine; --model NAME or LLMX_MODEL chooses another",
            err=True,
        )


def _with(options: tuple[Callable[[Any], Any], ...], command: Any) -> Any:
    for option in reversed(options):
        command = option(command)
    return command
