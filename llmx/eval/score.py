"""Score one run against gold: every article's counts, mistakes and matched records.

An article that the run does not hold, or failed on, is an empty prediction: it keeps its place in every denominator.
What was not annotated is not scored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, cast

from pydantic import BaseModel

from llmx.eval.gold.case import Case
from llmx.eval.matching.region import Region, region_of, shared
from llmx.eval.metrics.attributions import score_attributions
from llmx.eval.metrics.claims import score_claims
from llmx.eval.metrics.coreference import score_clusters
from llmx.eval.metrics.events import score_events
from llmx.eval.metrics.fields import plan_of, score_report
from llmx.eval.metrics.grounding import score_grounding, score_reliability
from llmx.eval.metrics.mistakes import note_mistakes
from llmx.eval.metrics.options import ScoreOptions
from llmx.eval.metrics.tally import Mistake, Tally
from llmx.eval.predictions import Prediction, Run, Status, pair_run
from llmx.eval.records.build import Builder
from llmx.eval.records.items import Entity, Records
from llmx.text.span import Span

OnError = Literal["count", "skip"]
"""What a failed article is: an empty prediction, or left out of the figures."""


@dataclass(frozen=True, kw_only=True)
class ArticleScore:
    """What scoring found in one article.

    Attributes:
        id: The article.
        status: What became of it in the run.
        counts: Metric -> its counts.
        confusions: Label metric -> (gold, predicted) -> how often.
        mistakes: What is not right, one by one.
        pairs: List -> indices of gold and predicted records that were matched.
        empty: Whether gold and prediction both hold no record.
        out_of_scope: Predicted records outside what was annotated; they are not scored.
        duplicates: Predictions that were taken out as identical.
    """

    id: str
    status: Status
    counts: Mapping[str, tuple[float, ...]]
    confusions: Mapping[str, Mapping[tuple[str, str], int]] = field(default_factory=dict[str, Mapping[Any, int]])
    mistakes: tuple[Mistake, ...] = ()
    pairs: Mapping[str, Sequence[tuple[int, int]]] = field(default_factory=dict[str, Any])
    empty: bool = False
    out_of_scope: int = 0
    duplicates: int = 0


@dataclass(frozen=True, kw_only=True)
class RunScore:
    """What scoring found in one run.

    Attributes:
        run: The run.
        articles: One for each case, in the order of the cases; skipped ones are left out.
        skipped: Ids of failed articles that were left out.
        extra: Ids of rows whose article is not in gold.
    """

    run: Run
    articles: tuple[ArticleScore, ...]
    skipped: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()


Annotated = Mapping[str, frozenset[str]]
"""For each list of records, the fields that the gold set annotates anywhere."""


def annotated_fields(cases: Sequence[Case]) -> Annotated:
    """Which fields the gold set annotates, by list; a list that is annotated nowhere is absent."""
    found: dict[str, set[str]] = {}
    for case in cases:
        for name, rows in case.lists.items():
            held = found.setdefault(name, set())
            for row in rows:
                held.update(row)
    return {name: frozenset(fields) for name, fields in found.items()}


def score_run(
    cases: Sequence[Case],
    run: Run,
    *,
    options: ScoreOptions | None = None,
    schema: type[BaseModel] | None = None,
    on_error: OnError = "count",
) -> RunScore:
    """Score a run against gold.

    Args:
        cases: The gold articles.
        run: The predictions.
        options: How values are compared; the defaults where it is `None`.
        schema: The report class of gold's `report` labels, whose marks say how its fields are compared.
        on_error: What a failed article is.

    Raises:
        GoldError: The run does not fit gold.
    """
    chosen = options or ScoreOptions()
    annotated = annotated_fields(cases)
    paired = pair_run(cases, run)
    articles: list[ArticleScore] = []
    skipped: list[str] = []
    for case, prediction in zip(cases, paired.predictions, strict=True):
        if prediction.status != "ok" and on_error == "skip":
            skipped.append(case.id)
            continue
        articles.append(score_article(case, prediction, annotated=annotated, options=chosen, schema=schema))
    return RunScore(run=run, articles=tuple(articles), skipped=tuple(skipped), extra=paired.extra)


def score_article(
    case: Case,
    prediction: Prediction,
    *,
    annotated: Annotated,
    options: ScoreOptions,
    schema: type[BaseModel] | None = None,
) -> ArticleScore:
    """Score one article."""
    tally = Tally()
    gold = Builder(case.text, gold=True).build(case.lists)
    lists = {name: prediction.report.get(name) or () for name in ("entities", "events", "attributions", "claims")}
    pred = Builder(case.text, gold=False).build(lists)
    pred, outside = _in_scope(pred, case)
    pred, duplicates = _without_duplicates(pred) if options.dedup else (pred, 0)
    _score_records(gold, pred, case.text, annotated=annotated, options=options, tally=tally)
    if case.report is not None:
        score_report(case.report, prediction.report, plan_of(schema) if schema else None, tally)
    score_grounding(prediction, case.text, tally)
    score_reliability(prediction, tally)
    nothing = not any((gold.events, gold.attributions, gold.claims, pred.events, pred.attributions, pred.claims))
    return ArticleScore(
        id=case.id,
        status=prediction.status,
        counts={name: tuple(columns) for name, columns in tally.counts.items()},
        confusions=tally.confusions,
        mistakes=tuple(tally.mistakes),
        pairs=tally.pairs,
        empty=nothing and case.report is None,
        out_of_scope=outside,
        duplicates=duplicates,
    )


def _score_records(
    gold: Records, pred: Records, text: str, *, annotated: Annotated, options: ScoreOptions, tally: Tally
) -> None:
    """Count every list that gold annotates, and label its mistakes."""
    events = attributions = claims = None
    if gold.events is not None:
        fields = annotated.get("events", frozenset())
        events = score_events(gold.events, pred.events or (), annotated=fields, tally=tally, options=options)
    if gold.attributions is not None:
        fields = annotated.get("attributions", frozenset())
        attributions = score_attributions(
            gold.attributions, pred.attributions or (), annotated=fields, text=text, tally=tally
        )
    if gold.claims is not None:
        claims = score_claims(
            gold.claims,
            pred.claims or (),
            annotated=annotated.get("claims", frozenset()),
            speakers=attributions.gold_id() if attributions else {},
            text=text,
            tally=tally,
        )
    if gold.entities is not None:
        score_clusters("entities.clusters", _clusters(gold.entities), _clusters(pred.entities or ()), tally)
    note_mistakes(events, attributions, claims, tally)


def _clusters(entities: Sequence[Entity]) -> list[frozenset[Any]]:
    """Each entity's mentions; a mention that two entities claim stays with the first."""
    seen: set[Any] = set()
    found: list[frozenset[Any]] = []
    for entity in entities:
        own = frozenset(mention.tight for mention in entity.mentions) - seen
        seen |= own
        if own:
            found.append(own)
    return found


def _in_scope(pred: Records, case: Case) -> tuple[Records, int]:
    """The predictions inside what was annotated, and how many are not."""
    if case.scope is None:
        return pred, 0
    types = case.scope.get("types")
    cites = cast("Sequence[Mapping[str, Any]] | None", case.scope.get("spans"))
    within = None
    if cites is not None:
        within = region_of((Span(cite["start"], cite["end"]) for cite in cites), case.text)
    events = [e for e in pred.events or () if (types is None or e.type in types) and _touches(e.anchor, within)]
    said = [a for a in pred.attributions or () if _touches(a.anchor, within)]
    claims = [c for c in pred.claims or () if _touches(c.anchor, within)]
    kept = replace(pred, events=tuple(events), attributions=tuple(said), claims=tuple(claims))
    return kept, _size(pred) - _size(kept)


def _touches(region: Region, within: Region | None) -> bool:
    return within is None or shared(region, within) > 0


def _size(records: Records) -> int:
    return sum(len(part or ()) for part in (records.events, records.attributions, records.claims))


def _without_duplicates(pred: Records) -> tuple[Records, int]:
    """Each of several identical records once."""
    kept = replace(
        pred,
        events=_distinct(pred.events or ()),
        attributions=_distinct(pred.attributions or ()),
        claims=_distinct(pred.claims or ()),
    )
    return kept, _size(pred) - _size(kept)


def _distinct(items: Sequence[Any]) -> tuple[Any, ...]:
    seen: set[str] = set()
    found: list[Any] = []
    for item in items:
        key = repr(replace(item, id="", at=0))
        if key not in seen:
            seen.add(key)
            found.append(item)
    return tuple(found)


def confusion_of(articles: Sequence[ArticleScore]) -> dict[str, Counter[tuple[str, str]]]:
    """The confusions of all articles together, by label metric."""
    total: dict[str, Counter[tuple[str, str]]] = {}
    for article in articles:
        for name, cells in article.confusions.items():
            total.setdefault(name, Counter()).update(cells)
    return total
