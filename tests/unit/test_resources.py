from __future__ import annotations

import pytest

from llmx.errors import ResourceNotFoundError
from llmx.resources import resource_companion, resource_names, resource_text


def test_bundled_prompts_are_listed_without_their_endings() -> None:
    assert {"news-report.v1", "re-ask.v1"} <= set(resource_names("prompts"))


def test_resource_is_read_by_name() -> None:
    assert "{% block user %}" in resource_text("prompts", "news-report.v1")


def test_unknown_resource_lists_those_there_are() -> None:
    with pytest.raises(ResourceNotFoundError, match=r"no prompt named 'x'.*news-report\.v1"):
        resource_text("prompts", "x")


@pytest.mark.parametrize("name", ["../pyproject", "/etc/passwd", ""], ids=["above", "absolute", "empty"])
def test_name_is_no_path(name: str) -> None:
    with pytest.raises(ResourceNotFoundError):
        resource_text("prompts", name)


def test_file_that_is_not_there_is_none() -> None:
    assert resource_companion("prompts", "no-such.example.json") is None
