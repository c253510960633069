"""A provider's batch interface over HTTP, as it is known to behave: a memory of files and jobs, and of what was asked.

    python benchmarks/batch/provider_server.py '{"delay": 0.01}'

prints its port on the first line of standard output. A job is complete when it is asked for the second time; its
answers come in another order. `GET /v1/__stats` tells how often each request was asked.
"""

from __future__ import annotations

import json
import random
import re
import sys
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

DRAFT = {"entities": [], "events": [], "attributions": [], "claims": [], "relations": []}


class State:
    def __init__(self, config: dict) -> None:
        self.delay = config.get("delay", 0.0)
        self.files: dict[str, bytes] = {}
        self.jobs: list[dict] = []
        self.asked: Counter[str] = Counter()
        self.lock = threading.Lock()

    def upload(self, body: bytes) -> dict:
        content = re.search(rb'name="file".*?\r\n\r\n(.*?)\r\n--', body, re.DOTALL)
        assert content is not None
        name = f"file-{len(self.files)}"
        self.files[name] = content.group(1)
        return {"id": name}

    def create(self, body: bytes) -> dict:
        told = json.loads(body)
        job = {"id": f"job-{len(self.jobs)}", "status": "validating", "metadata": told["metadata"], "looked": 0}
        job["rows"] = [json.loads(line) for line in self.files[told["input_file_id"]].splitlines() if line.strip()]
        self.asked.update(row["custom_id"] for row in job["rows"])
        self.jobs.append(job)
        return self.shown(job)

    def fetch(self, name: str) -> dict:
        job = next(job for job in self.jobs if job["id"] == name)
        job["looked"] += 1
        if job["looked"] > 1 and job["status"] != "completed":
            rows = [answer(row) for row in job["rows"]]
            random.Random(3).shuffle(rows)
            job["status"], job["output_file_id"] = "completed", f"{name}-out"
            self.files[f"{name}-out"] = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
        return self.shown(job)

    def listed(self, query: dict) -> dict:
        newest = [self.shown(job) for job in reversed(self.jobs)]
        after = query.get("after", [""])[0]
        start = next((index + 1 for index, job in enumerate(newest) if job["id"] == after), 0)
        return {"data": newest[start : start + 2], "has_more": start + 2 < len(newest)}

    @staticmethod
    def shown(job: dict) -> dict:
        return {name: value for name, value in job.items() if name not in ("rows", "looked")}


def answer(row: dict) -> dict:
    message = {"role": "assistant", "content": json.dumps(DRAFT)}
    body = {
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        "usage": {"prompt_tokens": 1000, "completion_tokens": 100},
    }
    return {"custom_id": row["custom_id"], "response": {"status_code": 200, "body": body}, "error": None}


class Handler(BaseHTTPRequestHandler):
    state: State

    def do_GET(self) -> None:
        split = urlsplit(self.path)
        path = split.path.removeprefix("/v1/")
        with self.state.lock:
            if path == "__stats":
                self.reply({"asked": self.state.asked, "jobs": len(self.state.jobs)})
            elif path == "batches":
                self.reply(self.state.listed(parse_qs(split.query)))
            elif path.startswith("batches/"):
                self.reply(self.state.fetch(path.removeprefix("batches/")))
            else:
                self.reply(self.state.files[path.split("/")[1]])

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        with self.state.lock:
            made = self.state.upload(body) if self.path.endswith("/files") else self.state.create(body)
        # What was asked for is done; the caller may be dead before it hears of it.
        time.sleep(self.state.delay)
        self.reply(made)

    def reply(self, payload: dict | bytes) -> None:
        content = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        try:
            self.send_response(200)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        except OSError:
            return

    def log_message(self, *_: object) -> None:
        pass


if __name__ == "__main__":
    Handler.state = State(json.loads(sys.argv[1]) if len(sys.argv) > 1 else {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    threading.Thread(target=lambda: (sys.stdin.buffer.read(), server.shutdown()), daemon=True).start()
    server.serve_forever()
