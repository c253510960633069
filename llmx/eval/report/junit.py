"""The verdict and the articles as JUnit XML, for continuous integration.

One suite holds the gates, one case each. Then one suite for each family of records, one case an article: it fails
where the article's F1 fell below the baseline's, and is an error where the article was not extracted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from llmx.eval.gates import Verdict
from llmx.eval.outcome import Evaluation, RunResult

FAMILY_METRICS = (
    "events.trigger_c",
    "events.type_c",
    "events.arg_c",
    "attributions.exact",
    "claims.unaltered",
    "fields.all",
)
_CONTROL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_junit(evaluation: Evaluation, verdict: Verdict) -> str:
    """The evaluation as JUnit XML."""
    root = ET.Element("testsuites", name="llmx eval")
    _gates(root, verdict)
    base = evaluation.baseline
    for run in evaluation.runs:
        if run is base:
            continue
        families = {name.partition(".")[0] for name in FAMILY_METRICS if run.table.metric(name)}
        for family in sorted(families):
            _articles(root, run, base, family)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _gates(root: ET.Element, verdict: Verdict) -> None:
    suite = ET.SubElement(root, "testsuite", name="gates")
    failures = skipped = 0
    for check in verdict.checks:
        case = ET.SubElement(suite, "testcase", classname=clean(f"gates.{check.run}"), name=clean(check.text))
        if check.status == "fail":
            failures += 1
            ET.SubElement(case, "failure", message=clean(check.detail)).text = clean(check.detail)
        elif check.status == "n/a":
            skipped += 1
            ET.SubElement(case, "error", message=clean(check.detail))
    _count(suite, tests=len(verdict.checks), failures=failures, errors=skipped)


def _articles(root: ET.Element, run: RunResult, base: RunResult | None, family: str) -> None:
    suite = ET.SubElement(root, "testsuite", name=clean(f"{family}.{run.name}"))
    before = article_scores(base, family) if base is not None else {}
    failures = errors = 0
    for article, score in article_scores(run, family).items():
        case = ET.SubElement(suite, "testcase", classname=clean(f"{family}.{run.name}"), name=clean(article))
        if run.status.get(article) != "ok":
            errors += 1
            ET.SubElement(case, "error", message=f"the article is {run.status.get(article)}")
        elif score is not None and (was := before.get(article)) is not None and score < was:
            failures += 1
            kinds = ", ".join(str(row["kind"]) for row in run.mistakes.get(article, ()) if _in_family(row, family))
            failure = ET.SubElement(case, "failure", message=f"F1 {score:.3f}, baseline {was:.3f}")
            failure.text = clean(kinds)
    _count(suite, tests=len(run.table.ids), failures=failures, errors=errors)


def _in_family(row: Mapping[str, Any], family: str) -> bool:
    held = row["family"]
    return held == family or (family == "events" and held == "participants")


def article_scores(run: RunResult, family: str) -> dict[str, float | None]:
    """Each article's F1 over the family's main metrics; `None` where neither side has an item."""
    metrics = [m for name in FAMILY_METRICS if name.startswith(f"{family}.") and (m := run.table.metric(name))]
    scores: dict[str, float | None] = {}
    for article, row in zip(run.table.ids, run.table.counts.tolist(), strict=True):
        credit = sum(row[m.first] + row[m.first + 2] for m in metrics)
        total = sum(row[m.first + 1] + row[m.first + 3] for m in metrics)
        scores[article] = credit / total if total else None
    return scores


def _count(suite: ET.Element, *, tests: int, failures: int, errors: int) -> None:
    suite.set("tests", str(tests))
    suite.set("failures", str(failures))
    suite.set("errors", str(errors))


def clean(text: str) -> str:
    """`text` without the signs that XML cannot hold."""
    return _CONTROL.sub("�", text)
