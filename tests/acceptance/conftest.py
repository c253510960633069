"""Fake servers, and cassettes: answers of a language model, recorded once and played back without a network.

A request is found again by method, path and JSON body, whatever the model is called: any change of a prompt or a schema
makes its cassette stale, and a stale cassette names the command that records it anew. Bodies are kept to the character,
since characters carry the offsets. `cassettes/README.md` tells how they were recorded.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fakes.openai_server import FakeServer, Rule, Served, in_turn
from vcr import VCR
from vcr.cassette import Cassette
from vcr.errors import CannotOverwriteExistingCassetteException
from vcr.request import Request

CASSETTES = Path(__file__).parent.parent.parent / "cassettes"
KEPT_HEADERS = {"content-type", "retry-after"}
RECORD = "make record"


@pytest.fixture
def serve() -> Iterator[Callable[[Rule | Served], FakeServer]]:
    """Starts servers that answer by a rule; they stop with the test."""
    servers: list[FakeServer] = []

    def start(rule: Rule | Served) -> FakeServer:
        server = FakeServer(in_turn(rule)).__enter__()
        servers.append(server)
        return server

    yield start
    for server in servers:
        server.__exit__(None, None, None)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "cassette: plays answers of a language model that were recorded")


def asked(request: Request) -> Any:
    """What a request asks, without the name of the model that is asked."""
    body = json.loads(request.body or b"null")
    return {key: value for key, value in body.items() if key != "model"} if isinstance(body, dict) else body


def asks_the_same(one: Request, other: Request) -> None:
    if asked(one) != asked(other):
        raise AssertionError("the request asks something else")


def without_secrets(request: Request) -> Request:
    request.headers = {name: value for name, value in request.headers.items() if name.lower() in KEPT_HEADERS}
    request.uri = "http://model.invalid/v1" + request.path.partition("/v1")[2]
    return request


def plain_response(response: dict[str, Any]) -> dict[str, Any]:
    headers = response["headers"]
    return {**response, "headers": {name: value for name, value in headers.items() if name.lower() in KEPT_HEADERS}}


@pytest.fixture(scope="module")
def vcr_config() -> dict[str, Any]:
    return {
        "match_on": ["method", "path", "asked"],
        "before_record_request": without_secrets,
        "before_record_response": plain_response,
        "decode_compressed_response": True,
    }


def pytest_recording_configure(config: pytest.Config, vcr: VCR) -> None:
    del config
    vcr.register_matcher("asked", asks_the_same)


@pytest.fixture
def vcr_cassette_dir() -> str:
    return str(CASSETTES)


@pytest.fixture
def default_cassette_name(request: pytest.FixtureRequest) -> str:
    return str(request.node.callspec.id if hasattr(request.node, "callspec") else request.node.originalname)


@pytest.fixture(autouse=True)
def _played_to_the_end(request: pytest.FixtureRequest) -> Iterator[None]:
    """A cassette that was not played to its end holds answers to questions that are no longer asked."""
    yield
    if request.node.get_closest_marker("vcr") is None:
        return
    cassette: Cassette = request.getfixturevalue("vcr")
    if request.config.getoption("--record-mode") in (None, "none") and not cassette.all_played:
        pytest.fail(f"the cassette {request.node.name} was not played to its end: record it anew with `{RECORD}`")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Say what to do about a stale cassette, in place of the fault of the network that it looks like."""
    try:
        yield
    except Exception as error:
        if _is_stale(error):
            pytest.fail(f"no cassette answers this request of {item.name}: record it anew with `{RECORD}`")
        raise


def _is_stale(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, CannotOverwriteExistingCassetteException) or "block_network" in type(error).__module__:
            return True
        error = error.__cause__ or error.__context__
    return False
