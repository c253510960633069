"""A server that speaks the chat completions API on loopback and answers by rule: no model is behind it.

A *rule* maps a request's body to a `Served`: a status, headers, a body, or a fault of the wire. Every body that came in
is kept in `requests`, so that a test can say how many were sent and what they held. The port is the kernel's choice.

    with FakeServer(answering({"events": []})) as server:
        ...  # base_url=server.url
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Literal, Self


@dataclass(frozen=True)
class Served:
    """What the server does with one request.

    Attributes:
        body: The body; a mapping is sent as JSON.
        status: The HTTP status.
        headers: Further headers.
        fault: `drop` closes without an answer, `truncate` in the middle of the body, `hang` never answers.
    """

    body: Mapping[str, Any] | str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    fault: Literal["", "drop", "truncate", "hang"] = ""


Rule = Callable[[Mapping[str, Any]], Served]


def completion(
    draft: Mapping[str, Any] | str, request: Mapping[str, Any], *, finish: str = "stop", **message: Any
) -> Served:
    """A chat completion that holds `draft`, as a tool call where the request forces one."""
    text = draft if isinstance(draft, str) else json.dumps(draft, ensure_ascii=False)
    said: dict[str, Any] = {"role": "assistant", "content": text, **message}
    if request.get("tools") and not message:
        function = {"name": request["tools"][0]["function"]["name"], "arguments": text}
        said = {
            "role": "assistant",
            "content": None,
            "tool_calls": [{"id": "c1", "type": "function", "function": function}],
        }
    sent = sum(len(part["content"]) for part in request["messages"])
    return Served(
        {
            "id": "fake-1",
            "object": "chat.completion",
            "created": 0,
            "model": request.get("model", ""),
            "system_fingerprint": "fake server: answered by rule",
            "choices": [{"index": 0, "message": said, "finish_reason": finish, "logprobs": None}],
            "usage": {
                "prompt_tokens": sent // 4,
                "completion_tokens": len(text) // 4,
                "total_tokens": (sent + len(text)) // 4,
            },
        }
    )


def answering(draft: Mapping[str, Any] | str, **options: Any) -> Rule:
    """Always the same draft."""
    return lambda request: completion(draft, request, **options)


def in_turn(*steps: Rule | Served) -> Rule:
    """One step for each request; the last one for all that follow."""
    left: Iterator[Rule | Served] = iter(steps)
    last = [steps[-1]]

    def rule(request: Mapping[str, Any]) -> Served:
        step = next(left, last[0])
        return step if isinstance(step, Served) else step(request)

    return rule


def refusing(status: int, message: str = "no", headers: Mapping[str, str] | None = None, **error: Any) -> Served:
    """An error in the API's form."""
    return Served({"error": {"message": message, "type": "error", **error}}, status, headers or {})


def mode_of(request: Mapping[str, Any]) -> str:
    """The mode a request was sent in, as `Settings.mode` calls it."""
    shape: Mapping[str, Any] = request.get("response_format") or {}
    if shape.get("type") == "json_schema":
        return "strict" if shape["json_schema"].get("strict") else "json-schema"
    if request.get("tools"):
        return "tools"
    return "json" if shape else "text"


def taking(modes: Sequence[str], draft: Mapping[str, Any] | str) -> Rule:
    """A server that answers in `modes` and refuses the others with status 400."""
    return lambda request: (
        completion(draft, request) if mode_of(request) in modes else refusing(400, f"no {mode_of(request)} here")
    )


class FakeServer:
    """The server, running in a thread of its own between `with` and its end."""

    def __init__(self, rule: Rule) -> None:
        self._rule = rule
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.connections = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self.url = ""

    def __enter__(self) -> Self:
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(
            asyncio.start_server(self._serve, "127.0.0.1", 0), self._loop
        ).result()
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/v1"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _stop(self) -> None:
        self._server.close()
        while tasks := asyncio.all_tasks() - {asyncio.current_task()}:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while await self._serve_one(reader, writer):
                pass
        writer.close()

    async def _serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Read one request and answer it; whether the connection stays open."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        lines = [line.partition(":") for line in head.split("\r\n")[1:] if line]
        headers = {name.strip().lower(): value.strip() for name, _, value in lines}
        request = json.loads(await reader.readexactly(int(headers.get("content-length", "0"))) or b"{}")
        self.requests.append(request)
        self.headers.append(headers)
        served = self._rule(request)
        if served.fault == "hang":
            await asyncio.sleep(3600)
        if served.fault == "drop":
            return False
        is_text = isinstance(served.body, str)
        body = (served.body if is_text else json.dumps(served.body, ensure_ascii=False)).encode(
            "utf-8", "surrogatepass"
        )
        told = {
            "content-type": "text/html" if is_text else "application/json",
            "content-length": str(len(body)),
            **served.headers,
        }
        lines_out = [f"HTTP/1.1 {served.status} -", *(f"{name}: {value}" for name, value in told.items()), "", ""]
        kept = body[: len(body) // 2] if served.fault == "truncate" else body
        writer.write("\r\n".join(lines_out).encode() + kept)
        await writer.drain()
        return served.fault == ""
