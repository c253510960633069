"""Offline models: the pipeline cut in two, so that the model may answer a day later.

*Capturing*: an article goes through the pipeline with a server that notes each request and answers nothing.
*Replaying*: it goes through again with a server that answers each request by what came back. Both are the same code as
a live run; requests are told apart by the digest of their body.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from llmx.errors import ModelOutputError
from llmx.model.endpoint import Reply, read_completion
from llmx.model.modes import Ask
from llmx.model.network import NetworkModel
from llmx.model.providers import find_target
from llmx.model.settings import Settings


@dataclass(frozen=True, slots=True)
class Captured:
    """A request that would have been sent.

    Attributes:
        digest: Tells it from others.
        body: What would have been sent.
    """

    digest: str
    body: Mapping[str, Any]


class CapturingEndpoint:
    """Notes requests and answers each with an empty draft."""

    def __init__(self) -> None:
        self._captured: list[Captured] = []

    async def send(self, ask: Ask) -> Reply:
        """Note the request."""
        body = ask.body()
        self._captured.append(Captured(digest_of(body), body))
        return Reply(text="{}")

    async def aclose(self) -> None:
        """Nothing is open."""

    def take(self) -> tuple[Captured, ...]:
        """What was noted since the last call; the same request once."""
        found = {captured.digest: captured for captured in self._captured}
        self._captured.clear()
        return tuple(found.values())


class ReplayingEndpoint:
    """Answers requests by what came back for them."""

    def __init__(self) -> None:
        self._answers: Mapping[str, Mapping[str, Any]] = {}

    def load(self, answers: Mapping[str, Mapping[str, Any]]) -> None:
        """Take the answers of the next article: digest -> chat completion."""
        self._answers = answers

    async def send(self, ask: Ask) -> Reply:
        """The answer that came for the request.

        Raises:
            ModelOutputError: None did.
        """
        answer = self._answers.get(digest_of(ask.body()))
        if answer is None:
            raise ModelOutputError("the provider's batch holds no answer to this request")
        return read_completion(answer, where="the batch")

    async def aclose(self) -> None:
        """Nothing is open."""


def offline_model(name: str, settings: Settings, endpoint: CapturingEndpoint | ReplayingEndpoint) -> NetworkModel:
    """The model `name` with `endpoint` in its server's place."""
    return NetworkModel(find_target(name, settings), settings, endpoint)


def digest_of(body: Mapping[str, Any]) -> str:
    """Tells a request's body from others."""
    text = json.dumps(body, sort_keys=True, ensure_ascii=True)
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
