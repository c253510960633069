"""Claim roles: whether names and numbers of a claim's text stand where its evidence has them.

The text is laid along its evidence, word by word. Where it follows the evidence better with two of its names or numbers
in each other's place, or with a name of the evidence that the text leaves out in place of one of its own, it tells the
evidence's words of somebody else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from llmx.ground.checks.verdicts import contradicted
from llmx.ground.context import Context
from llmx.ground.names import any_agrees, fold_token, words_of
from llmx.ground.reading import Reading
from llmx.lexicon.function_words import CLOSED
from llmx.result import Reason, Verdict
from llmx.schema.news import Claim

_PATH, _RULE = ("text",), "claim.roles"
_JOINED = frozenset({"and", "or", "with"})
_REACH = 8
_TOLERATED = 4
"""One word in so many may be missing from the evidence."""


def check_claim_roles(claim: Claim, context: Context) -> Iterator[Verdict]:
    """Whether names and numbers of the text stand where the evidence's words have them."""
    written = words_of(" ".join(cite.quote for cite in claim.evidence))
    evidence = tuple(map(fold_token, written))
    told_words = words_of(claim.text)
    told = tuple(map(fold_token, told_words))
    missing = _missing(told, evidence)
    if not missing:
        return
    pair = _swapped(claim, told, evidence, missing, context)
    if pair is not None:
        detail = f"evidence has {pair[0]!r} and {pair[1]!r} in each other's place"
        yield contradicted(_PATH, _RULE, Reason.NAME_MISMATCH, detail)
        return
    reading = context.reading
    others = [(_run(evidence, span), span) for span in _name_spans(written, evidence, reading)]
    for start, end in _name_spans(told_words, told, reading):
        run = told[start:end]
        at_edge = start <= 1 or end == len(told)  # a subject or an object; within, names qualify others
        if not at_edge or not all(any_agrees(token, evidence) for token in run):
            continue
        for other, (first, last) in others:
            if set(other) & set(told) or any(any_agrees(token, run) for token in other):
                continue
            beside = (
                told[end] in evidence[last : last + _REACH]
                if end < len(told)
                else told[start - 1] == evidence[first - 1]
            )
            if not beside:
                continue  # a passive turns its names round
            replaced = (*told[:start], *other, *told[end:])
            now = _missing(replaced, evidence)
            if now < missing and now <= len(replaced) // _TOLERATED:
                detail = f"evidence says it of {' '.join(other)!r}, text of {' '.join(run)!r}"
                yield contradicted(_PATH, _RULE, Reason.NAME_MISMATCH, detail)
                return


def _swapped(
    claim: Claim, told: Sequence[str], evidence: Sequence[str], missing: int, context: Context
) -> tuple[str, str] | None:
    """Two names or two numbers of the text that the evidence has in each other's place."""
    found = context.reading.proper_tokens(claim.text)
    names = [name for name in dict.fromkeys(found) if told.count(name) == 1 and name in evidence]
    figures = [one for one in told if one.isdigit() and told.count(one) == 1 and one in evidence]
    loose = missing > len(told) // _TOLERATED  # where most words run along, a name out of place is another word order
    for first, second in (*(combinations(names, 2) if loose else ()), *combinations(figures, 2)):
        swapped = [second if token == first else first if token == second else token for token in told]
        now = _missing(swapped, evidence)
        places = sorted((evidence.index(first), evidence.index(second)))
        if now < missing and now <= len(told) // _TOLERATED and not set(evidence[places[0] + 1 : places[1]]) <= _JOINED:
            return first, second
    return None


def _name_spans(written: Sequence[str], folded: Sequence[str], reading: Reading) -> Iterator[tuple[int, int]]:
    """Where names of one or more words stand; a first word is one if it is known as one or another follows it."""
    named = [word[0].isupper() and token not in CLOSED for word, token in zip(written, folded, strict=True)]
    if named and named[0] and not reading.capitalises(folded[0]):
        named[0] = len(named) > 1 and named[1]
    start = 0
    while start < len(named):
        if not named[start]:
            start += 1
            continue
        end = start
        while end < len(named) and named[end]:
            end += 1
        yield start, end
        start = end


def _run(tokens: Sequence[str], span: tuple[int, int]) -> tuple[str, ...]:
    return tuple(tokens[span[0] : span[1]])


def _missing(tokens: Sequence[str], evidence: Sequence[str]) -> int:
    """How many of the tokens the evidence does not hold behind those before them."""
    at = missing = 0
    for token in tokens:
        try:
            at = evidence.index(token, at) + 1
        except ValueError:
            missing += 1
    return missing
