from __future__ import annotations

import json
from pathlib import Path

import pytest

from llmx.errors import PromptError, ResourceNotFoundError
from llmx.prompt import load_template
from llmx.prompt.template import FILL_VARIABLES, REASK_VARIABLES
from llmx.resources import resource_companion

USER = "{% block user %}{{ sentences }}{% endblock %}"


@pytest.fixture
def write(tmp_path: Path) -> Path:
    return tmp_path / "mine.v1.md.j2"


def _write(path: Path, source: str) -> str:
    path.write_text(source, encoding="utf-8")
    return str(path)


def test_bundled_template_is_found_by_name() -> None:
    template = load_template("news-report.v1")

    assert template.name == "news-report.v1"
    assert len(template.sha256) == 64


def test_template_of_one_s_own_is_found_by_path(write: Path) -> None:
    template = load_template(_write(write, USER))

    messages = template.messages({"sentences": "[1] x"})

    assert [(message.role, message.content) for message in messages] == [("user", "[1] x")]


def test_unknown_name_lists_the_templates_there_are() -> None:
    with pytest.raises(ResourceNotFoundError, match=r"news-report\.v1"):
        load_template("no-such.v1")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{% block user %}\n{{ sentences \n{% endblock %}", "line 2|line 3"),
        (USER + "{% if %}", "line 1"),
        ("{% block user %}{{ artcle }}{% endblock %}", "'artcle'.*sentences"),
        ("{{ sentences }}", "no {% block user %}"),
    ],
    ids=["unclosed", "no-condition", "unknown-variable", "no-user-block"],
)
def test_fault_in_a_template_is_told_when_it_is_read(write: Path, source: str, said: str) -> None:
    with pytest.raises(PromptError, match=said) as caught:
        load_template(_write(write, source))

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "source",
    [
        "{% block user %}{{ sentences.__class__.__mro__ }}{% endblock %}",
        "{% block user %}{{ sentences / 0 }}{% endblock %}",
        "{% block user %}{% include 'other' %}{% endblock %}",
        "{% block user %}{{ example.answer }}{% endblock %}",
    ],
    ids=["sandbox", "wrong-type", "include", "missing-attribute"],
)
def test_template_that_fails_while_rendering_is_told(write: Path, source: str) -> None:
    template = load_template(_write(write, source))

    with pytest.raises(PromptError, match="cannot be rendered"):
        template.messages(dict.fromkeys(FILL_VARIABLES, "x"))


@pytest.mark.parametrize("data", [b"\xff\xfe\xff", None], ids=["not-text", "no-file"])
def test_file_that_cannot_be_read_is_told(write: Path, data: bytes | None) -> None:
    path = write if data is None else write.with_name("other.md.j2")
    (path.parent / "other.md.j2").write_bytes(data or b"")

    with pytest.raises(PromptError, match="cannot read"):
        load_template(str(path))


def test_value_is_never_rendered_as_a_template(write: Path) -> None:
    template = load_template(_write(write, USER))

    assert template.messages({"sentences": "{{ 7 * 7 }}"})[0].content == "{{ 7 * 7 }}"


def test_digest_changes_with_the_example(write: Path) -> None:
    before = load_template(_write(write, USER)).sha256
    write.with_name("mine.v1.example.json").write_text('{"article": "He left.", "answer": {}}', encoding="utf-8")

    after = load_template(str(write))

    assert after.sha256 != before
    assert after.example_text == "He left."


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("1|He stayed", "does not stand in the example's sentence 1"),
        ("2|He left", "does not stand in the example's sentence 2"),
        ("9|He left", "names sentence 9"),
        ("1|He ~ stayed", "does not stand"),
    ],
    ids=["other-words", "other-sentence", "no-such-sentence", "other-end"],
)
def test_example_that_quotes_what_its_article_does_not_say_is_refused(write: Path, quote: str, said: str) -> None:
    example = {"article": "He left. She wrote.", "answer": {"events": [{"trigger": quote}]}}
    write.with_name("mine.v1.example.json").write_text(json.dumps(example), encoding="utf-8")

    with pytest.raises(PromptError, match=said):
        load_template(_write(write, USER))


@pytest.mark.parametrize("source", ["[1]", "{", '{"answer": {}}'], ids=["list", "cut", "no-article"])
def test_file_that_is_no_example_is_refused(write: Path, source: str) -> None:
    write.with_name("mine.v1.example.json").write_text(source, encoding="utf-8")

    with pytest.raises(PromptError, match="example"):
        load_template(_write(write, USER))


def test_every_variable_is_documented_where_templates_are_explained() -> None:
    page = resource_companion("prompts", "README.md") or ""

    assert [name for name in (*FILL_VARIABLES, *REASK_VARIABLES) if f"`{name}`" not in page] == []
