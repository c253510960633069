"""Continuation: quotations without a cue of their own that go on with what was attributed before, or lead up to it.

“We leave,” he said. “Nobody stays.”                 one content, two parts
“We leave. ¶ “Nobody stays,” he said.                 the open quotation belongs to what follows
“We leave,” he said. ¶ “Nobody stays.”               a paragraph that is one quotation goes on
"""

from __future__ import annotations

from llmx.rules.analysis import NONE, Analysis
from llmx.rules.attribution.candidates import Candidate, TokenRange


def continued(analysis: Analysis, found: list[Candidate], taken: bytearray) -> list[Candidate]:
    """The candidates, with the quotations that continue them.

    Args:
        analysis: The analysis.
        found: Candidates that do not overlap, in text order of their cues.
        taken: One byte a token, 1 where it is cue or content of a candidate; what is added is marked too.
    """
    out: list[Candidate] = []
    for one in found:
        parts = list(one.content)
        if _has_quotation(analysis, parts[0]) or _has_quotation(analysis, parts[-1]):
            parts = [*_before(analysis, parts[0], taken), *parts]
            last = max(one.cue[1], parts[-1][1], one.source[1] if one.source else 0)
            parts += _behind(analysis, last, parts[-1], taken)
        out.append(one._replace(content=tuple(parts)) if len(parts) != len(one.content) else one)
    return out


def _has_quotation(analysis: Analysis, part: TokenRange) -> bool:
    return analysis.quotation_of[part[0]] != NONE or analysis.quotation_of[part[1] - 1] != NONE


def _behind(analysis: Analysis, last: int, part: TokenRange, taken: bytearray) -> list[TokenRange]:
    """The quotations that follow, sentence by sentence, and paragraph by paragraph."""
    added: list[TokenRange] = []
    at = max(last, part[1]) - 1
    open_end = analysis.quotation_of[part[1] - 1] != NONE and not _closed(analysis, part[1] - 1)
    while True:
        number = analysis.sentence_of[at] + 1
        if number >= len(analysis.sentences):
            return added
        sentence = analysis.sentences[number]
        quotation = _opening(analysis, sentence.first)
        if quotation is None or any(taken[quotation[0] : quotation[1]]):
            return added
        here = analysis.sentences[analysis.sentence_of[at]]
        if sentence.paragraph != here.paragraph and not open_end and not _fills(analysis, quotation):
            return added
        for i in range(*quotation):
            taken[i] = 1
        added.append(quotation)
        at = quotation[1] - 1
        open_end = not _closed(analysis, at)
        if not open_end and not _ends_sentence(analysis, at):
            return added


def _before(analysis: Analysis, part: TokenRange, taken: bytearray) -> list[TokenRange]:
    """The open quotations of the paragraphs before."""
    added: list[TokenRange] = []
    at = part[0]
    while at > 0 and analysis.quotation_of[at] != NONE:
        number = analysis.quotation_of[at - 1]
        if number == NONE or analysis.quotations[number].closed:
            break
        first, last = analysis.tokens_in(analysis.quotations[number].span)
        if any(taken[first:last]) or first >= last:
            break
        for i in range(first, last):
            taken[i] = 1
        added.insert(0, (first, last))
        at = first
    return added


def _opening(analysis: Analysis, first: int) -> TokenRange | None:
    """The quotation that opens at token `first`."""
    number = analysis.quotation_of[first]
    if number == NONE or analysis.tags[first] != "q":
        return None
    span = analysis.tokens_in(analysis.quotations[number].span)
    return span if span[0] == first and span[1] - span[0] > 2 else None  # noqa: PLR2004 - marks and a word


def _closed(analysis: Analysis, at: int) -> bool:
    number = analysis.quotation_of[at]
    return number == NONE or analysis.quotations[number].closed


def _fills(analysis: Analysis, quotation: TokenRange) -> bool:
    """Whether a quotation fills its paragraph, or all of it but quotations."""
    paragraph = analysis.sentence_at(quotation[0]).paragraph
    i = quotation[1]
    while i < len(analysis) and analysis.sentence_at(i).paragraph == paragraph:
        if analysis.quotation_of[i] == NONE and analysis.tags[i] not in ".q":
            return False
        i += 1
    return True


def _ends_sentence(analysis: Analysis, at: int) -> bool:
    """Whether the sentence ends with the quotation whose last token is `at`."""
    end = analysis.sentence_at(at).last
    return all(analysis.tags[i] in ".q)" for i in range(at + 1, end))
