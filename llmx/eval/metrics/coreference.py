"""Coreference: MUC, B-cubed, CEAF-e and BLANC over clusters of mentions.

Source: the CoNLL-2012 reference scorer's definitions (Pradhan et al. 2014); BLANC after Luo et al. 2014. Clusters may
hold different mentions on both sides; singletons count.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from collections.abc import Set as AbstractSet
from itertools import combinations

from llmx.eval.matching.assign import best_pairs
from llmx.eval.metrics.tally import Tally

Cluster = AbstractSet[Hashable]


def score_clusters(name: str, gold: Sequence[Cluster], pred: Sequence[Cluster], tally: Tally) -> None:
    """Count MUC, B-cubed and CEAF-e under `NAME_conll`, and BLANC under `NAME_blanc`."""
    muc, b_cubed, ceaf = muc_counts(gold, pred), b_cubed_counts(gold, pred), ceaf_e_counts(gold, pred)
    tally.add(f"{name}_conll", *muc, *b_cubed, *ceaf)
    tally.add(f"{name}_muc", *muc)
    tally.add(f"{name}_b_cubed", *b_cubed)
    tally.add(f"{name}_ceaf_e", *ceaf)
    tally.add(f"{name}_blanc", *blanc_counts(gold, pred))


def muc_counts(gold: Sequence[Cluster], pred: Sequence[Cluster]) -> tuple[float, float, float, float]:
    """Links found of the predicted ones, predicted links, links found of the gold ones, gold links."""
    right_p, all_p = _links(pred, gold)
    right_g, all_g = _links(gold, pred)
    return right_p, all_p, right_g, all_g


def _links(clusters: Sequence[Cluster], other: Sequence[Cluster]) -> tuple[float, float]:
    home = {mention: n for n, cluster in enumerate(other) for mention in cluster}
    found = total = 0
    for cluster in clusters:
        parts = {home[m] for m in cluster if m in home}
        alone = sum(1 for m in cluster if m not in home)
        found += len(cluster) - len(parts) - alone
        total += len(cluster) - 1
    return found, total


def b_cubed_counts(gold: Sequence[Cluster], pred: Sequence[Cluster]) -> tuple[float, float, float, float]:
    """Summed precision of the predicted mentions, their number, summed recall of the gold mentions, their number."""
    of_gold = {mention: cluster for cluster in gold for mention in cluster}
    of_pred = {mention: cluster for cluster in pred for mention in cluster}
    precision = sum(len(of_pred[m] & of_gold[m]) / len(of_pred[m]) for m in of_pred if m in of_gold)
    recall = sum(len(of_pred[m] & of_gold[m]) / len(of_gold[m]) for m in of_gold if m in of_pred)
    return precision, len(of_pred), recall, len(of_gold)


def ceaf_e_counts(gold: Sequence[Cluster], pred: Sequence[Cluster]) -> tuple[float, float, float, float]:
    """Summed likeness (phi-4) of the best one-to-one pairs of clusters, and the numbers of clusters."""
    scores = {
        (i, j): 2 * len(one & other) / (len(one) + len(other))
        for i, one in enumerate(gold)
        for j, other in enumerate(pred)
        if one & other
    }
    total = sum(scores[pair] for pair in best_pairs(scores)) if scores else 0.0
    return total, len(pred), total, len(gold)


def blanc_counts(gold: Sequence[Cluster], pred: Sequence[Cluster]) -> tuple[float, ...]:
    """Credit and totals of coreferent links, then of links that are not coreferent."""
    same_g, other_g = _pairs(gold)
    same_p, other_p = _pairs(pred)
    both_same, both_other = len(same_g & same_p), len(other_g & other_p)
    coreferent = (both_same, len(same_p), both_same, len(same_g))
    return (*coreferent, both_other, len(other_p), both_other, len(other_g))


def _pairs(clusters: Sequence[Cluster]) -> tuple[set[frozenset[Hashable]], set[frozenset[Hashable]]]:
    same = {frozenset(pair) for cluster in clusters for pair in combinations(cluster, 2)}
    mentions = {mention for cluster in clusters for mention in cluster}
    return same, {frozenset(pair) for pair in combinations(mentions, 2)} - same
