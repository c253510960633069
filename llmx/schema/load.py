"""Loading a report class by the name a command line or a file gives it."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from pydantic import BaseModel

from llmx.errors import SchemaError
from llmx.schema.contracts import NEWS_REPORT
from llmx.schema.news import NewsReport

BUNDLED: dict[str, type[BaseModel]] = {NEWS_REPORT: NewsReport, "news-report": NewsReport, "news-report.v1": NewsReport}
"""The report classes that come with llmx, by name."""


def load_schema(name: str) -> type[BaseModel]:
    """The report class that `name` means.

    Args:
        name: A bundled name (`news-report/v1`), `package.module:Class`, or `file.py:Class`. The latter two run the
            module's code, as importing it would.

    Raises:
        SchemaError: There is no such class, or it is no Pydantic model.
    """
    if name in BUNDLED:
        return BUNDLED[name]
    module_name, colon, class_name = name.rpartition(":")
    if not colon:
        raise SchemaError(f"unknown schema {name!r}: use {NEWS_REPORT}, package.module:Class or file.py:Class")
    module = _load_file(Path(module_name)) if module_name.endswith(".py") else _load_module(module_name)
    found = getattr(module, class_name, None)
    if found is None:
        raise SchemaError(f"{module_name} has no class {class_name}")
    if not (isinstance(found, type) and issubclass(found, BaseModel)):
        raise SchemaError(f"{name} is no Pydantic model: a report class is a subclass of pydantic.BaseModel")
    return found


def _load_module(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise SchemaError(f"cannot import {name!r}: {error}") from error


def _load_file(path: Path) -> ModuleType:
    """Import a file under its own stem, so that its classes carry the same name wherever the file lies."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None or not path.is_file():
        raise SchemaError(f"no schema file {path}")
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(path.stem, module)
    try:
        spec.loader.exec_module(module)
    except (ImportError, SyntaxError, NameError, TypeError, ValueError) as error:
        raise SchemaError(f"{path} cannot be loaded: {error}") from error
    return module
