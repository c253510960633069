"""The provider's batch interface over HTTP, against a server on loopback."""

import json
import threading
from collections.abc import Callable, Iterator
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from llmx.batch.provider import NotYetError, OpenAIBatches
from llmx.errors import BatchError, ModelRefusedError, ModelUnavailableError
from llmx.model.settings import Settings

Answer = Callable[[str, str, bytes], tuple[int, Any]]


class Handler(BaseHTTPRequestHandler):
    """Answers by the server's rule and keeps what was asked."""

    def do_GET(self) -> None:
        self._reply(b"")

    def do_POST(self) -> None:
        self._reply(self.rfile.read(int(self.headers["content-length"])))

    def _reply(self, body: bytes) -> None:
        server: Any = self.server
        server.asked.append(
            (self.command, self.path, {name.lower(): value for name, value in self.headers.items()}, body)
        )
        status, payload = server.answer(self.command, self.path, body)
        data = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        del format, args


@pytest.fixture
def server() -> Iterator[Any]:
    found = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.asked = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=found.serve_forever)
    thread.start()
    yield found
    found.shutdown()
    thread.join()
    found.server_close()


@pytest.fixture
def batches(server: Any) -> Iterator[OpenAIBatches]:
    settings = Settings(base_url=f"http://127.0.0.1:{server.server_port}/v1", api_key=SecretStr("secret"))
    with OpenAIBatches("some-model", settings) as found:
        yield found


def test_file_is_sent_whole_with_its_purpose_and_the_key(server: Any, batches: OpenAIBatches, tmp_path: Path) -> None:
    server.answer = lambda *_: (200, {"id": "file-1"})
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"custom_id": "k"}\n' * 1000)

    name = batches.upload(path)

    method, asked, headers, body = server.asked[0]
    form = BytesParser().parsebytes(b"Content-Type: " + headers["content-type"].encode() + b"\r\n\r\n" + body)
    parts = [part.get_payload(decode=True) for part in form.get_payload()]  # type: ignore[union-attr]
    assert (name, method, asked, headers["authorization"]) == ("file-1", "POST", "/v1/files", "Bearer secret")
    assert parts == [b"batch", path.read_bytes()]


def test_job_carries_its_tag_and_window(server: Any, batches: OpenAIBatches) -> None:
    server.answer = lambda *_: (200, {"id": "b1", "status": "validating", "metadata": {"llmx_job": "t"}})

    job = batches.create("file-1", tag="t")

    sent = json.loads(server.asked[0][3])
    assert (job.id, job.tag) == ("b1", "t")
    assert (sent["completion_window"], sent["metadata"]) == ("24h", {"llmx_job": "t"})


def test_job_is_found_on_a_later_page(server: Any, batches: OpenAIBatches) -> None:
    pages = {
        "/v1/batches?limit=100": {"data": [{"id": "b1", "status": "completed"}], "has_more": True},
        "/v1/batches?limit=100&after=b1": {
            "data": [{"id": "b2", "status": "completed", "metadata": {"llmx_job": "t"}}],
            "has_more": False,
        },
    }
    server.answer = lambda *asked: (200, pages[asked[1]])

    found, missing = batches.find("t"), batches.find("other")

    assert found is not None
    assert found.id == "b2"
    assert missing is None


def test_reasons_of_a_failed_job_are_told(server: Any, batches: OpenAIBatches) -> None:
    errors = {"data": [{"code": "token_limit_exceeded", "message": "enqueued token limit reached"}]}
    server.answer = lambda *_: (200, {"id": "b1", "status": "failed", "errors": errors})

    job = batches.fetch("b1")

    assert (job.status, job.output_file, job.error) == ("failed", None, "enqueued token limit reached")


def test_file_comes_down_as_it_is(server: Any, batches: OpenAIBatches, tmp_path: Path) -> None:
    server.answer = lambda *_: (200, b"line\n" * 100_000)

    batches.download("f", tmp_path / "out")

    assert (tmp_path / "out").read_bytes() == b"line\n" * 100_000


@pytest.mark.parametrize("status", [403, 404, 500, 503], ids=str)
def test_file_that_is_refused_is_to_be_had_later(
    server: Any, batches: OpenAIBatches, tmp_path: Path, status: int
) -> None:
    server.answer = lambda *_: (status, {})

    with pytest.raises(NotYetError):
        batches.download("f", tmp_path / "out")


@pytest.mark.parametrize(
    ("status", "payload", "error"),
    [
        (401, {"error": {"message": "no"}}, ModelRefusedError),
        (400, {"error": {"message": "bad file"}}, ModelRefusedError),
        (429, {}, ModelUnavailableError),
        (503, {}, ModelUnavailableError),
        (200, b"<html>", BatchError),
        (200, [], BatchError),
    ],
    ids=["key", "file", "limit", "down", "no JSON", "no object"],
)
def test_every_refusal_is_one_of_our_errors_and_hides_the_key(
    server: Any, batches: OpenAIBatches, status: int, payload: Any, error: type[Exception]
) -> None:
    server.answer = lambda *_: (status, payload)

    with pytest.raises(error) as raised:
        batches.fetch("b1")

    assert "secret" not in str(raised.value)


def test_server_that_is_not_there_is_said() -> None:
    settings = Settings(base_url="http://127.0.0.1:9/v1")

    with OpenAIBatches("m", settings) as batches, pytest.raises(ModelUnavailableError, match="cannot reach"):
        batches.fetch("b1")
