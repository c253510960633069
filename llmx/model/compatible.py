"""OpenAI-compatible servers: chat completions over aiohttp, with bodies of our own.

The openai SDK is not on this way: it costs a second to load and several times the CPU for each request, and what it
adds (typed answers, retries) is done otherwise here. See `docs/decisions/0044-compatible-servers-over-aiohttp.md`.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

import aiohttp
import httpx2

from llmx import __version__
from llmx.errors import ConfigError, LlmxError, ModelUnavailableError
from llmx.model.endpoint import Reply, read_completion
from llmx.model.faults import fault_of_status, one_line, place_of
from llmx.model.loops import PerLoop
from llmx.model.modes import Ask
from llmx.model.providers import Target
from llmx.model.settings import Settings

_IDLE_S = 4.0
"""How long a connection without a request is kept: a little less than servers do (uvicorn: 5 s)."""

_LONGEST_HEADER = 65_536
_FIRST_REFUSAL = 300


class OpenAIEndpoint:
    """An OpenAI-compatible server."""

    def __init__(self, target: Target, settings: Settings) -> None:
        assert target.base_url is not None, "only a server with an address is spoken to here"
        self._target = target
        self._settings = settings
        self._url = f"{target.base_url.rstrip('/')}/chat/completions"
        self._sessions = PerLoop(self._session)

    async def send(self, ask: Ask) -> Reply:
        """See `Endpoint.send`."""
        session = await self._sessions.client()
        try:
            async with session.post(self._url, data=ask.encoded()) as response:
                content = await response.read()
        except (aiohttp.ClientError, OSError) as error:
            raise _fault_of_the_wire(error, self._target, self._settings) from error
        payload = _decoded(content)
        if response.status >= _FIRST_REFUSAL:
            raise fault_of_status(response.status, response.headers, payload, self._target, now=datetime.now(UTC))
        return read_completion(payload, where=place_of(self._target), headers=response.headers)

    async def aclose(self) -> None:
        """See `Endpoint.aclose`."""
        await self._sessions.aclose()

    async def _session(self) -> AsyncGenerator[aiohttp.ClientSession]:
        headers = {"content-type": "application/json", "user-agent": f"llmx/{__version__}"}
        address = urlsplit(self._url)
        if self._target.api_key and address.username is None:  # a login in the address is sent in the key's place
            headers["authorization"] = f"Bearer {self._target.api_key.get_secret_value()}"
        session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=0,  # whoever calls bounds what is under way
                keepalive_timeout=_IDLE_S,
                ssl=httpx2.create_ssl_context() if address.scheme == "https" else True,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers=headers,
            timeout=aiohttp.ClientTimeout(total=self._settings.timeout_s),
            trust_env=bool(getproxies()),  # asked for each request otherwise, which costs more than the request
            max_line_size=_LONGEST_HEADER,
            max_field_size=_LONGEST_HEADER,
        )
        try:
            yield session
        finally:
            await session.close()


def _decoded(content: bytes) -> Any:
    """The JSON in a body, or its text where it is none."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return content.decode("utf-8", "replace")


def _fault_of_the_wire(error: Exception, target: Target, settings: Settings) -> LlmxError:
    where = place_of(target)
    if isinstance(error, TimeoutError):
        return ModelUnavailableError(f"{where} did not answer within {settings.timeout_s:g} s", attempts=1)
    if isinstance(error, aiohttp.InvalidURL):
        return ConfigError(f"base_url {where!r} is not an address: write http://host:port/v1", setting="base_url")
    return ModelUnavailableError(
        f"cannot reach {where}: {one_line(error)}; is the address right and the server up", attempts=1
    )
