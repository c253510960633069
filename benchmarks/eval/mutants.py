"""Plant faults in a copy of the scorer, one at a time, and see that the tests catch each.

python benchmarks/eval/mutants.py
"""

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Fault:
    """One planted fault: what it does, in which file, and the change."""

    what: str
    file: str
    before: str
    after: str


FAULTS = (
    Fault(
        "greedy pairing",
        "matching/assign.py",
        "for r, c in assignment(matrix)]",
        "for r, c in enumerate(range(len(lefts)))]",
    ),
    Fault(
        "duplicates are free",
        "metrics/tally.py",
        "        total += 1\n        left[key]",
        "        total += key not in left\n        left[key]",
    ),
    Fault(
        "ends are inclusive",
        "matching/region.py",
        "both = min(left.end, right.end) - max",
        "both = 1 + min(left.end, right.end) - max",
    ),
    Fault("edges count", "matching/region.py", "return self.tight == other.tight", "return self.spans == other.spans"),
    Fault(
        "precision and recall exchanged",
        "statistics/table.py",
        "    return precision, recall, f1",
        "    return recall, precision, f1",
    ),
    Fault(
        "0/0 is 1",
        "statistics/table.py",
        "return np.where(below > 0, above / safe, zero)",
        "return np.where(below > 0, above / safe, 1.0)",
    ),
    Fault(
        "failed articles leave the mean",
        "score.py",
        'if prediction.status != "ok" and on_error == "skip":',
        'if prediction.status != "ok":',
    ),
    Fault("roles are ignored", "metrics/event_fields.py", "if one.role == other.role else 0.0", "if one.role else 0.0"),
    Fault(
        "the type is no gate",
        "metrics/events.py",
        "    if gold == pred:\n        return 1.0",
        "    if gold or pred:\n        return 1.0",
    ),
    Fault(
        "an open bound holds any number",
        "metrics/similar.py",
        "return float(above and below)",
        "return float(above or below)",
    ),
    Fault(
        "altered claims pass",
        "metrics/claims.py",
        "return bool(gold.text) and altered",
        "return not gold.text and altered",
    ),
    Fault(
        "unmatched events lose their arguments",
        "metrics/event_fields.py",
        "        _add(name, 0.0, len(fillers(event)), 0, tally)\n",
        "",
    ),
    Fault(
        "optional items are missed",
        "metrics/tally.py",
        "        if is_optional:\n            optional.append(key)\n            continue\n",
        "",
    ),
    Fault("the verdict and the exit code part", "gates.py", "return _FAILED\n", "return _DONE\n"),
    Fault(
        "order of the list decides",
        "records/build.py",
        "    return tuple(items[n] for n in order)",
        "    return tuple(items)",
    ),
    Fault("an ambiguous quote takes the first place", "gold/cites.py", "    if len(places) == 1:", "    if places:"),
)


def caught(fault: Fault, folder: Path) -> bool:
    """Whether the tests fail with the fault planted."""
    target = folder / "llmx" / "eval" / fault.file
    source = target.read_text(encoding="utf-8")
    if source.count(fault.before) < 1:
        raise SystemExit(f"{fault.what}: its place in {fault.file} has changed, write it anew")
    target.write_text(source.replace(fault.before, fault.after, 1), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "tests/unit/eval", "-x", "-q", "-p", "no:cacheprovider"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        check=False,
    )
    target.write_text(source, encoding="utf-8")
    return run.returncode == 1


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("llmx", "schemas", "prompts", "tests", "pyproject.toml"):
            source = ROOT / part
            if source.is_dir():
                shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, folder / part)
        found = {fault.what: caught(fault, folder) for fault in FAULTS}
    for what, seen in found.items():
        print(f"{'caught' if seen else 'MISSED'}  {what}")
    print(f"{sum(found.values())} of {len(found)} planted faults caught")
    raise SystemExit(0 if all(found.values()) else 1)


if __name__ == "__main__":
    main()
