"""Bytes become text only where the encoding is known."""

from __future__ import annotations

import pytest

from llmx.errors import ConfigError, DocumentError
from llmx.text.decode import decode, read_encodings


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("Kızıltepe’de ثلاثة".encode(), id="utf-8"),
        pytest.param("Kızıltepe’de ثلاثة".encode("utf-8-sig"), id="utf-8-with-a-mark"),
        pytest.param("Kızıltepe’de ثلاثة".encode("utf-16"), id="utf-16"),
        pytest.param(b"\xfe\xff" + "Kızıltepe’de ثلاثة".encode("utf-16-be"), id="utf-16-big-endian"),
        pytest.param("Kızıltepe’de ثلاثة".encode("utf-32"), id="utf-32"),
    ],
)
def test_unicode_bytes_become_their_text(data: bytes) -> None:
    assert decode(data, name="a.txt") == "Kızıltepe’de ثلاثة"


def test_page_is_read_in_the_encoding_it_declares() -> None:
    page = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"></head>Взрыв</html>'

    text = decode(page.encode("cp1251"), name="a.html", html=True)

    assert text == page


def test_declaration_in_plain_text_is_not_obeyed() -> None:
    text = '<meta charset="windows-1251"> é'

    assert decode(text.encode(), name="a.txt") == text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(b"caf\xe9 on Monday", "byte 3", id="latin-1"),
        pytest.param(b"%PDF-1.7 abc", "PDF", id="pdf"),
        pytest.param(b"PK\x03\x04abc", "ZIP", id="zip"),
        pytest.param(bytes(range(32)) * 20, "binary", id="control-codes"),
        pytest.param(b"\x00\x01" * 500, "binary", id="nul-rich"),
        pytest.param(b'<meta charset="klingon">', "klingon", id="unknown-encoding"),
        pytest.param(b'<meta charset="rot13">', "rot", id="encoding-of-no-text"),
    ],
)
def test_bytes_that_are_not_text_are_refused_by_name(data: bytes, said: str) -> None:
    with pytest.raises(DocumentError, match=said) as caught:
        decode(data, name="a.bin", html=True)

    assert "a.bin" in str(caught.value)


def test_nul_within_text_is_kept() -> None:
    text = "The raid began at dawn and\x00 ended at noon."

    assert decode(text.encode(), name="a.txt") == text


@pytest.mark.parametrize(
    ("data", "named"),
    [
        pytest.param("Café — 5 €".encode("cp1252"), "windows-1252", id="one"),
        pytest.param("Café — 5 €".encode("cp1252"), "utf-8, windows-1252", id="second"),
        pytest.param("Café — 5 €".encode(), "utf-8,windows-1252", id="first"),
        pytest.param("Café — 5 €".encode("utf-8-sig"), "windows-1252", id="mark"),
    ],
)
def test_named_encoding_is_taken_and_of_several_the_first_that_fits(data: bytes, named: str) -> None:
    assert decode(data, name="a.txt", encodings=read_encodings(named)) == "Café — 5 €"


def test_named_encoding_counts_for_more_than_what_a_page_declares() -> None:
    page = '<meta charset="utf-8"> Café'

    assert decode(page.encode("cp1252"), name="a.html", html=True, encodings=("cp1252",)) == page


@pytest.mark.parametrize("name", ["klingon", "rot13", "", "utf-8,", "a\x00b"])
def test_name_of_no_text_encoding_is_refused(name: str) -> None:
    with pytest.raises(ConfigError, match="no text encoding is called"):
        read_encodings(name)
