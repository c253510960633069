"""A page becomes its main text, or is refused."""

from __future__ import annotations

import pytest

from llmx.errors import DocumentError
from llmx.text.html import extract_main_text

PAGE = """<html><head><title>Raid kills six</title></head><body>
<nav><a href="/">Home</a></nav><article><h1>Raid kills six</h1>
<p>At least six people were killed on Monday when a raid hit the town of Qasra, officials of the province said.</p>
<p>“We saw everything,” said Omar Deri, a baker who lives near the market and carried the wounded to hospital.</p>
</article><footer>Imprint</footer></body></html>"""


def test_main_text_and_title_of_a_page_are_read() -> None:
    page = extract_main_text(PAGE)

    assert page.title == "Raid kills six"
    assert "killed on Monday" in page.text
    assert "Imprint" not in page.text


@pytest.mark.parametrize("html", ["", "  \n", "<html></html>", "<<<>>>", "<script>alert(1)</script>"], ids=repr)
def test_page_without_text_is_refused(html: str) -> None:
    with pytest.raises(DocumentError):
        extract_main_text(html)


@pytest.mark.parametrize("char", ["\x00", "\ud800"], ids=["nul", "lone-surrogate"])
def test_character_no_parser_takes_is_passed_over(char: str) -> None:
    page = extract_main_text(PAGE.replace("market", f"mar{char}ket"))

    assert "Omar Deri" in page.text
