"""CEAF-RME: whole templates matched one to one; a filler, or a mention, is right with its type and role.

Source: Chen et al. (2023), IterX; its MUC scorer, with both of its similarities. As in the original, a filler that was
predicted twice counts twice under phi-subset, and gold of several types "a / b" keeps all of its copies in the
denominator under phi-3. Where several assignments are equally good the original's solver decides, so the lists keep
their order here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from llmx.eval.extra import Array, assignment, np

Template = tuple[str, Sequence[tuple[str, Sequence[str]]]]
"""Type, and for each filler its role and its normalised mention strings."""

Mention = tuple[str, str, str]
Cluster = list[list[Mention]]
"""The fillers of one template; each mention carries type and role."""


def _cluster(template: Template) -> Cluster:
    kind, fillers = template
    return [[(kind, role, words) for words in mentions] for role, mentions in fillers]


def phi_subset_counts(gold: Sequence[Template], pred: Sequence[Template]) -> tuple[float, ...]:
    """Predicted fillers found in their gold template, all predicted; gold fillers found, all gold."""
    wanted, offered = [_cluster(t) for t in gold], [_cluster(t) for t in pred]
    n_pred, n_gold = sum(map(len, offered)), sum(map(len, wanted))
    split, groups = _split(wanted) if offered else (wanted, [])
    filled = [cluster for cluster in offered if cluster]
    found = [[_subset(one, other) for other in filled] for one in split]
    shape = (len(split), len(filled))
    precise = np.array([[cell[0] for cell in row] for row in found], dtype=float).reshape(shape)
    recalled = np.array([[cell[1] for cell in row] for row in found], dtype=float).reshape(shape)
    _keep_best(groups, precise, recalled)
    pairs = assignment(precise)
    credit = float(sum(precise[pair] for pair in pairs))
    return credit, float(n_pred), float(sum(recalled[pair] for pair in pairs)), float(n_gold)


def _subset(gold: Cluster, pred: Cluster) -> tuple[int, int]:
    """Predicted fillers with a mention in a gold filler, and gold fillers that were so found."""
    hits = 0
    held: set[int] = set()
    for filler in pred:
        at = next((n for mention in filler for n, one in enumerate(gold) if mention in one), None)
        if at is not None:
            hits += 1
            held.add(at)
    return hits, len(held)


def phi3_counts(gold: Sequence[Template], pred: Sequence[Template]) -> tuple[float, ...]:
    """Shared mentions under the best assignment of fillers inside the best assignment of templates."""
    wanted, offered = [_cluster(t) for t in gold], [_cluster(t) for t in pred]
    split, groups = _split(wanted) if offered else (wanted, [])
    filled = [cluster for cluster in offered if cluster]
    scores = _matrix(split, filled, _shared_mentions)
    _keep_best(groups, scores)
    credit = float(sum(scores[pair] for pair in assignment(scores)))
    n_pred = sum(len(filler) for cluster in filled for filler in cluster)
    n_gold = sum(len(filler) for cluster in split for filler in cluster)
    return credit, float(n_pred), credit, float(n_gold)


def _shared_mentions(gold: Cluster, pred: Cluster) -> float:
    scores = np.zeros((len(gold), len(pred)))
    for i, one in enumerate(gold):
        for j, other in enumerate(pred):
            scores[i, j] = sum(1 for mention in other if mention in one)
    return float(sum(scores[pair] for pair in assignment(scores)))


def _matrix(gold: Sequence[Cluster], pred: Sequence[Cluster], phi: Callable[[Cluster, Cluster], float]) -> Array:
    scores = np.zeros((len(gold), len(pred)))
    for i, one in enumerate(gold):
        for j, other in enumerate(pred):
            scores[i, j] = phi(one, other)
    return scores


def _split(gold: list[Cluster]) -> tuple[list[Cluster], list[list[int]]]:
    """Templates of several types once for each type, and which rows belong to one template."""
    rows: list[Cluster] = []
    groups: list[list[int]] = []
    for cluster in gold:
        kind = next((mention[0] for filler in cluster for mention in filler if "/" in mention[0]), None)
        if kind is None:
            rows.append(cluster)
            continue
        group: list[int] = []
        for label in kind.split("/"):
            rows.append([[(label.strip(), role, words) for _, role, words in filler] for filler in cluster])
            group.append(len(rows) - 1)
        groups.append(group)
    return rows, groups


def _keep_best(groups: list[list[int]], scores: Array, *others: Array) -> None:
    """Of the rows of one template only the one with the largest sum may match."""
    for group in groups:
        best = group[int(scores[group].sum(axis=1).argmax())]
        for row in group:
            if row != best:
                scores[row] = 0
                for other in others:
                    other[row] = 0
