"""A server that answers like an OpenAI-compatible one, with faults, limits and a memory of what it was asked.

    python benchmarks/batch/server.py '{"seed": 1, "faults": {"500": 0.1}}'

prints its port on the first line of standard output. `GET /__stats` tells what happened; `POST /__set` changes limits.
A request names its article by the words `ARTICLE-<number>`. Which fault an attempt meets is decided by
hash(seed, article, attempt), so that two runs meet the same ones.

Faults: 429 (with Retry-After), 500, 503, drop, truncated, invalid, non-json, empty, false-quote, slow, hang.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import random
import re
import sys
import time
from collections import Counter

_ARTICLE = re.compile(rb"ARTICLE-(\d+)")
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_TOOL = re.compile(rb'"tool_choice": ?\{"type": ?"function", ?"function": ?\{"name": ?"(\w+)"')
_GRACE_S = 0.03
"""Requests on their way when a refusal is sent are not held against the caller."""


class Bucket:
    """A limit of the server's own: so many units a minute, with a burst."""

    def __init__(self, per_minute: float, burst: float) -> None:
        self.rate = per_minute / 60.0
        self.burst = burst
        self.level = burst
        self.at = time.monotonic()

    def take(self, units: float) -> float:
        """Take units; gives how long to wait where there are not enough (a refused request takes none)."""
        now = time.monotonic()
        self.level = min(self.burst, self.level + (now - self.at) * self.rate)
        self.at = now
        if self.level + 1e-9 >= min(units, self.burst):
            self.level -= units
            return 0.0
        return (min(units, self.burst) - self.level) / self.rate


class State:
    def __init__(self, config: dict) -> None:
        self.config = config
        self.seed = config.get("seed", 0)
        self.faults = config.get("faults", {})
        self.poison = config.get("poison", 0.0)
        self.retry_after = config.get("retry_after", 0.05)
        self.latency = config.get("latency", 0.0)
        self.hang_s = config.get("hang_s", 3600.0)
        self.attempts: Counter[int] = Counter()
        self.good: Counter[int] = Counter()
        self.counts: Counter[str] = Counter()
        self.in_flight = self.most = 0
        self.hold_from = self.hold_until = 0.0
        self.refused_at: list[float] = []
        self.random = random.Random(self.seed)
        self.set_limits(config)

    def set_limits(self, config: dict) -> None:
        burst = config.get("burst_s", 1.0)
        self.rpm = config.get("rpm")
        self.tpm = config.get("tpm")
        self.requests = Bucket(self.rpm, max(1.0, self.rpm / 60 * burst)) if self.rpm else None
        self.tokens = Bucket(self.tpm, max(2000.0, self.tpm / 60 * burst)) if self.tpm else None
        self.tell_limits = config.get("headers", True)

    def draw(self, article: int, attempt: int) -> float:
        digest = hashlib.blake2b(f"{self.seed}/{article}/{attempt}".encode(), digest_size=8).digest()
        return int.from_bytes(digest, "big") / 2**64

    def is_poison(self, article: int) -> bool:
        return self.draw(article, -1) < self.poison

    def fault(self, article: int, attempt: int) -> str:
        if self.is_poison(article):
            return "invalid"
        at = self.draw(article, attempt)
        for name, share in self.faults.items():
            if at < share:
                return name
            at -= share
        return ""

    def limit(self, tokens: float) -> float:
        wait = 0.0
        if self.requests is not None:
            wait = self.requests.take(1)
        if self.tokens is not None and not wait:
            wait = self.tokens.take(tokens)
        return wait

    def headers(self) -> str:
        if not self.tell_limits:
            return ""
        made = ""
        for unit, limit, bucket in (("requests", self.rpm, self.requests), ("tokens", self.tpm, self.tokens)):
            if bucket is not None:
                left = max(0, int(bucket.level))
                reset_s = max(0.0, bucket.burst - bucket.level) / bucket.rate
                made += f"x-ratelimit-limit-{unit}: {limit:.0f}\r\nx-ratelimit-remaining-{unit}: {left}\r\n"
                made += f"x-ratelimit-reset-{unit}: {reset_s * 1000:.0f}ms\r\n"
        return made

    def stats(self) -> dict:
        return {
            **self.counts,
            "articles": len(self.attempts),
            "answered": len(self.good),
            "paid_twice": sum(count - 1 for count in self.good.values()),
            "most_in_flight": self.most,
            "refused_at": self.refused_at[-2000:],
            "now": time.monotonic(),
        }

    def latency_s(self) -> float:
        if isinstance(self.latency, list):
            median, sigma = self.latency
            return random.lognormvariate(0.0, sigma) * median
        return self.latency


def draft(article: int) -> dict:
    """A draft whose quotes stand in the benchmark's articles."""
    del article
    event = {
        "id": "e1",
        "type": "attack",
        "trigger": "2|were killed",
        "evidence": ["2|Two soldiers were killed in the valley on Monday"],
        "participants": [{"role": "victim", "entity": None, "cite": "2|Two soldiers"}],
        "places": [],
        "counts": [
            {
                "of": "killed",
                "low": 2,
                "best": 2,
                "high": 2,
                "qualifier": "exact",
                "said_by": "document",
                "cite": "2|Two soldiers",
            }
        ],
        "modality": "asserted",
        "polarity": "positive",
    }
    claims = [
        {
            "id": f"c{n}",
            "text": "Two soldiers were killed in the valley.",
            "evidence": ["2|Two soldiers were killed"],
            "kind": "event",
        }
        for n in range(12)
    ]
    return {"entities": [], "events": [event], "attributions": [], "claims": claims, "relations": []}


def aligned() -> dict:
    """The same finds in the form that langextract asks for."""
    quotes = ("Two soldiers were killed in the valley on Monday", "were killed", "Two soldiers") + (
        "Two soldiers",
    ) * 12
    return {"extractions": [{"event": quote, "event_attributes": {}} for quote in quotes]}


class Connection(asyncio.Protocol):
    def __init__(self, state: State) -> None:
        self.state = state
        self.buffer = b""
        self.transport: asyncio.Transport | None = None
        self.tasks: set[asyncio.Task] = set()

    def connection_made(self, transport) -> None:
        self.transport = transport

    def connection_lost(self, exc) -> None:
        del exc
        self.transport = None

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while True:
            head, sep, rest = self.buffer.partition(b"\r\n\r\n")
            if not sep:
                return
            found = _LENGTH.search(head)
            length = int(found.group(1)) if found else 0
            if len(rest) < length:
                return
            body, self.buffer = rest[:length], rest[length:]
            if head.startswith(b"GET /__stats"):
                self.reply(200, self.state.stats())
            elif head.startswith(b"POST /__set"):
                self.state.set_limits(json.loads(body))
                self.reply(200, {})
            else:
                self.answer(body)

    def said(self, content: str, body: bytes) -> dict:
        """The message that holds an answer: a tool call where the request forces one."""
        found = _TOOL.search(body)
        if found is None:
            return {"role": "assistant", "content": content}
        function = {"name": found.group(1).decode(), "arguments": content}
        return {"role": "assistant", "tool_calls": [{"id": "c1", "type": "function", "function": function}]}

    def answer(self, body: bytes) -> None:
        state = self.state
        found = _ARTICLE.search(body)
        article = int(found.group(1)) if found else -1
        attempt = state.attempts[article]
        state.attempts[article] += 1
        state.counts["requests"] += 1
        now = time.monotonic()
        if state.hold_from + state.config.get("grace_s", _GRACE_S) < now < state.hold_until:
            state.counts["before_retry_after"] += 1
        tokens = len(body) / 4 + state.config.get("output_tokens", 900)
        wait = state.limit(tokens)
        if wait:
            state.counts["violations"] += 1
            state.refused_at.append(now)
            self.refuse(wait)
            return
        fault = state.fault(article, attempt)
        if fault:
            state.counts[f"fault:{fault}"] += 1
        if fault == "429":
            self.refuse(state.retry_after)
            return
        delay = state.latency_s() + (state.config.get("slow_s", 0.5) if fault == "slow" else 0.0)
        if fault == "hang":
            delay = state.hang_s
        state.in_flight += 1
        state.most = max(state.most, state.in_flight)
        if delay:
            asyncio.get_running_loop().call_later(delay, self.finish, article, fault, tokens, body)
        else:
            self.finish(article, fault, tokens, body)

    def refuse(self, wait: float) -> None:
        state = self.state
        state.hold_from = time.monotonic()
        state.hold_until = max(state.hold_until, state.hold_from + wait)
        self.reply(
            429,
            {"error": {"message": "slow down", "code": "rate_limit_exceeded"}},
            f"retry-after: {wait:.3f}\r\nx-written-at: {state.hold_from:.6f}\r\n{state.headers()}",
        )

    def finish(self, article: int, fault: str, tokens: float, body: bytes) -> None:
        state, sent = self.state, len(body)
        state.in_flight -= 1
        if self.transport is None:
            state.counts["lost"] += 1
            return
        if fault in ("500", "503"):
            self.reply(int(fault), {"error": {"message": "fault"}})
            return
        content = json.dumps(aligned() if state.config.get("answer") == "langextract" else draft(article))
        if fault == "truncated":
            content = content[: len(content) // 40]
        elif fault == "invalid":
            content = '"no report here"'
        elif fault == "non-json":
            content = "I am sorry, I could not find any events."
        elif fault == "empty":
            content = ""
        elif fault == "false-quote":
            content = content.replace("were killed", "were murdered")
        else:
            state.good[article] += 1
        answer = {
            "id": f"r{state.counts['requests']}",
            "object": "chat.completion",
            "model": "fake",
            "choices": [{"index": 0, "finish_reason": "stop", "message": self.said(content, body)}],
            "usage": {
                "prompt_tokens": sent // 4,
                "completion_tokens": int(tokens - sent / 4),
                "total_tokens": int(tokens),
            },
        }
        if fault == "drop":
            state.good[article] -= 1
            body = json.dumps(answer).encode()
            self.transport.write(
                b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(body)
            )
            self.transport.write(body[: len(body) // 2])
            self.transport.close()
            return
        self.reply(200, answer, state.headers())

    def reply(self, status: int, payload: dict, headers: str = "") -> None:
        if self.transport is None:
            return
        body = json.dumps(payload).encode()
        head = f"HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n{headers}\r\n"
        self.transport.write(head.encode() + body)


async def serve(config: dict) -> None:
    state = State(config)
    server = await asyncio.get_running_loop().create_server(lambda: Connection(state), "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.buffer.read)  # ends when its parent does


if __name__ == "__main__":
    asyncio.run(serve(json.loads(sys.argv[1]) if len(sys.argv) > 1 else {}))
