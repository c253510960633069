"""The lock holds what the project declares, with hashes and without addresses."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[\w+\])?==([^\s;\\]+)", re.MULTILINE)
PINS = {canonicalize_name(name): version for name, version in PIN.findall(LOCK)}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DECLARED = [*PROJECT["dependencies"], *(line for lines in PROJECT["optional-dependencies"].values() for line in lines)]


@pytest.mark.parametrize("declared", sorted(set(DECLARED)))
def test_every_declared_dependency_is_pinned_within_its_range(declared: str) -> None:
    wanted = Requirement(declared)

    pinned = PINS.get(canonicalize_name(wanted.name))

    assert pinned is not None
    assert wanted.specifier.contains(pinned, prereleases=True)


def test_every_pin_has_a_hash() -> None:
    blocks = re.split(r"^(?=[A-Za-z0-9])", LOCK, flags=re.MULTILINE)

    without = [block for block in blocks if "==" in block.partition("\n")[0] and "--hash=sha256:" not in block]

    assert without == []


def test_the_lock_names_no_address() -> None:
    assert not re.search(r"https?://|file:|--index|--find-links", LOCK)
