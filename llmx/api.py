"""The Python face: `extract`, `aextract` and `Extractor`.

All that changes an answer is an argument here, and is written into the result's provenance.
"""

from __future__ import annotations

import hashlib
import os
import weakref
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast, get_args, overload

from pydantic import BaseModel

from llmx import __version__
from llmx.document import Article, Document
from llmx.errors import ConfigError, DocumentError, SchemaError
from llmx.ground.ground import OnUnsupported
from llmx.ground.plan import require_cited
from llmx.model.settings import Settings
from llmx.pipeline import run
from llmx.plan import OnEvent, Plan, ignore
from llmx.port import Model
from llmx.prompt import find_template
from llmx.prompt.template import REASK_VARIABLES
from llmx.result import Digest, Extraction, Provenance
from llmx.rules.engine import RulesModel
from llmx.schema.contracts import schema_digest, schema_name
from llmx.schema.news import NewsReport

if TYPE_CHECKING:
    from llmx.model.portal import Portal

ReportT = TypeVar("ReportT", bound=BaseModel)

RULES = "rules"
"""The name of the embedded engine, which needs no network and no key."""

DEFAULT_PROMPT = "news-report.v1"
REASK_PROMPT = "re-ask.v1"
_NO_PROMPT = Digest(id="none", sha256=hashlib.sha256(b"").hexdigest())


class Extractor(Generic[ReportT]):
    """One configured way to extract, for many articles.

    Safe to use from many tasks, threads and event loops at once. The connection to a model is opened on first use and
    closed with `close` or `aclose`, at the end of a `with` or `async with` block, with the event loop or the object.

    Args:
        model: `"rules"` (the embedded engine), `"openai/NAME"`, any `"provider/NAME"` that instructor knows, or an
            object that fills drafts (`llmx.port.Model`). `None`: `LLMX_MODEL` where it is set, else `"rules"`.
        base_url: The address of an OpenAI-compatible server.
        schema: The report class; any Pydantic model whose fields are cited.
        prompt: A bundled template's name, or a path.
        on_unsupported: What happens to a value that its words contradict: `"drop"` it, keep and `"flag"` it, or
            `"raise"` UnsupportedError. Words that do not stand in the article are never kept.
        settings: Everything else; read from the environment where it is `None`.
        on_event: Called with each step, for logging.

    Raises:
        ConfigError: The model is unknown, or its key is missing.
        SchemaError: `schema` is no Pydantic model, or has fields without a citation.
        PromptError: The template has a fault.
        ResourceNotFoundError: There is no such template.
    """

    @overload
    def __init__(
        self: Extractor[NewsReport],
        *,
        model: str | Model | None = None,
        base_url: str | None = None,
        prompt: str = DEFAULT_PROMPT,
        on_unsupported: OnUnsupported = "drop",
        settings: Settings | None = None,
        on_event: OnEvent | None = None,
    ) -> None: ...
    @overload
    def __init__(
        self,
        *,
        model: str | Model | None = None,
        base_url: str | None = None,
        schema: type[ReportT],
        prompt: str = DEFAULT_PROMPT,
        on_unsupported: OnUnsupported = "drop",
        settings: Settings | None = None,
        on_event: OnEvent | None = None,
    ) -> None: ...
    def __init__(
        self,
        *,
        model: str | Model | None = None,
        base_url: str | None = None,
        schema: type[Any] = NewsReport,
        prompt: str = DEFAULT_PROMPT,
        on_unsupported: OnUnsupported = "drop",
        settings: Settings | None = None,
        on_event: OnEvent | None = None,
    ) -> None:
        _require_report(schema)
        if on_unsupported not in get_args(OnUnsupported):
            known_words = ", ".join(get_args(OnUnsupported))
            raise ConfigError(
                f"on_unsupported is one of {known_words}, not {on_unsupported!r}", setting="on_unsupported"
            )
        known = _settled(settings, base_url)
        opened = choose_model(model, known)
        template, again = find_template(prompt), find_template(REASK_PROMPT, variables=REASK_VARIABLES)
        if opened.prompted or prompt != DEFAULT_PROMPT:
            template.check()
        plan: Plan[Any] = Plan(
            model=opened,
            template=template,
            reask_template=again,
            schema=schema,
            on_unsupported=on_unsupported,
            max_reasks=known.max_reasks,
            passes=known.passes,
            window_chars=known.window_chars,
            concurrency=known.concurrency,
            max_tokens=known.max_tokens_per_article,
            provenance=Provenance(
                model=opened.name,
                prompt=Digest(id=template.name, sha256=template.sha256) if opened.prompted else _NO_PROMPT,
                schema=Digest(id=schema_name(schema), sha256=schema_digest(schema)),
                llmx=__version__,
                settings=_recorded(known, opened, on_unsupported),
            ),
            on_event=on_event or ignore,
        )
        self._plan = cast("Plan[ReportT]", plan)
        self._portal: Portal | None = None
        self._shut = weakref.finalize(self, _nothing)

    @property
    def model(self) -> Model:
        """What fills drafts."""
        return self._plan.model

    @property
    def provenance(self) -> Provenance:
        """What every result of this extractor says of how it was made."""
        return self._plan.provenance

    async def aextract(self, article: Article | Document) -> Extraction[ReportT]:
        """Extract one article.

        Raises:
            DocumentError: The article has no text.
            ModelError: The model gave no usable answer.
            UnsupportedError: Something is not supported and `on_unsupported` is `"raise"`.
        """
        document = article if isinstance(article, Document) else Document.from_article(_checked(article))
        return _as_sent(await run(document, self._plan), self.model)

    def extract(self, article: Article | Document) -> Extraction[ReportT]:
        """Extract one article and wait for the result; see `aextract`."""
        if not self._plan.model.prompted:
            return _run_at_once(self, article)
        return self._open_portal().call(self.aextract, article)

    async def aclose(self) -> None:
        """Close the connection that the running event loop has; a later call opens it anew."""
        close = getattr(self.model, "aclose", None)
        if close is not None:
            await close()

    def close(self) -> None:
        """Close the connection, if one is open; a later call opens it anew."""
        self._portal = None
        self._shut()

    def __enter__(self) -> Extractor[ReportT]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    async def __aenter__(self) -> Extractor[ReportT]:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    def _open_portal(self) -> Portal:
        """The event loop on which the waiting calls of this extractor run."""
        if self._portal is None:
            from llmx.model.portal import Portal  # noqa: PLC0415 - event loops and TLS, which the embedded engine spares

            self._portal = portal = Portal(self.model)
            self._shut = weakref.finalize(self, portal.shut)
        return self._portal


def _require_report(schema: object) -> None:
    """Refuse what cannot be a report class.

    Raises:
        SchemaError: It is no Pydantic model, or has fields without a citation.
    """
    if not (isinstance(schema, type) and issubclass(schema, BaseModel)):
        raise SchemaError(f"{schema!r} is no report class: write a subclass of pydantic.BaseModel")
    require_cited(schema)


def _checked(article: object) -> Article:
    """The article, where it is one: a bare string is the commonest slip.

    Raises:
        DocumentError: It is none, or its text is no string.
    """
    if not isinstance(article, Article):
        raise DocumentError(f"an article is Article(text=...) or a Document, not {type(article).__name__}")
    text = cast("object", article.text)  # a caller without a type checker may have put anything there
    if not isinstance(text, str):
        raise DocumentError(f"an article's text is a string, not {type(text).__name__}; bytes: Article.from_bytes")
    return article


def _settled(settings: Settings | None, base_url: str | None) -> Settings:
    """The settings in force: those given, else the environment's; keys, which change no answer, come from either."""
    environment = Settings.from_env(os.environ)
    known = environment
    if settings is not None:
        keys = {**environment.provider_keys, **settings.provider_keys}
        known = replace(settings, api_key=settings.api_key or environment.api_key, provider_keys=keys)
    return known if base_url is None else replace(known, base_url=base_url)


def choose_model(model: str | Model | None, settings: Settings) -> Model:
    """The model that a name means: an explicit one first, then the one configured, then the embedded engine."""
    if model is not None and not isinstance(model, str):
        if not all(hasattr(model, name) for name in ("name", "prompted", "fill")):
            raise ConfigError(
                f"a model is a name, or an object as llmx.port.Model describes it, not {type(model).__name__}",
                setting="model",
            )
        return model
    name = model or settings.model or RULES
    if name == RULES:
        return RulesModel()
    from llmx.model.client import open_model  # noqa: PLC0415 - event loops and TLS, which the embedded engine spares

    return open_model(name, settings)


def extract(
    article: Article | Document,
    *,
    model: str | Model | None = None,
    base_url: str | None = None,
    schema: type[ReportT] = NewsReport,
    prompt: str = DEFAULT_PROMPT,
    on_unsupported: OnUnsupported = "drop",
    settings: Settings | None = None,
) -> Extraction[ReportT]:
    """Extract one article; for many, build one `Extractor` and use it again.

    Example:
        >>> from llmx import Article, extract
        >>> result = extract(Article(text="Two soldiers were killed in Hatay on Monday."), model="rules")
        >>> result.report.events[0].counts[0].low
        2
    """
    with Extractor(
        model=model,
        base_url=base_url,
        schema=schema,
        prompt=prompt,
        on_unsupported=on_unsupported,
        settings=settings,
    ) as extractor:
        return extractor.extract(article)


async def aextract(
    article: Article | Document,
    *,
    model: str | Model | None = None,
    base_url: str | None = None,
    schema: type[ReportT] = NewsReport,
    prompt: str = DEFAULT_PROMPT,
    on_unsupported: OnUnsupported = "drop",
    settings: Settings | None = None,
) -> Extraction[ReportT]:
    """Extract one article without blocking the event loop; see `extract`."""
    extractor = Extractor(
        model=model,
        base_url=base_url,
        schema=schema,
        prompt=prompt,
        on_unsupported=on_unsupported,
        settings=settings,
    )
    try:
        return await extractor.aextract(article)
    finally:
        if extractor.model is not model:  # a caller's own model may be in use elsewhere
            await extractor.aclose()


def _run_at_once(extractor: Extractor[ReportT], article: Article | Document) -> Extraction[ReportT]:
    """Run an extraction whose model never waits, without an event loop: that alone would cost more than the rules."""
    steps = extractor.aextract(article)
    try:
        steps.send(None)
    except StopIteration as done:
        return cast("Extraction[ReportT]", done.value)
    steps.close()
    raise RuntimeError(f"{extractor.model.name} reads no prompt and yet waits for something")


def _as_sent(result: Extraction[ReportT], model: Model) -> Extraction[ReportT]:
    """The result, with no setting recorded that its requests did not carry."""
    unsent: frozenset[str] = getattr(model, "unsent", frozenset())
    if not unsent:
        return result
    settings = {name: None if name in unsent else value for name, value in result.provenance.settings.items()}
    return replace(result, provenance=result.provenance.model_copy(update={"settings": settings}))


def _recorded(settings: Settings, model: Model, on_unsupported: OnUnsupported) -> dict[str, Any]:
    """The settings that changed the answer; the embedded engine knows one alone."""
    policy = {"on_unsupported": on_unsupported}
    return {**(settings.recorded() if model.prompted else settings.recorded_of_input()), **policy}


def _nothing() -> None:
    """What there is to shut before a connection is open."""
