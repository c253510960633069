"""Kinds: what sort of claim a clause makes, how sure it is, and which of its words judge."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from llmx.lexicon.function_words import BE, MONTHS, word_set
from llmx.lexicon.signals import signals_of
from llmx.lexicon.table import read_rows, words
from llmx.rules.analysis import NONE, Analysis, Quotation
from llmx.rules.attribution import FoundAttribution
from llmx.schema.terms import ClaimKind, Epistemic
from llmx.text.span import Span

_NORM = word_set("should must ought")
_AHEAD = word_set("will 'll won't shall")
_CAUSAL = re.compile(r"\b(?:because|caused|causes|due to|led to|leads to|resulted in|as a result|triggered|sparked)\b")
_BLAME = re.compile(
    r"\b(?:responsib\w+|to blame|blam\w+|was behind|were behind|is behind|are behind|carried out by|accus\w+|guilty)\b"
)
_BELONGS = re.compile(
    r"\b(?:is|are|was|were) (?:an? )?(?:\w+ )?"
    r"(?:offshoot|member|members|part|ally|allies|affiliate|affiliated|backed|branch|wing)\b"
)
_MOTIVE = re.compile(
    r"\b(?:in order to|so as to|aimed at|intended to|meant to|designed to|in revenge for|in retaliation for)\b"
)
_TOLD_BY = {
    _CAUSAL: ("because", "caus", "due to", "led to", "leads to", "resulted in", "as a result", "triggered", "sparked"),
    _BLAME: ("responsib", "blam", "behind", "carried out by", "accus", "guilty"),
    _BELONGS: ("offshoot", "member", "part", "ally", "allies", "affiliate", "backed", "branch", "wing"),
    _MOTIVE: ("order to", "so as to", "aimed at", "intended to", "meant to", "designed to", "revenge", "retaliation"),
}
"""What stands in lower case in all that a pattern finds: where nothing of it does, it is not looked for."""
_STATES = word_set(
    "be have know believe want live remain belong contain include own need mean seem appear exist stand hold like love"
    " depend lack matter consist deserve concern"
)
_UNITS = word_set("percent per million billion trillion euros dollars pounds people jobs tonnes tons kilometres miles")
_TIMES = word_set("a.m. p.m. am pm o'clock years-old year-old")
_ONE = word_set("one")
_CONDITION = word_set("if unless whether")
_JUDGING = word_set(
    "good bad great terrible brilliant wrong right best worst important dangerous remarkable sad unfair fair harsh"
    " illegal legal necessary unacceptable insult crime mistake false true unjust shameful success failure disaster"
    " reckless exaggerated unlawful legitimate disgrace outrage tragedy scandal"
)
_STRONG = re.compile(
    r"(?:may|might|could|perhaps|maybe|possib|probab|likel|unlikely|appear|apparent|seem|suppos|presum|assum|uncertain|unclear"
    r"|doubtful|questionabl|potential|arguabl|suspected|tentativ|reckon|guess|specul)",
    re.IGNORECASE,
)
_SCARE_WORDS = 4
_UNSURE = frozenset(["believes", "predicts", "asks"])


def kind_of(analysis: Analysis, tokens: tuple[int, int], *, counted: bool, told: bool, stance: str) -> ClaimKind:
    """The kind of claim.

    Args:
        analysis: The analysis.
        tokens: The clause.
        counted: Whether it gives a count.
        told: Whether an event is told in it.
        stance: The stance of the attribution it stands in, or an empty string.
    """
    first, last = tokens
    if counted:
        return "quantity"
    text = analysis.span(first, last).of(analysis.text).lower()
    lowers = analysis.lowers[first:last]
    if _has(text, _MOTIVE):
        return "motive"
    if stance == "accuses" or _has(text, _BLAME):
        return "responsibility"
    if not _NORM.isdisjoint(lowers):
        return "norm"
    if not _AHEAD.isdisjoint(lowers):
        return "prediction"
    if _has(text, _CAUSAL):
        return "causal"
    if _has(text, _BELONGS):
        return "affiliation"
    if any(is_figure(analysis, i) for i in analysis.tagged("H", first, last)):
        return "quantity"
    if told:
        return "event"
    if not _JUDGING.isdisjoint(lowers) and not BE.isdisjoint(lowers):
        return "evaluation"
    return "event" if _tells_deed(analysis, first, last) else "state"


def _has(lower: str, pattern: re.Pattern[str]) -> bool:
    """Whether the pattern finds something in a text in lower case."""
    for word in _TOLD_BY[pattern]:
        if word in lower:
            return pattern.search(lower) is not None
    return False


def is_figure(analysis: Analysis, at: int) -> bool:
    """Whether the number at token `at` counts or measures: no year, day, age, time of day and no name's."""
    lowers, tags = analysis.lowers, analysis.tags
    word = lowers[at]
    behind = lowers[at + 1] if at + 1 < len(lowers) else ""
    before = lowers[at - 1] if at else ""
    if word.startswith(("$", "£", "€")) or word.endswith("%") or behind in _UNITS:
        return True
    if behind in _TIMES or before in MONTHS or behind in MONTHS or word in _ONE:
        return False
    if len(word) == 4 and word.isdigit() and word[:2] in ("17", "18", "19", "20"):  # noqa: PLR2004 - a year
        return False
    return (tags[at + 1 : at + 2] in ("N", "A") or behind == "of") and at > 0 and tags[at - 1] != "P"


_SPELLS = word_set("minute minutes hour hours day days week weeks month months year years time times")


def is_length(analysis: Analysis, at: int) -> bool:
    """Whether the number at token `at` says how long or how often: "for 20 minutes"."""
    number = analysis.noun_phrase_of[at]
    return number != NONE and analysis.lowers[analysis.noun_phrases[number].head] in _SPELLS


def has_figure(analysis: Analysis, tokens: tuple[int, int]) -> bool:
    """Whether a number that counts or measures stands in the tokens."""
    if not _VAGUE.isdisjoint(analysis.lowers[tokens[0] : tokens[1]]):
        return True
    return any(is_figure(analysis, i) and not is_length(analysis, i) for i in analysis.tagged("H", *tokens))


def looks_ahead(analysis: Analysis, tokens: tuple[int, int]) -> bool:
    """Whether the tokens tell what will or would be."""
    return not _FUTURE.isdisjoint(analysis.lowers[tokens[0] : tokens[1]])


_VAGUE = word_set("dozens scores hundreds thousands millions")
_FUTURE = _AHEAD | {"would", "'d"}


def _tells_deed(analysis: Analysis, first: int, last: int) -> bool:
    """Whether the clause's first finite verb tells of something done or suffered, in the past."""
    for i in range(first, last):
        number = analysis.verb_group_of[i]
        if number == NONE or analysis.verb_groups[number].form != "finite":
            continue
        group = analysis.verb_groups[number]
        past = analysis.tags[group.main] == "E"
        return past and group.lemma not in _STATES and not group.modal
    return False


def epistemic_of(analysis: Analysis, tokens: tuple[int, int], chain: list[FoundAttribution]) -> Epistemic:
    """How far the claimer stands by the clause: no further than hedges and stances on the way to it allow."""
    if any(one.stance == "denies" for one in chain):
        return "false_certain"
    if any(one.hedges or one.stance in _UNSURE or one.mode == "evidential_adverb" for one in chain):
        return "true_uncertain"
    if _is_hedged(analysis.span(*tokens).of(analysis.text)):
        return "true_uncertain"
    return "true_certain" if _CONDITION.isdisjoint(analysis.lowers[tokens[0] : tokens[1]]) else "unknown"


def _is_hedged(text: str) -> bool:
    """Whether a word of hearsay or of strong doubt stands in the text."""
    return any(signal.name == "hearsay" or _STRONG.match(text, signal.start) for signal in signals_of("hedge", text))


@lru_cache(maxsize=1)
def _judging() -> frozenset[str]:
    return frozenset(word for _, cell in read_rows("loaded.tsv", columns=2) for word in words(cell))


def _start(quotation: Quotation) -> int:
    return quotation.span.start


def loaded_terms(analysis: Analysis, tokens: tuple[int, int]) -> tuple[Span, ...]:
    """The words in the tokens that judge: listed ones, and one to four words in scare quotes."""
    first, last = tokens
    listed = _judging()
    lowers = analysis.lowers[first:last]
    found: set[Span] = set()
    if not listed.isdisjoint(lowers):
        found.update(analysis.span(i, i + 1) for i, lower in enumerate(lowers, start=first) if lower in listed)
    whole = analysis.span(first, last)
    low, high = (bisect_left(analysis.quotations, at, key=_start) for at in (whole.start, whole.end))
    for one in analysis.quotations[low:high]:
        if one.closed and whole.contains(one.span):
            at, behind = analysis.tokens_in(one.span)
            inner = [i for i in range(at, behind) if analysis.tags[i] not in "q,."]
            if 0 < len(inner) <= _SCARE_WORDS and not all(analysis.words[i][0].isupper() for i in inner):
                found.add(analysis.span(inner[0], inner[-1] + 1))
    return tuple(sorted(found))


def names_actor(analysis: Analysis, tokens: tuple[int, int]) -> bool:
    """Whether a name stands in the tokens."""
    return any(analysis.noun_phrase_of[i] != NONE for i in analysis.tagged("P", *tokens))
