"""The analysis: what one pass over a document finds, before any rule looks for records."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from llmx.document import Document
from llmx.lexicon.function_words import CLOSED
from llmx.rules.analysis.datelines import dateline_end
from llmx.rules.analysis.phrases import NounPhrase, VerbGroup, find_noun_phrases, find_verb_groups
from llmx.rules.analysis.quotations import Quotation, find_quotations, paragraph_ends
from llmx.rules.analysis.tagging import tag_tokens
from llmx.rules.analysis.tokens import ABBREVIATION, tokenise
from llmx.text.span import Span

_LONGEST = 250
"""Tokens after which a sentence is cut all the same, so that rules that look through a sentence stay linear."""

_TOP = 12
"""Sentences from the top among which a dateline may stand."""

_WIDEST_WRAP = 110
"""The longest line, in code points, that counts as wrapped by hand."""

_ENDS = frozenset(".!?")
"""What ends a sentence for sure, unless a small letter follows."""

_OPENER = re.compile("[SW:-]")
"""Tags of what opens a clause, or of a sign behind which one opens."""

NONE = -1
"""In `quotation_of`, `noun_phrase_of` and `verb_group_of`: the token is in none."""


class Sentence(NamedTuple):
    """A sentence as a range of tokens.

    Attributes:
        first: Index of its first token.
        last: Index behind its last token.
        paragraph: Number of its paragraph, from 0.
    """

    first: int
    last: int
    paragraph: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """One document, analysed. Token indices count the tokens outside boilerplate; all tuples are in text order.

    Attributes:
        text: The document's text.
        starts: Each token's first code point.
        ends: Behind each token's last code point.
        words: The tokens as written.
        lowers: The tokens in lower case, with straight apostrophes.
        tags: One character a token: its light part of speech (`llmx.lexicon.function_words.TAGS`).
        sentences: Ranges of tokens. A sentence never crosses boilerplate; wrong cuts behind "Sen." are mended.
        sentence_of: The number of each token's sentence.
        quotations: What stands in quotation marks.
        quotation_of: For each token the number of the outermost quotation it is in, or `NONE`.
        noun_phrases: Base noun phrases.
        noun_phrase_of: For each token the number of its noun phrase, or `NONE`.
        verb_groups: Verb groups.
        verb_group_of: For each token the number of its verb group, or `NONE`.
        finite: Index of the first token of each finite verb group.
        clauses: Indices of tokens at which a clause starts: sentence starts, subordinators, relative words, and what
            follows a semicolon, a colon or a dash.
        names: The words that have a capital where no sentence starts.
        behind_dateline: Index of the token behind the dateline; 0 if the document has none.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    words: tuple[str, ...]
    lowers: tuple[str, ...]
    tags: str
    sentences: tuple[Sentence, ...]
    sentence_of: tuple[int, ...]
    quotations: tuple[Quotation, ...]
    quotation_of: tuple[int, ...]
    noun_phrases: tuple[NounPhrase, ...]
    noun_phrase_of: tuple[int, ...]
    verb_groups: tuple[VerbGroup, ...]
    verb_group_of: tuple[int, ...]
    finite: tuple[int, ...]
    clauses: tuple[int, ...]
    names: frozenset[str]
    behind_dateline: int

    def __len__(self) -> int:
        return len(self.starts)

    def span(self, first: int, last: int) -> Span:
        """The span of the tokens `first` (inclusive) to `last` (exclusive).

        Raises:
            ValueError: There is no token between them.
        """
        if first >= last:
            raise ValueError(f"no token from {first} to {last}")
        return Span(self.starts[first], self.ends[last - 1])

    def tokens_in(self, span: Span) -> tuple[int, int]:
        """The range of tokens that lie wholly in `span`: first, and behind the last."""
        return bisect_left(self.starts, span.start), bisect_right(self.ends, span.end)

    def tagged(self, tag: str, first: int, last: int) -> Iterator[int]:
        """The tokens of a range that have a tag; with several tags in a row, the first tokens of each such row."""
        at = self.tags.find(tag, first, last)
        while at >= 0:
            yield at
            at = self.tags.find(tag, at + 1, last)

    def sentence_at(self, token: int) -> Sentence:
        """The sentence of a token."""
        return self.sentences[self.sentence_of[token]]

    def clause_at(self, token: int) -> tuple[int, int]:
        """The tokens between the clause starts around `token`, within its sentence: first, and behind the last."""
        at = bisect_right(self.clauses, token)
        sentence = self.sentence_at(token)
        first = max(self.clauses[at - 1] if at else 0, sentence.first)
        last = min(self.clauses[at] if at < len(self.clauses) else sentence.last, sentence.last)
        return first, last


def analyse(document: Document) -> Analysis:
    """Analyse a document once, for all rules.

    Args:
        document: Its boilerplate gets no tokens.
    """
    text = document.text
    starts, ends, words = tokenise(text, document.boilerplate)
    paragraphs = paragraph_ends(text)
    datelines = [bisect_left(starts, end) for end in _datelines(document)]
    sentences = _sentences(document, starts, words, paragraphs, datelines)
    firsts = [sentence.first for sentence in sentences]
    tags, lowers, names = tag_tokens(words, firsts)
    quotations = find_quotations(text, paragraphs)
    noun_phrases = find_noun_phrases(tags, firsts)
    verb_groups = find_verb_groups(tags, lowers)
    size = len(words)
    return Analysis(
        text=text,
        starts=starts,
        ends=ends,
        words=words,
        lowers=lowers,
        tags=tags,
        sentences=sentences,
        sentence_of=_numbers(sentences, size),
        quotations=quotations,
        quotation_of=_quotation_numbers(quotations, starts),
        noun_phrases=noun_phrases,
        noun_phrase_of=_numbers(noun_phrases, size),
        verb_groups=verb_groups,
        verb_group_of=_numbers(verb_groups, size),
        finite=tuple([one.first for one in verb_groups if one.form == "finite"]),
        clauses=_clauses(tags, lowers, sentences),
        names=names,
        behind_dateline=max((at for at in datelines if at < size), default=0),
    )


def _numbers(ranges: Sequence[Sentence | NounPhrase | VerbGroup], size: int) -> tuple[int, ...]:
    """For each token the number of the range it is in, or `NONE`."""
    numbers = [NONE] * size
    for number, one in enumerate(ranges):
        first, last = one.first, one.last
        numbers[first:last] = [number] * (last - first)
    return tuple(numbers)


def _quotation_numbers(quotations: Sequence[Quotation], starts: tuple[int, ...]) -> tuple[int, ...]:
    numbers = [NONE] * len(starts)
    for number, one in enumerate(quotations):
        if not one.nested:
            first, last = bisect_left(starts, one.span.start), bisect_left(starts, one.span.end)
            numbers[first:last] = [number] * (last - first)
    return tuple(numbers)


def _datelines(document: Document) -> list[int]:
    """Where the words behind a dateline start, one for each; only lines near the top can open with one."""
    text = document.text
    opening = [one.start for one in document.sentences[:_TOP] if not text[: one.start].rpartition("\n")[2].strip()]
    return [end for start in opening if (end := dateline_end(text, start)) > start]


def _sentences(
    document: Document,
    starts: tuple[int, ...],
    words: tuple[str, ...],
    paragraphs: tuple[int, ...],
    datelines: Sequence[int],
) -> tuple[Sentence, ...]:
    """The document's sentences as token ranges: cuts behind abbreviations and at hard wraps mended, datelines apart."""
    cuts = sorted(
        {span.start for span in document.sentences}
        | {edge for bar in document.boilerplate for edge in (bar.start, bar.end)}
    )
    firsts = sorted({_past_closing_marks(bisect_left(starts, cut), starts, words) for cut in cuts} | {0, *datelines})
    hard = {bisect_left(starts, bar.end) for bar in document.boilerplate} | set(datelines)
    kept: list[int] = []
    for first in firsts:
        if first >= len(starts):
            break
        if (
            kept
            and first not in hard
            and _runs_on(first, starts, words, paragraphs)
            and not _breaks_early(document.text, starts[first])
        ):
            continue
        kept.append(first)
    kept = [cut for first, last in pairwise([*kept, len(starts)]) for cut in range(first, last, _LONGEST)]
    lasts = [*kept[1:], len(starts)]
    return tuple(
        Sentence(first, last, bisect_left(paragraphs, starts[first] + 1))
        for first, last in zip(kept, lasts, strict=False)
        if first < last
    )


def _past_closing_marks(first: int, starts: tuple[int, ...], words: tuple[str, ...]) -> int:
    """The token behind the marks that close the sentence before: they touch it, and a space follows them."""
    at = first
    while 0 < at < len(starts) and words[at] in "”’\"')]»" and starts[at] == starts[at - 1] + len(words[at - 1]):
        at += 1
    touches = at < len(starts) and at > first and starts[at] == starts[at - 1] + len(words[at - 1])
    return first if touches else at


def _runs_on(first: int, starts: tuple[int, ...], words: tuple[str, ...], paragraphs: tuple[int, ...]) -> bool:
    """Whether the sentence before token `first` goes on with it."""
    before = words[first - 1]
    if before in _ENDS and not words[first][0].islower():
        return False
    if bisect_left(paragraphs, starts[first]) != bisect_left(paragraphs, starts[first - 1] + 1):
        return False
    if ABBREVIATION.fullmatch(before):
        # "U.S. The army" may be two sentences: only a function word with a capital tells
        return len(before) <= 2 or words[first].lower() not in CLOSED or not words[first][0].isupper()  # noqa: PLR2004
    return before[-1] not in ".!?…:”\"’')]" or words[first][0].islower()


def _breaks_early(text: str, start: int) -> bool:
    """Whether the line above a capital was ended long before the width at which its neighbours were wrapped."""
    below = text.rfind("\n", 0, start) + 1
    if below == 0 or text[below:start].strip() or not text[start].isupper():
        return False
    above = below - 1 - (text.rfind("\n", 0, below - 1) + 1)
    end = text.find("\n", start)
    here = (len(text) if end < 0 else end) - below
    return 2 * above < min(here, _WIDEST_WRAP)


def _clauses(tags: str, lowers: Sequence[str], sentences: Sequence[Sentence]) -> tuple[int, ...]:
    starts = {sentence.first for sentence in sentences}
    for opener in _OPENER.finditer(tags):
        i = opener.start()
        if tags[i] in ":-":
            starts.add(i + 1)
        elif lowers[i] not in ("as", "than", "so"):
            starts.add(i)
    starts.discard(len(tags))
    return tuple(sorted(starts))
