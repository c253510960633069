"""Clues: what speaks for or against a candidate, each of which stands for several named features.

    ("subject", "noun", "ministry", "asserts", "that")
    -> subject=noun  head=ministry  subject+kind=noun+that  class+subject=asserts+noun

Weights are learned for named features, so that they can be read. What a clue weighs is the sum over its features, and
the same clues come again and again: whoever weighs them need not spell them out each time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from operator import itemgetter
from types import MappingProxyType

Clue = tuple[str | int, ...]
"""The name of a clue, and the values that fill its features."""

Key = str | int | Clue
"""The part of a clue that tells it from others of its kind."""

_FEATURES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        # of a verb: lemma, stance, kind of complement
        "verb": ("bias", "class={2}", "class+kind={2}+{3}", "lemma={1}", "kind={3}", "lemma+kind={1}+{3}"),
        # form, tag, stance, kind
        "form": ("class+form={3}+{1}", "form={1}+{2}", "form+kind={1}+{2}+{4}"),
        # class of the subject, its head, stance, kind
        "subject": ("subject={1}", "head={2}", "subject+kind={1}+{4}", "class+subject={3}+{1}"),
        # tag with which the content opens, lemma, stance
        "opens": ("lemma+opens={2}+{1}", "class+object={3}+{1}"),
        "behind": ("behind={1}",),
        "object": ("object={1}",),
        "opener": ("opener={1}",),
        "chain": ("chain={1}", "chained"),
        "passive": ("passive", "passive+lemma={1}"),
        "negated": ("negated",),
        "modal": ("modal={1}", "modal"),
        "depth": ("depth={1}",),
        "quotation": ("quotation",),
        "size": ("size={1}",),
        # of a fixed cue: its rule
        "rule": ("bias", "rule={1}"),
        # of a colon: how the content opens, how near it is to the article's top, tag of the head
        "colon": (
            "colon opens={1}",
            "colon top={2}",
            "colon top={2} opens={1}",
            "colon head={3}",
            "colon head={3} top={2}",
        ),
        "colon words": ("colon words={1}",),
        "colon first": ("colon first={1}",),
        "colon last": ("colon last={1}",),
        # of a noun: the noun, stance, kind, how its source stands to it
        "noun": (
            "bias",
            "rule=noun",
            "noun class={2}",
            "noun class={2} kind={3}",
            "noun={1}",
            "noun+kind={1}+{3}",
            "noun kind={3}",
            "noun how={4}",
            "noun how={4} kind={3}",
            "noun+how={1}+{4}",
        ),
        "noun before": ("noun before={1}",),
        "noun tag": ("noun tag={1}",),
        "noun det": ("noun det={1}",),
        "noun opens": ("noun opens={1}",),
        # of an end: kind, the token there, the one behind it, finite verbs so far
        "end": ("bias", "{1}", "{2}", "{1} {2}", "{2} {3}", "{1} {2} {3}", "{1} {2} v{4}", "v{4} {2} {3}"),
        # kind, tag of the token before, the token there
        "end before": ("{2}|{3}", "{1} {2}|{3}"),
        # kind, the token there, finite verbs so far, what follows
        "end after": ("{2} >{4}", "{1} {2} >{4}", "{1} {2} v{3} >{4}"),
        # kind, the token there, how far the end is from the start
        "end size": ("{1} {2} {3}",),
        # lemma, the token there
        "end of": ("{1} {2}",),
    }
)


def spelled(clues: Iterable[Clue]) -> tuple[str, ...]:
    """The named features for which clues stand.

    Example:
        >>> spelled([("negated",), ("modal", "would")])
        ('negated', 'modal=would', 'modal')
    """
    return tuple([form % values(clue) for clue in clues for form, values in _FORMS[str(clue[0])]])


def _form(feature: str) -> tuple[str, Callable[[Clue], object]]:
    """A feature as a form to fill, and what picks the values for it out of a clue."""
    places = [int(place) for place in _PLACE.findall(feature)]
    return _PLACE.sub("%s", feature), itemgetter(*places) if places else _nothing


def _nothing(clue: Clue) -> tuple[()]:
    del clue
    return ()


_PLACE = re.compile(r"\{(\d)\}")
_FORMS = MappingProxyType({name: tuple(map(_form, features)) for name, features in _FEATURES.items()})
"""The features by the name of their clue; filling a form takes a third of the time of `str.format`."""


class Known(dict[Key, float]):
    """What clues weigh by weights of features; once full, new clues are weighed but not kept.

    Args:
        weights: Feature to weight.
        before: How the clues start: a key is what follows.
        behind: How they end.
        most: How many are kept.
    """

    def __init__(
        self, weights: Mapping[str, float], *before: str, behind: tuple[str, ...] = (), most: int = 1 << 16
    ) -> None:
        super().__init__()
        self._weights, self._before, self._behind, self._most = weights, before, behind, most

    def __missing__(self, key: Key) -> float:
        weight = sum([self._weights.get(name, 0.0) for name in spelled([self.clue(key)])])
        if len(self) < self._most:
            self[key] = weight
        return weight

    def clue(self, key: Key) -> Clue:
        """The clue for which a key stands."""
        return (*self._before, *(key if isinstance(key, tuple) else (key,)), *self._behind)
