"""A case: one gold article, resolved: its text, its labels with offsets, and what is known about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Case:
    """One gold article, resolved.

    Attributes:
        id: Its name, unique in the file.
        text: The article's text, to which all offsets refer.
        sha256: Digest of the text.
        lists: The record lists that were annotated, in the published shape; a list that is absent was not annotated.
        report: The labels of a user's own schema, or `None`.
        published: Day of publication, or `None` where it is unknown.
        meta: What results can be sliced by.
        scope: What was annotated where that is not the whole: `types`, and `spans` as citations.
        annotator: Who labelled it.
        line: Its line in the file, from 1.
    """

    id: str
    text: str
    sha256: str
    lists: Mapping[str, Any]
    report: Mapping[str, Any] | None = None
    title: str | None = None
    outlet: str | None = None
    published: date | None = None
    url: str | None = None
    meta: Mapping[str, Any] = field(default_factory=dict[str, Any])
    scope: Mapping[str, Any] | None = None
    annotator: str | None = None
    line: int = 0
