"""Verb cues: every verb group that could attribute what follows it or what stands before it.

source-cue-content    The ministry said that …        The minister wants to …        Analysts praised …
content-source-cue    “…,” the ministry said.         The bridge is open, the ministry said.
content-cue-source    “…,” said the minister.
"""

from __future__ import annotations

from collections.abc import Iterator

from llmx.lexicon.function_words import word_set
from llmx.rules.analysis import NONE, Analysis, VerbGroup
from llmx.rules.attribution.boundaries import content_end
from llmx.rules.attribution.candidates import Candidate, Complement, TokenRange
from llmx.rules.attribution.complements import complements_at, told_clause
from llmx.rules.attribution.features import group_clues, size_feature, stance_of, verb_features
from llmx.rules.attribution.subjects import source_end, subject_before, subject_of_verb_before
from llmx.rules.attribution.weights import Weights

_WEAK = frozenset(["np", "pp", "ing", "adj", "to", "wh"])
_NAMING = frozenset(["name", "call", "title", "entitle", "dub", "label"])
_TITLING = frozenset(["name", "title", "entitle", "dub"])
_AUXILIARIES = frozenset(["be", "have", "do"])
_SEEMING = word_set("seem appear")
_TELLING = frozenset(["tell", "inform", "assure", "remind", "notify"])
"""Behind these stands who is told, never who tells."""
_LONGEST_APPOSITION = 12
_WHERE = word_set("outside near inside along beside alongside opposite")
_WHERE_GATHERED = word_set("in at on through across around by")
_GATHERING = word_set("protest demonstrate march rally gather picket riot")


def verb_candidates(analysis: Analysis, weights: Weights) -> Iterator[Candidate]:
    """The candidates of all verb groups outside quotations, in text order."""
    for number, group in enumerate(analysis.verb_groups):
        if analysis.quotation_of[group.main] != NONE:
            continue
        if group.lemma in _AUXILIARIES and _lemma(analysis, group)[0] == group.lemma:
            continue
        subject = subject_before(analysis, group.first) if group.form == "finite" else None
        left = _content_left(analysis, group, subject if not group.passive else None)
        if left:
            yield left
        if group.passive and subject:
            passive = _passive(analysis, group, number, subject)
            if passive:
                yield passive
        source = subject if _takes_subject(group) else _source_of(analysis, group, number)
        yield from _content_right(analysis, group, number, source, weights)


_COPULAS = frozenset(["be", "feel", "become", "seem", "remain", "get"])


def _lemma(analysis: Analysis, group: VerbGroup) -> tuple[str, int]:
    """The cue's lemma and the token behind the cue's words.

    For a form of be with an adjective behind it the lemma is both, `be aware`; "have it that" means report.
    """
    end = analysis.sentence_at(group.main).last
    at = group.last
    if group.lemma in _COPULAS and at < end:
        while at + 1 < end and analysis.tags[at] in "Rn":
            at += 1
        if analysis.tags[at] in "AE":
            return f"{group.lemma} {analysis.lowers[at]}", at + 1
    if group.lemma == "have" and analysis.lowers[at : at + 2] == ("it", "that"):
        return "report", at + 1
    return group.lemma, group.last


def _content_right(
    analysis: Analysis, group: VerbGroup, number: int, source: TokenRange | None, weights: Weights
) -> Iterator[Candidate]:
    lemma, last = _lemma(analysis, group)
    if last >= analysis.sentence_at(group.main).last:
        return
    if group.lemma in _NAMING and _only_names(analysis, group, source):
        return
    clues = None
    known = weights.knows(lemma, stance_of(lemma))
    told = told_clause(analysis, last) if group.lemma in _TELLING else None
    for complement in (told,) if told else complements_at(analysis, last):
        if complement.kind in _WEAK and not known:
            continue
        if group.lemma == "claim" and _costs_lives(analysis, complement.start):
            continue
        if complement.kind == "pp" and complement.between is None and _is_place(complement.word, lemma):
            continue
        if group.lemma == "recall" and complement.kind in ("np", "clause") and _is_counted(analysis, complement.start):
            continue
        if group.passive and "by" in (complement.word, analysis.lowers[complement.start]):
            continue
        clues = clues or group_clues(analysis, number, source)
        features = verb_features(analysis, "verb-content", number, clues, lemma=lemma, complement=complement)
        if weights.hopeless(features):
            continue
        behind = complement.start if complement.kind == "pp" and complement.between is None else last
        content = (complement.start, content_end(analysis, complement, lemma, weights.ends))
        if content[0] < content[1]:
            yield Candidate(
                rule="verb-content",
                cue=(group.first, behind),
                lemma=lemma,
                source=source,
                content=(content,),
                complement=complement,
                features=(*features, size_feature(content)),
            )


def _is_place(preposition: str, lemma: str) -> bool:
    """Whether what follows tells where: "protested outside the gates", "marched in the capital"."""
    return preposition in _WHERE or (lemma in _GATHERING and preposition in _WHERE_GATHERED)


def _is_counted(analysis: Analysis, at: int) -> bool:
    """Whether so many things are meant: a firm that "recalled 40,000 cars" remembers nothing."""
    number = analysis.noun_phrase_of[at]
    return (
        number != NONE
        and "H" in analysis.tags[analysis.noun_phrases[number].first : analysis.noun_phrases[number].last]
    )


def _costs_lives(analysis: Analysis, at: int) -> bool:
    """Whether what is claimed are lives: "the fire claimed 21 lives"."""
    number = analysis.noun_phrase_of[at]
    return number != NONE and analysis.lowers[analysis.noun_phrases[number].head] in ("lives", "life", "victims")


def _only_names(analysis: Analysis, group: VerbGroup, source: TokenRange | None) -> bool:
    """Whether a participle only gives a name: "a group called Red Dawn", "the offshoot named …"."""
    at = group.first
    if group.lemma in _NAMING and analysis.lowers[group.last : group.last + 1] in (("itself",), ("themselves",)):
        return True
    if group.lemma == "know" and group.last - at == 1 and analysis.tags[at] == "E" and analysis.lowers[at + 1] == "as":
        return True
    if group.last - at > 1 or analysis.tags[at] != "E" or source is None or source[1] != at:
        return False
    if group.lemma in _TITLING and analysis.tags[at + 1] == "q":
        return True
    if analysis.tags[at - 1] != "N" or analysis.tags[at + 1] not in "PDq":
        return False
    return group.lemma in _TITLING or analysis.lowers[source[0]] in ("a", "an", "one", "another")


def _passive(analysis: Analysis, group: VerbGroup, number: int, content: TokenRange) -> Candidate | None:
    """A passive verb whose subject is the content: "The offer was criticised by the union"."""
    if content[1] > group.first or analysis.noun_phrase_of[content[0]] == NONE:
        return None
    source = _agent(analysis, group)
    if source is None and group.lemma == "know" and group.negated:
        return None  # "the cause is not known" tells of nobody's belief
    rule = "passive-by" if source else "passive"
    complement = Complement(kind="left", word="", start=content[0])
    clues = group_clues(analysis, number, source)
    features = verb_features(analysis, rule, number, clues, lemma=group.lemma, complement=complement)
    return Candidate(
        rule=rule,
        cue=(group.first, group.last),
        lemma=group.lemma,
        source=source,
        content=(content,),
        complement=complement,
        features=(*features, size_feature(content)),
    )


def _source_of(analysis: Analysis, group: VerbGroup, number: int) -> TokenRange | None:
    """The subject; for an -ing form behind a comma and for an infinitive that of the verb before."""
    if group.lemma in _SEEMING:
        return None
    if _takes_subject(group):
        return subject_before(analysis, group.first)
    if group.form == "finite":
        return _agent(analysis, group)
    before = analysis.verb_groups[number - 1] if number else None
    if before and before.last == group.first and before.form != "ing":
        return _source_of(analysis, before, number - 1)
    if group.form == "ing" and _holds_participle(analysis, group.first):
        return subject_before(analysis, group.first)
    return subject_of_verb_before(analysis, group.first)


def _takes_subject(group: VerbGroup) -> bool:
    """Whether the source, if there is one, is the verb's own subject."""
    return group.form == "finite" and not group.passive and group.lemma not in _SEEMING


def _holds_participle(analysis: Analysis, at: int) -> bool:
    """Whether a participle says of the noun phrase before it: "a statement saying", "with the mayor calling"."""
    number = analysis.noun_phrase_of[at - 1] if at > analysis.sentence_at(at).first else NONE
    if number == NONE or analysis.tags[at - 1] == "O":
        return False
    first = analysis.noun_phrases[number].first
    before = first - 1
    if before < analysis.sentence_at(at).first or analysis.tags[before] != "I" or analysis.lowers[before] == "with":
        return True
    return subject_of_verb_before(analysis, at) is None


def _agent(analysis: Analysis, group: VerbGroup) -> TokenRange | None:
    """Who does it in a passive clause: "by the ministry"."""
    at = group.last
    end = min(analysis.sentence_at(group.main).last, at + 8)
    for i in range(at, end):
        if analysis.lowers[i] == "by" and i + 1 < end and analysis.noun_phrase_of[i + 1] != NONE:
            phrase = analysis.noun_phrases[analysis.noun_phrase_of[i + 1]]
            return (phrase.first, phrase.last)
    return None


def _content_left(analysis: Analysis, group: VerbGroup, subject: TokenRange | None) -> Candidate | None:
    """The candidate whose content stands before the cue, with the source between them or behind it."""
    sentence = analysis.sentence_at(group.main)
    named = _named_twice(analysis, group) if group.form == "finite" and not group.passive else None
    for source in (named, subject):
        if source and source[0] > sentence.first:
            content = _ends_content(analysis, source[0] - 1, sentence.first)
            if content:
                return _left(analysis, group, source=source, content=content, rule="content-source-verb")
    if group.lemma in _TELLING:
        return None
    before = group.first - 1
    while before > sentence.first and analysis.tags[before] == "R":
        before -= 1
    behind = group.last
    if before >= sentence.first and behind < sentence.last and analysis.noun_phrase_of[behind] != NONE:
        content = _ends_content(analysis, before, sentence.first)
        phrase = analysis.noun_phrases[analysis.noun_phrase_of[behind]]
        if content and phrase.first == behind:
            source = (behind, source_end(analysis, behind, sentence.last))
            return _left(analysis, group, source=source, content=content, rule="content-verb-source")
    return None


def _named_twice(analysis: Analysis, group: VerbGroup) -> TokenRange | None:
    """The source in two parts between commas before the verb: "the mayor, Ann Lee, told"."""
    first = analysis.sentence_at(group.main).first
    end = group.first - 1
    if end <= first or analysis.tags[end] != ",":
        return None
    for at in range(end - 1, max(first, end - _LONGEST_APPOSITION) - 1, -1):
        number = analysis.verb_group_of[at]
        if number != NONE and analysis.verb_groups[number].form == "finite":
            return None
        if analysis.tags[at] == ",":
            name = subject_before(analysis, at)
            return (name[0], end) if name and name[1] == at and at + 1 < end else None
    return None


def _ends_content(analysis: Analysis, at: int, first: int) -> TokenRange | None:
    """The content whose last token is `at`: it ends with a quotation, or with a comma behind a clause."""
    tags = analysis.tags
    if tags[at] == "," and at > first and tags[at - 1] == "q":
        at -= 1
    quotation = analysis.quotation_of[at]
    if tags[at] == "q" and quotation != NONE:
        start, _ = analysis.tokens_in(analysis.quotations[quotation].span)
        return _from_sentence_start(analysis, start, at), at + 1
    if tags[at] == ",":
        for i in range(at - 1, first - 1, -1):
            group = analysis.verb_group_of[i]
            if group != NONE and analysis.verb_groups[group].form == "finite":
                return (first, at)
    return None


def _from_sentence_start(analysis: Analysis, start: int, at: int) -> int:
    """Where the content starts that ends with the quotation from `start`: with the sentence, if words stand before."""
    sentence = analysis.sentence_at(start)
    if start - sentence.first <= 1:
        return sentence.first if start == sentence.first else start
    if at - start > 12 and analysis.tags[start - 1] in ",:":  # noqa: PLR2004 - a full sentence of its own
        return start
    return sentence.first


def _left(analysis: Analysis, group: VerbGroup, *, source: TokenRange, content: TokenRange, rule: str) -> Candidate:
    complement = Complement(kind="left", word="", start=content[0])
    number = analysis.verb_group_of[group.main]
    clues = group_clues(analysis, number, source)
    features = verb_features(analysis, rule, number, clues, lemma=group.lemma, complement=complement)
    behind = source[1] if rule == "content-verb-source" else group.last
    quoted = analysis.quotation_of[content[1] - 1] != NONE
    more = _goes_on(analysis, behind, analysis.sentence_at(group.main).last, quoted=quoted)
    return Candidate(
        rule=rule,
        cue=(group.first, group.last),
        lemma=group.lemma,
        source=source,
        content=(content, more) if more else (content,),
        complement=complement,
        features=(*features, size_feature(content)),
    )


def _goes_on(analysis: Analysis, at: int, end: int, *, quoted: bool) -> TokenRange | None:
    """The rest of the content behind an inserted "he said": a quotation, or a comma and the sentence's rest."""
    tags = analysis.tags
    i = at
    while i < end and i - at < 14:  # noqa: PLR2004 - "in an interview with the paper on Monday"
        if tags[i] == "q" and analysis.quotation_of[i] != NONE:
            first, stop = analysis.tokens_in(analysis.quotations[analysis.quotation_of[i]].span)
            return (first, stop) if first == i and stop > i + 2 else None
        if tags[i] in ",:" and i + 1 < end and tags[i + 1] != "q":
            if i == at and tags[i + 1] not in "GCI" and tags[i] == "," and not quoted:
                stop = end - (tags[end - 1] == ".")
                return (i + 1, stop) if stop > i + 3 else None
            if tags[i + 1] == "G":
                return None
        i += 1
    return None
