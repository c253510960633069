"""CEAF-REE: entities pooled by role over the article, matched one to one.

Source: Du, Rush and Cardie (2021), GRIT; its scorer, with both of its similarities. `strict`: all words of the
predicted entity are gold mentions; `prop`: their share. As in the original, gold mentions that are equal once
normalised count each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from llmx.eval.extra import assignment, np

Entity = Sequence[str]
"""An entity's mention strings, normalised."""

Roles = Mapping[str, Sequence[Entity]]
"""Role -> its entities."""


def phi_strict(gold: Entity, pred: Entity) -> float:
    """1 if every predicted mention is a gold mention."""
    return float(all(mention in gold for mention in pred))


def phi_prop(gold: Entity, pred: Entity) -> float:
    """Gold mentions that were predicted, over predicted mentions; 0 for an entity without any."""
    return sum(1 for mention in gold if mention in pred) / len(pred) if pred else 0.0


def ceaf_ree_counts(gold: Roles, pred: Roles) -> dict[str, tuple[float, ...]]:
    """Counts of `strict` and `prop`, over all roles and for each role."""
    counts: dict[str, tuple[float, ...]] = {}
    for name, phi in (("strict", phi_strict), ("prop", phi_prop)):
        total = [0.0, 0.0, 0.0, 0.0]
        for role in sorted({*gold, *pred}):
            wanted, offered = gold.get(role, ()), pred.get(role, ())
            scores = np.array([[phi(one, other) for other in offered] for one in wanted])
            scores = scores.reshape(len(wanted), len(offered))
            credit = float(sum(scores[pair] for pair in assignment(scores)))
            columns = (credit, float(len(offered)), credit, float(len(wanted)))
            counts[f"{name}@{role}"] = columns
            total = [a + b for a, b in zip(total, columns, strict=True)]
        counts[name] = tuple(total)
    return counts
