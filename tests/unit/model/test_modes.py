from __future__ import annotations

import json
from typing import Any

import pytest

from llmx.model.modes import Ask, asked_schema_of, modes_from
from llmx.model.settings import MODES, Mode
from llmx.port import Message
from llmx.schema.asked import asked_class
from llmx.schema.citation import Cited
from llmx.schema.news import NewsReport

ASKED = asked_schema_of(asked_class(NewsReport))
MESSAGES = (Message("system", "Fill it."), Message("user", "An article."))


def _body(mode: Mode, **options: Any) -> dict[str, Any]:
    return Ask(model="m", messages=MESSAGES, schema=ASKED, mode=mode, **options).body()


def test_strict_mode_asks_the_server_to_enforce_the_schema() -> None:
    shape = _body("strict")["response_format"]["json_schema"]

    assert shape["strict"] is True
    assert shape["schema"] == ASKED.strict


def test_tools_mode_forces_one_tool_call() -> None:
    body = _body("tools")

    assert body["tools"][0]["function"]["parameters"] == ASKED.plain
    assert body["tool_choice"]["function"]["name"] == "NewsReport"


def test_json_schema_mode_gives_the_schema_without_enforcing_it() -> None:
    shape = _body("json-schema")["response_format"]["json_schema"]

    assert shape["schema"] == ASKED.plain
    assert "strict" not in shape


@pytest.mark.parametrize("mode", ["json", "text"])
def test_loose_modes_put_the_schema_into_the_prompt(mode: Mode) -> None:
    messages = _body(mode)["messages"]

    assert messages[0]["content"].startswith("Fill it.")
    assert ASKED.text in messages[0]["content"]
    assert messages[1]["content"] == "An article."


def test_schema_gets_a_message_of_its_own_without_a_system_message() -> None:
    body = Ask(model="m", messages=(Message("user", "x"),), schema=ASKED, mode="text").body()

    assert [row["role"] for row in body["messages"]] == ["system", "user"]


def test_options_that_are_not_set_are_not_sent() -> None:
    assert _body("text").keys() == {"model", "messages"}


def test_options_are_sent_under_the_names_the_server_takes() -> None:
    body = _body("text", temperature=0.0, seed=1, max_tokens=9, tokens_key="max_completion_tokens")

    assert (body["temperature"], body["seed"], body["max_completion_tokens"]) == (0.0, 1, 9)


@pytest.mark.parametrize("mode", MODES)
def test_encoded_body_is_the_body(mode: Mode) -> None:
    messages = (Message("system", "Fill “it”."), Message("user", 'An "article" \\ {{ of }}\n \x00 ours.'))
    ask = Ask(model="m", messages=messages, schema=ASKED, mode=mode, temperature=0.0, max_tokens=9)

    assert json.loads(ask.encoded()) == ask.body()


def test_lone_surrogate_in_a_message_is_replaced_when_it_is_sent() -> None:
    ask = Ask(model="m", messages=(Message("user", "a\ud800b"),), schema=ASKED, mode="strict")

    assert json.loads(ask.encoded())["messages"][0]["content"] == "a?b"


def test_schema_is_built_once_for_a_class() -> None:
    assert asked_schema_of(asked_class(NewsReport)) is ASKED


def test_titles_made_from_field_names_are_left_out_and_fields_called_title_stay() -> None:
    assert '"title":"' not in ASKED.text
    assert "role_title" in ASKED.plain["$defs"]["Entity"]["properties"]


@pytest.mark.parametrize(
    ("known", "asked_for", "tried"),
    [(None, "auto", MODES), ("tools", "auto", ("tools",)), (None, "json", ("json",)), ("tools", "json", ("json",))],
    ids=["unknown-server", "known-server", "chosen", "chosen-against-known"],
)
def test_modes_are_tried_from_the_firmest_down(known: Mode | None, asked_for: str, tried: tuple[Mode, ...]) -> None:
    assert modes_from(known, asked_for) == tried


def test_name_of_a_generic_class_is_one_that_servers_take() -> None:
    assert asked_schema_of(asked_class(Cited[int])).name == "Cited_int_"
