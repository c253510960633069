"""Decoding: the bytes of a file as text."""

from __future__ import annotations

from llmx.errors import DocumentError


def decode(data: bytes, *, name: str, html: bool = False) -> str:
    """The text of `data`.

    Raises:
        DocumentError: The bytes are not text.
    """
    del html
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(f"{name} is not UTF-8 text: byte {error.start} cannot be decoded") from error
