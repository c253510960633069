"""Decoding: the bytes of a file as text.

UTF-8 (with or without a byte order mark), UTF-16 and UTF-32 with one, for HTML the encoding that the page itself
declares, and what the caller names. Others are refused rather than guessed: a wrong guess moves no offset but changes
names.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence

from llmx.errors import ConfigError, DocumentError

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"PAR1", "a Parquet file"),
)
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")

_HEAD_BYTES = 2048
_SAMPLE_CHARS = 65536
_CONTROLS_PER_TEXT = 20
"""One control character in this many is more than any text has."""


def read_encodings(names: str) -> tuple[str, ...]:
    """The encodings in `names`, with commas between.

    Raises:
        ConfigError: One of them is unknown, or encodes something else than text.
    """
    found = tuple(name.strip() for name in names.split(","))
    for name in found:
        try:
            "a".encode(name)
        except (LookupError, ValueError) as error:
            raise ConfigError(
                f"no text encoding is called {name!r}: take such as utf-8, windows-1252, shift_jis", setting="encoding"
            ) from error
    return found


def decode(data: bytes, *, name: str, html: bool = False, encodings: Sequence[str] = ()) -> str:
    """The text of `data`.

    A byte order mark is removed; everything else, NUL and other control characters included, stays.

    Args:
        data: The bytes of a file.
        name: The file's name, for messages.
        html: Whether the encoding that the page declares about itself is to be used.
        encodings: What the caller knows: the first that fits is taken, instead of UTF-8 and of what a page declares.
            A byte order mark still counts for more.

    Raises:
        DocumentError: The bytes are not text, or not in an encoding that can be known.
    """
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise DocumentError(f"{name} is {kind}, not text: give its text, or an HTML page")
    text = _decoded(data, name=name, encoding=_encoding(data, name=name, html=html, encodings=encodings))
    sample = text[:_SAMPLE_CHARS]
    if _CONTROLS_PER_TEXT * len(_CONTROLS.findall(sample)) > len(sample):
        raise DocumentError(
            f"{name} is binary, not text: one character in {_CONTROLS_PER_TEXT} or more is a control code"
        )
    return text


def _encoding(data: bytes, *, name: str, html: bool, encodings: Sequence[str]) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    if encodings:
        return next((each for each in encodings if _fits(data, each)), encodings[-1])
    found = _DECLARED.search(data, 0, _HEAD_BYTES) if html else None
    if found is None:
        return "utf-8"
    declared = (found[1] or found[2]).decode("ascii")
    try:
        codec = codecs.lookup(declared)
    except LookupError as error:
        raise DocumentError(f"{name} declares the unknown encoding {declared!r}: save it as UTF-8") from error
    if codec.name.startswith("utf-16") or codec.name.startswith("utf-32"):
        return "utf-8"  # the declaration itself was read as ASCII, so it cannot be true (WHATWG Encoding, prescan)
    return (
        "cp1252" if codec.name in {"iso8859-1", "ascii"} else codec.name
    )  # as browsers read it (WHATWG Encoding, 4.2)


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _decoded(data: bytes, *, name: str, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        shown = "UTF-8" if encoding in {"utf-8", "utf-8-sig"} else encoding
        raise DocumentError(
            f"{name} is not {shown} text: byte {error.start} cannot be decoded; save it as UTF-8, or name its encoding"
        ) from error
    except LookupError as error:
        raise DocumentError(
            f"{name} declares the encoding {encoding!r}, which is no text encoding: save it as UTF-8"
        ) from error
