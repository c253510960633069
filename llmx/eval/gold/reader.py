"""Read and check gold files: every fault with its file, line and JSON path.

`check_gold` finds all faults and never raises for one; `read_gold` gives the cases and refuses a file with an error.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any, Literal, cast

from pydantic import ValidationError

from llmx.errors import GoldError
from llmx.eval.gold.case import Case
from llmx.eval.gold.cites import CiteError
from llmx.eval.gold.format import GoldArticle
from llmx.eval.gold.freeze import first_changed_line, text_digest
from llmx.eval.gold.lint import lint_line, lint_set
from llmx.eval.gold.resolve import resolve_lists, resolve_report, resolve_scope
from llmx.result import Path, show_path
from llmx.text.span import Span

_CITE_HINT = 'a citation is a string, {"q", "n"}, {"q", "in"}, {"start", "end", "q"}, or a list of these'


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One fault of a gold file.

    Attributes:
        file: The file.
        line: Its line, from 1.
        path: Where in the line's JSON, such as `events[0].trigger`; empty for the line as a whole.
        message: What is wrong and what would mend it.
        severity: An error stops scoring; a warning does not.
        candidates: All places of an ambiguous quote.
    """

    file: str
    line: int
    path: str
    message: str
    severity: Literal["error", "warning"] = "error"
    candidates: tuple[Span, ...] = ()

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" + (f": {self.path}" if self.path else "")
        return f"{where}: {'warning: ' if self.severity == 'warning' else ''}{self.message}"


@dataclass(frozen=True)
class GoldCheck:
    """What a check found.

    Attributes:
        cases: The cases that could be resolved.
        problems: All faults, in the order of the file.
    """

    cases: tuple[Case, ...]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The faults that stop scoring."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


@dataclass
class _Faults:
    """Collects the faults of one line."""

    file: str
    line: int
    found: list[Problem] = field(default_factory=list[Problem])

    def add(self, path: Path, message: str, *, severity: Literal["error", "warning"] = "error") -> None:
        self.found.append(
            Problem(file=self.file, line=self.line, path=show_path(path), message=message, severity=severity)
        )

    def cite(self, path: Path, error: CiteError) -> None:
        self.found.append(
            Problem(
                file=self.file,
                line=self.line,
                path=show_path(path),
                message=str(error),
                candidates=error.candidates,
            )
        )


def read_gold(source: FilePath, *, texts: FilePath | None = None) -> tuple[Case, ...]:
    """Read gold: a JSONL file, or a folder of them.

    Args:
        source: The file or folder.
        texts: Folder with `ID.txt` for the lines that hold no text.

    Raises:
        GoldError: It cannot be read, or holds an error; the message names file, line and JSON path of the first, and
            how many more there are.
    """
    check = check_gold(source, texts=texts)
    if check.errors:
        more = len(check.errors) - 1
        rest = f"; {more} more faults: llmx eval check {source} lists them" if more else ""
        raise GoldError(f"{check.errors[0]}{rest}")
    return check.cases


def check_gold(source: FilePath, *, texts: FilePath | None = None) -> GoldCheck:
    """Check gold: every line by the contract, every quote in its text, every reference, and what looks forgotten.

    Raises:
        GoldError: The file is not there, or is no text.
    """
    cases: list[Case] = []
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for file, number, raw in _lines(source):
        faults = _Faults(str(file), number)
        case = _read_line(raw, file, faults, texts)
        if case is not None:
            if case.id in seen:
                faults.add(("id",), f"{case.id!r} was used in {seen[case.id]}")
            seen.setdefault(case.id, f"{file}:{number}")
            cases.append(case)
        problems.extend(faults.found)
    for case, path, message in lint_set(cases):
        file = seen[case.id].rpartition(":")[0]
        problems.append(Problem(file=file, line=case.line, path=show_path(path), message=message, severity="warning"))
    return GoldCheck(tuple(cases), tuple(sorted(problems, key=lambda one: (one.file, one.line))))


def gold_files(source: FilePath) -> list[FilePath]:
    """The files of a gold set: the file itself, or a folder's `*.jsonl`, by name.

    Raises:
        GoldError: There is none.
    """
    if source.is_file():
        return [source]
    files = sorted(source.glob("*.jsonl")) if source.is_dir() else []
    if not files:
        raise GoldError(f"{source}: no gold there: give a .jsonl file, or a folder with some")
    return files


def _lines(source: FilePath) -> Iterator[tuple[FilePath, int, str]]:
    for file in gold_files(source):
        try:
            text = file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise GoldError(f"{file}: cannot be read as UTF-8 text: {error}") from error
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                yield file, number, line


def _read_line(raw: str, file: FilePath, faults: _Faults, texts: FilePath | None) -> Case | None:
    try:
        line = json.loads(raw)
    except ValueError as error:
        faults.add((), f"not JSON: {error}")
        return None
    if not isinstance(line, dict):
        faults.add((), "a line holds one JSON object, an article with its labels")
        return None
    fields = cast("dict[str, Any]", line)
    try:
        article = GoldArticle.model_validate(fields)
    except ValidationError as error:
        for path, message in _readable(error):
            faults.add(path, message)
        return None
    text = _text_of(article, file, faults, texts)
    if text is None:
        return None
    lint_line(article, text, faults.add)
    lists = resolve_lists(fields, text, faults.cite)
    return Case(
        id=article.id,
        text=text,
        sha256=text_digest(text),
        lists=lists,
        report=resolve_report(article.report, text, faults.cite) if article.report is not None else None,
        title=article.title,
        outlet=article.outlet,
        published=article.published,
        url=article.url,
        meta=article.meta,
        scope=resolve_scope(fields, text, faults.cite),
        annotator=article.annotator,
        line=faults.line,
    )


def _text_of(article: GoldArticle, file: FilePath, faults: _Faults, texts: FilePath | None) -> str | None:
    text = article.text
    if text is None:
        path = file.parent / article.text_file if article.text_file else texts and texts / f"{article.id}.txt"
        if path is None:
            faults.add(("text",), "the line has no text: add text or text_file, or pass --texts DIR")
            return None
        try:
            # Offsets count the file's own code points: line ends stay as they are.
            text = path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            faults.add(("text_file",), f"the text cannot be read: {error}")
            return None
    if article.text_sha256 is not None and text_digest(text) != article.text_sha256:
        changed = first_changed_line(text, article.text_lines)
        where = f": line {changed[0]} differs, now “{changed[1]}”" if changed else ""
        faults.add(("text_sha256",), f"the text is not the one that was frozen{where}")
        return None
    return text


def _readable(error: ValidationError) -> Iterator[tuple[Path, str]]:
    """The errors of a line, one for each place; the branches of a citation's union are told as one."""
    told: set[Path] = set()
    for item in error.errors(include_url=False, include_context=False):
        path: list[str | int] = []
        for step in item["loc"]:
            if isinstance(step, str) and _is_branch(step):
                break
            path.append(step)
        where = tuple(path)
        branch = len(where) < len(item["loc"])
        if where in told:
            continue
        told.add(where)
        if branch and (item["loc"][len(where)] in _CITE_BRANCHES or str(item["loc"][len(where)]).startswith("list[")):
            yield where, _CITE_HINT
        elif item["type"] == "extra_forbidden":
            yield where, "there is no such key; a comment begins with _"
        elif item["type"] == "value_error":
            yield where, item["msg"].removeprefix("Value error, ")
        else:
            yield where, f"{item['msg'][:1].lower()}{item['msg'][1:]}"


_CITE_BRANCHES = frozenset({"str", "Placed", "Quoted"})


def _is_branch(step: str) -> bool:
    return step in _CITE_BRANCHES or step.startswith(("list[", "literal[", "function-", "union["))


def digest_of(cases: Sequence[Case]) -> str:
    """A digest of a gold set: its ids, texts and labels, whatever the order of the file."""
    rows = sorted(_canonical(case) for case in cases)
    return hashlib.sha256("\n".join(rows).encode("utf-8", "surrogatepass")).hexdigest()


def _canonical(case: Case) -> str:
    fields: Mapping[str, Any] = {"id": case.id, "sha256": case.sha256, "lists": case.lists, "report": case.report}
    return json.dumps(fields, sort_keys=True, ensure_ascii=True, default=str)
