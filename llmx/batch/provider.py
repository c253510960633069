"""The provider's batch interface: files up, jobs, files down. Half the price, within 24 hours.

What is known of it and must be expected: the answers come in any order, `custom_id` alone tells which is which; an
expired job returns (and charges) what was finished and lists the rest as errors; a job whose every line failed has no
output file; a job over the account's queue limit is taken and fails later; a file may be refused for a moment after the
job is complete.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, Self, cast

from llmx.errors import BatchError, ModelRefusedError, ModelUnavailableError
from llmx.model.providers import OPENAI_URL, find_target
from llmx.model.settings import Settings

WINDOW = "24h"
TAG = "llmx_job"
"""The key under which a job's metadata holds our own name for it."""

_TIMEOUT_S = 600.0
_PAGE = 100
_NOT_YET = frozenset({403, 404, 409, 429})
_FIRST_SERVER_FAULT, _FIRST_REFUSAL = 500, 400

ENDED = frozenset({"completed", "expired", "cancelled", "failed"})
"""The states in which a job will not change any more."""


class NotYetError(Exception):
    """A file of a job that ended cannot be had at the moment; later it can."""


@dataclass(frozen=True, slots=True)
class RemoteJob:
    """A job as the provider tells it.

    Attributes:
        id: Its name there.
        status: `validating`, `in_progress`, `finalizing`, or one of `ENDED`.
        output_file: The file of answers; `None` where there is none.
        error_file: The file of lines that failed; `None` where there is none.
        tag: Our own name for it; empty for somebody else's.
        error: Why it failed, in words.
    """

    id: str
    status: str
    output_file: str | None = None
    error_file: str | None = None
    tag: str = ""
    error: str = ""
    counts: Mapping[str, int] = field(default_factory=dict[str, int])


class BatchEndpoint(Protocol):
    """A provider's batch interface, reached."""

    def upload(self, path: Path) -> str:
        """Send a file of requests; gives its name there."""
        ...

    def create(self, file: str, *, tag: str) -> RemoteJob:
        """Make a job of a file."""
        ...

    def find(self, tag: str) -> RemoteJob | None:
        """The job of this tag, if there is one."""
        ...

    def fetch(self, job: str) -> RemoteJob:
        """A job as it is now."""
        ...

    def download(self, file: str, path: Path) -> None:
        """Write a file of the provider's to `path`.

        Raises:
            NotYetError: It cannot be had at the moment.
        """
        ...


class OpenAIBatches:
    """The batch interface of OpenAI, and of servers that copy it.

    Use it as a context manager; it holds a connection.
    """

    def __init__(self, model: str, settings: Settings) -> None:
        import httpx2  # noqa: PLC0415 - with openai, the only user of the network; a quarter of a second to import

        target = find_target(model, settings)
        key = target.api_key.get_secret_value() if target.api_key else "none"
        self._errors: type[Exception] = httpx2.HTTPError
        self._where = target.base_url or OPENAI_URL
        self._client = httpx2.Client(
            base_url=f"{self._where.rstrip('/')}/", headers={"authorization": f"Bearer {key}"}, timeout=_TIMEOUT_S
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def upload(self, path: Path) -> str:
        """See `BatchEndpoint.upload`."""
        with path.open("rb") as lines:
            files = {"file": (path.name, lines, "application/jsonl")}
            return str(self._ask("POST", "files", data={"purpose": "batch"}, files=files)["id"])

    def create(self, file: str, *, tag: str) -> RemoteJob:
        """See `BatchEndpoint.create`."""
        body = {
            "input_file_id": file,
            "endpoint": "/v1/chat/completions",
            "completion_window": WINDOW,
            "metadata": {TAG: tag},
        }
        return _read_job(self._ask("POST", "batches", json=body))

    def find(self, tag: str) -> RemoteJob | None:
        """See `BatchEndpoint.find`."""
        after: dict[str, Any] = {}
        while True:
            page = self._ask("GET", "batches", params={"limit": _PAGE, **after})
            jobs = [_read_job(row) for row in cast("list[dict[str, Any]]", page.get("data") or [])]
            for job in jobs:
                if job.tag == tag:
                    return job
            if not page.get("has_more") or not jobs:
                return None
            after = {"after": jobs[-1].id}

    def fetch(self, job: str) -> RemoteJob:
        """See `BatchEndpoint.fetch`."""
        return _read_job(self._ask("GET", f"batches/{job}"))

    def download(self, file: str, path: Path) -> None:
        """See `BatchEndpoint.download`."""
        try:
            with self._client.stream("GET", f"files/{file}/content") as answer:
                if answer.status_code in _NOT_YET or answer.status_code >= _FIRST_SERVER_FAULT:
                    raise NotYetError(f"{self._where} answered {answer.status_code}")
                with path.open("wb") as out:
                    for block in answer.iter_bytes():
                        out.write(block)
        except self._errors as error:
            raise NotYetError(str(error)) from error

    def _ask(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        try:
            answer = self._client.request(method, path, **options)
        except self._errors as error:
            raise ModelUnavailableError(f"cannot reach {self._where}: {error}", attempts=1) from error
        if answer.status_code >= _FIRST_SERVER_FAULT or answer.status_code == 429:  # noqa: PLR2004 - too many requests
            raise ModelUnavailableError(f"{self._where} answered {answer.status_code}: try again later", attempts=1)
        if answer.status_code >= _FIRST_REFUSAL:
            said = " ".join(answer.text.split())[:300]
            raise ModelRefusedError(f"{self._where} refused the batch ({answer.status_code}): {said}", attempts=1)
        try:
            payload = answer.json()
        except ValueError as error:
            raise BatchError(f"{self._where} has no batch interface: it answered without JSON") from error
        if not isinstance(payload, dict):
            raise BatchError(f"{self._where} has no batch interface: it answered {str(payload)[:80]!r}")
        return cast("dict[str, Any]", payload)


def _read_job(row: Mapping[str, Any]) -> RemoteJob:
    metadata = cast("Mapping[str, Any]", row.get("metadata") or {})
    errors = cast("Mapping[str, Any]", row.get("errors") or {})
    told = [
        str(error.get("message") or error.get("code"))
        for error in cast("list[dict[str, Any]]", errors.get("data") or [])
    ]
    return RemoteJob(
        id=str(row["id"]),
        status=str(row.get("status")),
        output_file=row.get("output_file_id") or None,
        error_file=row.get("error_file_id") or None,
        tag=str(metadata.get(TAG) or ""),
        error="; ".join(told),
        counts=cast("Mapping[str, int]", row.get("request_counts") or {}),
    )
