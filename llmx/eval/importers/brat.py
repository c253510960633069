"""brat's standoff format: a `.txt` beside an `.ann` with spans (T), events (E), relations (R) and attributes (A, M)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from llmx.errors import GoldError
from llmx.eval.importers.assemble import ToolDocument, ToolSpan


def read_brat(source: Path, note: Callable[[str], None]) -> Iterator[ToolDocument]:
    """The documents of a folder, or of one `.ann` file.

    Raises:
        GoldError: A text is missing, or a line cannot be read.
    """
    files = [source] if source.is_file() else sorted(source.rglob("*.ann"))
    if not files:
        note(f"{source} holds no .ann file")
    for file in files:
        path = file.with_suffix(".txt")
        try:
            # Offsets count the file's own code points: line ends stay as they are.
            text = path.read_bytes().decode("utf-8")
            lines = file.read_text(encoding="utf-8").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise GoldError(f"{file}: its text or labels cannot be read: {error}") from error
        yield _document(file, text, lines)


def _document(file: Path, text: str, lines: list[str]) -> ToolDocument:
    spans: dict[str, ToolSpan] = {}
    events: dict[str, str] = {}
    arguments: list[tuple[str, str, str]] = []
    relations: list[tuple[str, str, str]] = []
    attributes: list[tuple[str, str, str]] = []
    for number, line in enumerate(lines, 1):
        parts = line.rstrip("\r").split("\t")
        if len(parts) < 2:  # noqa: PLR2004 - an id and a body
            continue
        key, body = parts[0], parts[1]
        try:
            if key.startswith("T"):
                spans[key] = _span(key, body, parts[2] if len(parts) > 2 else None, text)  # noqa: PLR2004 - the words
            elif key.startswith("E"):
                trigger, *rest = body.split()
                events[key] = trigger.partition(":")[2]
                arguments.extend(
                    (key, held.partition(":")[2], held.partition(":")[0].rstrip("0123456789")) for held in rest
                )
            elif key.startswith("R"):
                label, one, other = body.split()[:3]
                relations.append((one.partition(":")[2], other.partition(":")[2], label))
            elif key.startswith(("A", "M")):
                name, target, *value = body.split()
                attributes.append((target, name, value[0] if value else "true"))
        except ValueError as error:
            raise GoldError(f"{file}:{number}: not a line of standoff: {line!r}") from error
    for target, name, value in attributes:
        span = spans.get(events.get(target, target))
        if span is not None:
            spans[span.key] = replace(span, attributes={**span.attributes, name: value})
    joined = [(events[one], events.get(other, other), label) for one, other, label in arguments if one in events]
    joined.extend((events.get(one, one), events.get(other, other), label) for one, other, label in relations)
    return ToolDocument(id=file.stem, text=text, spans=tuple(spans.values()), relations=tuple(joined))


def _span(key: str, body: str, words: str | None, text: str) -> ToolSpan:
    label, _, places = body.partition(" ")
    fragments = tuple((int(start), int(end)) for start, end in (fragment.split() for fragment in places.split(";")))
    return ToolSpan(key=key, label=label, fragments=fragments, words=_by_fragment(words, fragments, text))


def _by_fragment(words: str | None, fragments: tuple[tuple[int, int], ...], text: str) -> tuple[str, ...] | None:
    """The exported words, cut by the fragments' lengths: the tool joins fragments by spaces, and line ends too."""
    if words is None:
        return None
    if len(fragments) == 1:
        start, end = fragments[0]
        same = " ".join(text[start:end].split()) == " ".join(words.split())
        return (text[start:end] if same else words,)
    cut: list[str] = []
    at = 0
    for start, end in fragments:
        cut.append(words[at : at + end - start])
        at += end - start + 1
    return tuple(cut)
