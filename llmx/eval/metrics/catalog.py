"""The catalogue of metrics: every name that a gate may use, what it is called in reports, and in which order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal


@dataclass(frozen=True, slots=True)
class Entry:
    """One metric.

    Attributes:
        name: Such as `events.arg_c`.
        label: What reports call it.
        kind: `prf` has precision, recall and F1 (`NAME.p`, `NAME.r`, `NAME.f1`); `rate` and `mean` have one figure.
        brief: Whether the terminal shows it.
    """

    name: str
    label: str
    kind: Literal["prf", "rate", "mean"] = "prf"
    brief: bool = True

    @property
    def section(self) -> str:
        """The first part of the name."""
        return self.name.partition(".")[0]

    @property
    def headline(self) -> str:
        """The figure that stands for the metric."""
        return f"{self.name}.f1" if self.kind == "prf" else self.name


def _prf(name: str, label: str, *, brief: bool = True) -> Entry:
    return Entry(name, label, "prf", brief)


def _rate(name: str, label: str, *, brief: bool = True) -> Entry:
    return Entry(name, label, "rate", brief)


CATALOG: tuple[Entry, ...] = (
    _prf("events.trigger_i", "trigger found", brief=False),
    _prf("events.trigger_c", "trigger and type"),
    _prf("events.trigger_overlap", "trigger overlaps", brief=False),
    _prf("events.type_c", "types of the article"),
    _prf("events.arg_i", "argument found", brief=False),
    _prf("events.arg_c", "argument and role"),
    _prf("events.arg_i_attached", "argument found, attached", brief=False),
    _prf("events.arg_c_attached", "argument and role, attached"),
    _prf("events.arg_c_coref", "argument and role, any mention"),
    _prf("events.role_entities", "entities by role"),
    _prf("events.template", "template (CEAF)"),
    _prf("events.template_detection", "template found", brief=False),
    _prf("events.filler", "all fillers"),
    _prf("events.participants", "participants"),
    _prf("events.time", "time"),
    _prf("events.places", "places"),
    _prf("events.counts", "counts"),
    _prf("events.modality", "modality"),
    _rate("events.modality_accuracy", "modality, of matched", brief=False),
    _prf("events.polarity", "polarity", brief=False),
    _rate("events.polarity_accuracy", "polarity, of matched", brief=False),
    _prf("events.aggregate", "aggregate", brief=False),
    _rate("events.aggregate_accuracy", "aggregate, of matched", brief=False),
    _prf("events.hedges", "hedges, code points", brief=False),
    _prf("attributions.content_overlap", "content overlaps"),
    _prf("attributions.content_exact", "content exact"),
    _prf("attributions.content_chars", "content, code points"),
    _prf("attributions.content_partial", "content, matched code points", brief=False),
    _prf("attributions.source_exact", "source exact"),
    _prf("attributions.source_partial", "source, matched code points", brief=False),
    _prf("attributions.cue_exact", "cue exact"),
    _prf("attributions.cue_partial", "cue, matched code points", brief=False),
    _prf("attributions.triple", "source, cue and content overlap"),
    _prf("attributions.exact", "source, cue and content exact"),
    _rate("attributions.source_given_content", "source, where content overlaps", brief=False),
    _rate("attributions.link_accuracy", "link, where content is found"),
    _prf("attributions.link", "content and source"),
    _prf("attributions.mode", "mode"),
    _rate("attributions.mode_accuracy", "mode, of matched", brief=False),
    _prf("attributions.stance", "stance"),
    _rate("attributions.stance_accuracy", "stance, of matched", brief=False),
    _prf("attributions.source_kind", "source kind", brief=False),
    _rate("attributions.source_kind_accuracy", "source kind, of matched", brief=False),
    _rate("attributions.parent_accuracy", "parent, of matched", brief=False),
    _prf("attributions.identity_conll", "speakers (CoNLL)"),
    _prf("attributions.identity_muc", "speakers (MUC)", brief=False),
    _prf("attributions.identity_b_cubed", "speakers (B-cubed)", brief=False),
    _prf("attributions.identity_ceaf_e", "speakers (CEAF-e)", brief=False),
    _prf("attributions.identity_blanc", "speakers (BLANC)", brief=False),
    _prf("claims.claim", "claim"),
    _prf("claims.unaltered", "claim, values kept"),
    _rate("claims.altered", "altered values, of matched"),
    _prf("claims.kind", "kind", brief=False),
    _rate("claims.kind_accuracy", "kind, of matched", brief=False),
    _prf("claims.epistemic", "epistemic status"),
    _rate("claims.epistemic_accuracy", "epistemic status, of matched", brief=False),
    _prf("claims.polarity", "polarity"),
    _rate("claims.polarity_accuracy", "polarity, of matched", brief=False),
    _prf("claims.check_worthy", "check-worthy", brief=False),
    _rate("claims.check_worthy_accuracy", "check-worthy, of matched", brief=False),
    _prf("claims.claimer", "claimer"),
    _rate("claims.claimer_accuracy", "claimer, of matched", brief=False),
    _prf("claims.links", "links", brief=False),
    _rate("claims.split_rate", "split", brief=False),
    _rate("claims.merge_rate", "merged", brief=False),
    _rate("claims.coverage", "gold code points covered", brief=False),
    _prf("entities.clusters_conll", "entities (CoNLL)"),
    _prf("entities.clusters_muc", "entities (MUC)", brief=False),
    _prf("entities.clusters_b_cubed", "entities (B-cubed)", brief=False),
    _prf("entities.clusters_ceaf_e", "entities (CEAF-e)", brief=False),
    _prf("entities.clusters_blanc", "entities (BLANC)", brief=False),
    _prf("fields.all", "all fields"),
    _rate("fields.record_exact", "whole report exact"),
    _rate("grounding.coverage", "values with a citation"),
    _rate("grounding.quote_exact", "quote exact"),
    _rate("grounding.quote_located", "quote located", brief=False),
    _rate("grounding.quote_ambiguous", "quote ambiguous", brief=False),
    _rate("grounding.supported", "supported"),
    _rate("grounding.contradicted", "contradicted", brief=False),
    _rate("grounding.undecided", "undecided", brief=False),
    _rate("grounding.rejected", "rejected values"),
    _prf("grounding.citation", "citation precision, recall"),
    _rate("reliability.failed", "failed articles"),
    _rate("reliability.missing", "missing articles", brief=False),
    _rate("reliability.valid_first", "valid at first"),
    _rate("reliability.valid", "valid"),
    _rate("reliability.reasked", "asked again"),
    _rate("reliability.complete", "read to the end", brief=False),
    _rate("reliability.with_rejections", "with rejections", brief=False),
    Entry("cost.calls", "requests an article", "mean"),
    Entry("cost.input_tokens", "tokens sent an article", "mean"),
    Entry("cost.output_tokens", "tokens received an article", "mean"),
    Entry("cost.usd", "US dollars an article", "mean"),
    Entry("cost.usd_per_filler", "US dollars a right filler", "mean"),
    Entry("cost.seconds", "seconds an article", "mean"),
    Entry("cost.seconds_p50", "seconds, median", "mean"),
    Entry("cost.seconds_p95", "seconds, 95th percentile", "mean"),
)

BY_NAME: Mapping[str, Entry] = MappingProxyType({entry.name: entry for entry in CATALOG})
"""Name -> entry."""

FAMILIES = tuple(dict.fromkeys(entry.section for entry in CATALOG))
"""The families of metrics, in the order of reports."""


def is_known(figure: str) -> bool:
    """Whether the catalogue has a figure of that name, though a gold set may not annotate what it needs."""
    metric, _, part = figure.rpartition(".")
    base = metric.partition("@")[0]
    if part in ("p", "r", "f1") and base in BY_NAME and BY_NAME[base].kind == "prf":
        return True
    return figure.partition("@")[0] in BY_NAME
