"""Fixed cues: according to, evidential adverbs, headlines with a colon, and a name behind a quotation.

According to the ministry, …        …, according to the ministry.
The ministry put the toll at …
Reportedly, …                       … reportedly …
Minister: Bridge Is Open            “…”  — Alda Brook
"""

from __future__ import annotations

from collections.abc import Iterator

from llmx.lexicon.function_words import word_set
from llmx.rules.analysis import NONE, Analysis, Sentence
from llmx.rules.attribution.candidates import Candidate, Complement, TokenRange
from llmx.rules.attribution.clues import Clue
from llmx.rules.attribution.subjects import source_end, subject_before

_TELLING = word_set("say put report note explain tell describe write state announce show reveal")
_HEARSAY = word_set("reportedly allegedly supposedly purportedly")
_WORDS = _HEARSAY | {"according", "put", "puts"}
_TOLLS = word_set(
    "toll number dead deaths casualties injured missing crowd figure turnout total count cost damage losses loss"
)
_BEFORE_FIGURE = 6


def fixed_candidates(analysis: Analysis) -> Iterator[Candidate]:
    """The candidates of all fixed cues outside quotations, sentence by sentence."""
    for number, sentence in enumerate(analysis.sentences):
        if not _WORDS.isdisjoint(analysis.lowers[sentence.first : sentence.last]):
            yield from _by_word(analysis, sentence)
        yield from _as_told(analysis, sentence)
        yield from _colon(analysis, sentence)
        yield from _signed(analysis, sentence, number)


def _by_word(analysis: Analysis, sentence: Sentence) -> Iterator[Candidate]:
    for i in range(sentence.first, sentence.last):
        word = analysis.lowers[i]
        if word == "according" and i + 1 < sentence.last and analysis.lowers[i + 1] == "to":
            yield from _according(analysis, sentence, i)
        elif word in _HEARSAY and analysis.quotation_of[i] == NONE:
            yield from _hearsay(analysis, sentence, i)
        elif word in ("put", "puts"):
            yield from _estimate(analysis, sentence, i)


def _candidate(
    rule: str, *, cue: TokenRange, source: TokenRange | None, content: list[TokenRange], features: tuple[Clue, ...] = ()
) -> Candidate:
    return Candidate(
        rule=rule,
        cue=cue,
        lemma=rule,
        source=source,
        content=tuple(content),
        complement=Complement(kind="left", word="", start=content[0][0]),
        features=(("rule", rule), *features),
    )


def _according(analysis: Analysis, sentence: Sentence, at: int) -> Iterator[Candidate]:
    if analysis.quotation_of[at] != NONE or at + 2 >= sentence.last:
        return
    tags = analysis.tags
    start = at + 2
    end = source_end(analysis, start, sentence.last)
    while end + 2 < sentence.last and analysis.lowers[end] == "by" and analysis.noun_phrase_of[end + 1] != NONE:
        end = source_end(analysis, end + 1, sentence.last)
    if at <= sentence.first + 2:
        end = _first_comma(analysis, start, end, sentence.last)
    content: list[TokenRange] = []
    if at > sentence.first + 2:
        stop = at
        while stop > sentence.first and tags[stop - 1] == ",":
            stop -= 1
        content.append((sentence.first, stop))
        if end + 4 < sentence.last and tags[end] == "," and tags[at - 1] == ",":
            content.append((end + 1, _before_point(analysis, sentence.last)))
    elif end + 2 < sentence.last:
        first = _past_citing(analysis, end, sentence.last) + (tags[end] in ",:")
        content.append((first, _before_point(analysis, sentence.last)))
    if content and end > start:
        yield _candidate("according-to", cue=(at, at + 2), source=(start, end), content=content)


def _estimate(analysis: Analysis, sentence: Sentence, at: int) -> Iterator[Candidate]:
    """A number that somebody puts on something: "The fire brigade put the toll at 17"."""
    number, source = analysis.noun_phrase_of[at + 1 : at + 2], None
    group = analysis.verb_group_of[at]
    if group != NONE and analysis.quotation_of[at] == NONE and analysis.verb_groups[group].form == "finite":
        source = subject_before(analysis, analysis.verb_groups[group].first)
    if source is None or analysis.verb_groups[group].negated or number in ((), (NONE,)):
        return
    phrase = analysis.noun_phrases[number[0]]
    if analysis.lowers[phrase.head] not in _TOLLS:
        return
    for i in range(phrase.last, min(phrase.last + _BEFORE_FIGURE, sentence.last - 1)):
        if analysis.lowers[i] == "at" and analysis.noun_phrase_of[i + 1] != NONE:
            figure = analysis.noun_phrases[analysis.noun_phrase_of[i + 1]]
            if "H" in analysis.tags[figure.first : figure.last]:
                cue = (analysis.verb_groups[group].first, at + 1)
                yield _candidate("estimate", cue=cue, source=source, content=[(at + 1, i), (i + 1, figure.last)])
            return


def _past_citing(analysis: Analysis, end: int, last: int) -> int:
    """Behind ", citing two officials" where that follows the source."""
    if analysis.lowers[end + 1 : end + 2] not in (("citing",), ("quoting",)):
        return end
    return next((i for i in range(end + 2, last) if analysis.tags[i] == ","), end)


def _first_comma(analysis: Analysis, start: int, end: int, last: int) -> int:
    """Behind the source of a sentence that opens with "according to": what its first comma parts is the content.

    Unless an apposition follows: then another comma does, with a clause behind it.
    """
    commas = [i for i in range(start, last) if analysis.tags[i] == "," and analysis.quotation_of[i] == NONE]
    if not commas or commas[0] >= end:
        return end
    behind = commas[1] if len(commas) > 1 else last
    apposition = not any(
        analysis.verb_group_of[i] != NONE and analysis.verb_groups[analysis.verb_group_of[i]].form == "finite"
        for i in range(commas[0] + 1, behind)
        if "W" not in analysis.tags[commas[0] + 1 : i]
    )
    return behind if apposition and len(commas) > 1 else commas[0]


def _as_told(analysis: Analysis, sentence: Sentence) -> Iterator[Candidate]:
    """Such as "As the ministry put it, the town is safe": a clause with "as", a cue, and a comma."""
    first, last = sentence.first, sentence.last
    if analysis.lowers[first] != "as" or first + 3 >= last:
        return
    for i in range(first + 1, min(last, first + 14)):
        number = analysis.verb_group_of[i]
        if number == NONE:
            continue
        group = analysis.verb_groups[number]
        comma = group.last + (analysis.lowers[group.last : group.last + 1] == ("it",))
        source = subject_before(analysis, group.first)
        if group.lemma in _TELLING and source and comma + 3 < last and analysis.tags[comma] == ",":
            content = (comma + 1, _before_point(analysis, last))
            yield _candidate("as-told", cue=(group.first, comma), source=source, content=[content])
        return


def _before_point(analysis: Analysis, last: int) -> int:
    while last > 0 and analysis.tags[last - 1] == ".":
        last -= 1
    return last


def _hearsay(analysis: Analysis, sentence: Sentence, at: int) -> Iterator[Candidate]:
    first, last = sentence.first, _before_point(analysis, sentence.last)
    tags = analysis.tags
    if at == first:
        first += 1 + (tags[first + 1] == "," if first + 1 < last else 0)
    else:
        for i in range(at - 1, first, -1):
            if tags[i] in "SW:-" or (tags[i] == "," and i + 1 < at and tags[i + 1] in "CS"):
                first = i + 1 if tags[i] != "W" else i
                break
        while first < at and tags[first] in "C,SR":
            first += 1
        if tags[first] in "IT" and "," in tags[first:at]:
            first = tags.index(",", first, at) + 1
    for i in range(at + 1, last):
        if tags[i] in ":-S" or (tags[i] == "," and i + 1 < last and tags[i + 1] in "CW"):
            last = i
            break
    if last - first > 2 and analysis.quotation_of[first] == NONE:  # noqa: PLR2004 - a clause has three words
        parts = [(first, at), (at + 1, last)] if first < at else [(first, last)]
        yield _candidate("evidential-adverb", cue=(at, at + 1), source=None, content=parts)


def _colon(analysis: Analysis, sentence: Sentence) -> Iterator[Candidate]:
    """A headline, or a line of an interview, that opens with its speaker and a colon."""
    tags = analysis.tags
    stop = min(sentence.first + 10, sentence.last - 2)
    for i in range(sentence.first + 1, stop):
        if analysis.lowers[i] == ":":
            break
        if tags[i] in ".(-q:" or analysis.verb_group_of[i] != NONE:
            return
    else:
        return
    if analysis.noun_phrase_of[i - 1] == NONE or analysis.starts[i + 1] == analysis.ends[i]:
        return
    content = (i + 1, _before_point(analysis, sentence.last))
    if content[1] - content[0] < 2:  # noqa: PLR2004 - one word is a label
        return
    capitals = sum(word[0].isupper() for word in analysis.words[content[0] : content[1]] if len(word) > 3)  # noqa: PLR2004
    long = sum(len(word) > 3 for word in analysis.words[content[0] : content[1]]) or 1  # noqa: PLR2004
    opening = "q" if tags[i + 1] == "q" else "t" if capitals > 0.7 * long else "x"
    top = min(3, sentence.paragraph)
    head, opener = tags[i - 1], tags[sentence.first]
    yield _candidate(
        "colon",
        cue=(i, i + 1),
        source=(sentence.first, i),
        content=[content],
        features=(
            ("colon", opening, top, head),
            ("colon words", min(5, i - sentence.first)),
            ("colon first", analysis.lowers[sentence.first] if opener not in "PN" else opener),
            ("colon last", analysis.lowers[i - 1] if tags[i - 1] != "P" else "P"),
        ),
    )


def _signed(analysis: Analysis, sentence: Sentence, number: int) -> Iterator[Candidate]:
    """A quotation of its own with a dash and a name behind it."""
    tags = analysis.tags
    if number == 0 or tags[sentence.first] != "-" or not 1 < sentence.last - sentence.first <= 12:  # noqa: PLR2004 - a name
        return
    before = analysis.sentences[number - 1]
    if analysis.quotation_of[before.last - 1] == NONE or analysis.noun_phrase_of[sentence.first + 1] == NONE:
        return
    quotation = analysis.quotations[analysis.quotation_of[before.last - 1]]
    first, last = analysis.tokens_in(quotation.span)
    if first < last:
        end = _before_point(analysis, sentence.last)
        yield _candidate(
            "signed",
            cue=(sentence.first, sentence.first + 1),
            source=(sentence.first + 1, end),
            content=[(first, last)],
        )
