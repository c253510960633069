"""Promises of quotation marks: which words they hold."""

import pytest

from llmx.ground.quotations import find_quotations


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        pytest.param("''We left,'' he said. ''It's all.''", ["''We left,''", "''It's all.''"], id="two apostrophes"),
        pytest.param('"We left," he said.', ['"We left,"'], id="straight"),
        pytest.param("“It has ‘soft power’ here.”", ["“It has ‘soft power’ here.”"], id="nested"),
        pytest.param("They don't know the rebels' leader.", [], id="apostrophes"),
    ],
)
def test_quotations_are_told_by_their_marks(text: str, quoted: list[str]) -> None:
    assert [span.of(text) for span in find_quotations(text)] == quoted
