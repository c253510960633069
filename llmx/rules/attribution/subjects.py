"""Subjects: the noun phrase whose verb a cue is."""

from __future__ import annotations

from bisect import bisect_left

from llmx.lexicon.function_words import word_set
from llmx.rules.analysis import NONE, Analysis, VerbGroup
from llmx.rules.attribution.candidates import TokenRange

_REACH = 60
_PRONOUNS = word_set("who which that what whoever")


def subject_before(analysis: Analysis, verb: int) -> TokenRange | None:
    """The subject that stands to the left of the verb group which starts at token `verb`.

    A relative pronoun is a subject ("who said"). What hangs on the noun phrase and an apposition belong to it. For a
    verb joined by "and" or behind a participle's comma it is the subject of the verb before.

    Returns:
        The tokens, or `None` where no subject stands in the sentence.
    """
    tags = analysis.tags
    first = analysis.sentence_at(verb).first
    i = verb - 1
    while i >= first and tags[i] in "Rn":
        i -= 1
    if i < first:
        return None
    if tags[i] == "W" or (analysis.lowers[i] == "that" and tags[i] in "SO"):
        return (i, i + 1) if analysis.lowers[i] in _PRONOUNS else None
    if tags[i] == "C" or (tags[i] == "," and i > first and tags[verb] in "EZVXM" and _is_joined(analysis, i, first)):
        return subject_of_verb_before(analysis, i)
    if tags[i] in ",-)":
        return _over_apposition(analysis, i, first)
    if analysis.noun_phrase_of[i] != NONE:
        found = _extended(analysis, i, first)
        return _over_relative(analysis, found[0], first) or found
    if tags[i] == "q":
        return _extended(analysis, i - 1, first) if i - 1 >= first and analysis.noun_phrase_of[i - 1] != NONE else None
    group = analysis.verb_group_of[i]
    if group != NONE:
        return subject_before(analysis, analysis.verb_groups[group].first)
    return _behind_aside(analysis, i, first)


def subject_of_verb_before(analysis: Analysis, at: int) -> TokenRange | None:
    """The subject of the nearest main verb before token `at` in its sentence; quotations and embedded clauses aside."""
    sentence = analysis.sentence_at(at)
    spare: TokenRange | None = None
    groups = analysis.verb_groups
    for number in range(bisect_left(groups, at, key=_first) - 1, -1, -1):
        one = groups[number]
        if one.last <= sentence.first:
            break
        if one.form != "finite" or one.last > at or analysis.quotation_of[one.main] != NONE:
            continue
        found = _direct_subject(analysis, one.first) or _subject_behind(analysis, one.last)
        if found is None:
            continue
        if not _is_embedded(analysis, found, sentence.first):
            return found
        spare = spare or found
    return spare


def _first(group: VerbGroup) -> int:
    return group.first


def _is_embedded(analysis: Analysis, subject: TokenRange, first: int) -> bool:
    """Whether the clause of a subject is the complement of another verb, a relative clause, or opened by "if"."""
    before = subject[0] - 1
    if analysis.noun_phrase_of[subject[0]] == NONE:
        return True
    if before < first:
        return False
    return analysis.tags[before] in "SW" or analysis.verb_group_of[before] != NONE


def _direct_subject(analysis: Analysis, verb: int) -> TokenRange | None:
    """The subject next to the verb, without looking at other verbs."""
    tags = analysis.tags
    first = analysis.sentence_at(verb).first
    i = verb - 1
    while i >= first and tags[i] in "Rn":
        i -= 1
    if i < first or tags[i] in "CWT" or analysis.verb_group_of[i] != NONE:
        return (i, i + 1) if i >= first and tags[i] == "W" else None
    if tags[i] in ",-)":
        return None if tags[i] == "," and _is_joined(analysis, i, first) else _over_apposition(analysis, i, first)
    if analysis.noun_phrase_of[i] != NONE:
        return _extended(analysis, i, first)
    return _behind_aside(analysis, i, first)


def _subject_behind(analysis: Analysis, at: int) -> TokenRange | None:
    """The subject behind its verb: "said Ms. Orlo"."""
    if at < len(analysis) and analysis.noun_phrase_of[at] != NONE:
        phrase = analysis.noun_phrases[analysis.noun_phrase_of[at]]
        return (phrase.first, phrase.last)
    return None


def _is_joined(analysis: Analysis, comma: int, first: int) -> bool:
    """Whether the comma parts two verbs of one subject and does not close an apposition."""
    tags = analysis.tags
    for i in range(comma - 1, first - 1, -1):
        if tags[i] == ":" or (tags[i] == "W" and tags[i + 1] in "NA"):
            return False  # "; one of them, Ann Lee, said", "whose founder, Ann Lee, said"
        if analysis.verb_group_of[i] != NONE:
            return tags[i] in "EZVXM" and not _opened_by_comma(analysis, i, first)
    return False


def _is_first_verb(analysis: Analysis, at: int, first: int) -> bool:
    return not any(number != NONE for number in analysis.verb_group_of[first:at])


def _opened_by_comma(analysis: Analysis, at: int, first: int) -> bool:
    """Whether a relative clause or apposition with a comma before it holds token `at`."""
    tags = analysis.tags
    if tags[at] == "E" and tags[at - 1] == "," and tags[at + 1] in "IT" and _is_first_verb(analysis, at, first):
        return True  # "the company, based in Orlo, said"
    for i in range(at, first, -1):
        if tags[i] == "W" and tags[i - 1] == ",":
            return True
        if tags[i] == "W":
            return False
        if tags[i] == "," and i + 1 < at and tags[i + 1] in "DAN":
            return True
    return False


def _over_apposition(analysis: Analysis, close: int, first: int) -> TokenRange | None:
    """The noun phrase before an apposition that ends with the comma, dash or bracket at `close`."""
    tags = analysis.tags
    mark = {",": ",", "-": "-", ")": "("}[tags[close]]
    opens = [i for i in range(close - 1, max(first, close - _REACH), -1) if tags[i] == mark]
    for i in opens:
        before = i - 1
        while before > first and tags[before] in "q,":
            before -= 1
        if before < first or analysis.noun_phrase_of[before] == NONE:
            continue
        inner = i + 1
        if inner < close and (tags[inner] in "DANPWEGIRHS(X" or mark != ","):
            found = _extended(analysis, before, first)
            if found and (mark != "," or tags[inner] != "P" or len(opens) == 1 or i == opens[-1]):
                return found[0], close + (mark != ",")
            if found:
                return found[0], close
    return None


def _behind_aside(analysis: Analysis, at: int, first: int) -> TokenRange | None:
    """The subject before an aside of few words: "Orlo on Monday"."""
    i = at
    while i >= max(first, at - 6):
        if analysis.noun_phrase_of[i] != NONE:
            return _extended(analysis, i, first)
        i -= 1
    return None


def _over_relative(analysis: Analysis, start: int, first: int) -> TokenRange | None:
    """Whom a relative clause is about that ends with the phrase at `start`: "a man who left the dam said"."""
    i = start - 1
    while i > first and analysis.tags[i] in "IR":
        i -= 1
    number = analysis.verb_group_of[i] if i > first else NONE
    if number == NONE:
        return None
    before = analysis.verb_groups[number].first - 1
    if before <= first or analysis.lowers[before] != "who" or analysis.noun_phrase_of[before - 1] == NONE:
        return None
    return _extended(analysis, before - 1, first)


_CARRIERS = word_set("of for in at from with on to by near against around about behind")
_TIED = word_set("close loyal linked allied opposed")
_FORMER = word_set("retired exiled jailed imprisoned deposed ousted elected unelected wounded")
"""Participles that stand before a title: "retired general Orlo"."""
_SELVES = word_set("itself themselves himself herself")
_PLAIN_TIMES = word_set("monday tuesday wednesday thursday friday saturday sunday")


def _extended(analysis: Analysis, at: int, first: int) -> TokenRange:
    """The noun phrase at token `at` with the phrases before it on which it hangs."""
    tags, lowers = analysis.tags, analysis.lowers
    phrase = analysis.noun_phrases[analysis.noun_phrase_of[at]]
    start = phrase.first
    while start - 1 > first:
        before = start - 1
        joins = (tags[before] in "IT" and lowers[before] in _CARRIERS) or (
            tags[before] == "C" and lowers[before] in ("and", "or", "&")
        )
        if joins and lowers[before] == "to" and lowers[before - 1] in _TIED:
            before -= 1  # "two bankers close to the talks"
        elif _holds(analysis, before):
            joins, before = True, _participle(analysis, before)
        elif lowers[before] == "by" and tags[before - 1] == "E" and _is_bare(analysis, before - 1, first):
            before -= 1  # "a shopkeeper reached by phone"
        if not joins or analysis.noun_phrase_of[before - 1] == NONE:
            break
        earlier = analysis.noun_phrases[analysis.noun_phrase_of[before - 1]]
        if tags[before] in "CG" and _is_object(analysis, earlier.first, first):
            break
        start = earlier.first
    if start > first and lowers[start - 1] in _FORMER:
        start -= 1
    return (start, at + 1)


def _holds(analysis: Analysis, at: int) -> bool:
    """Whether the phrase behind token `at` is the object of a participle: "funds holding about a third"."""
    at = _participle(analysis, at)
    return analysis.tags[at] == "G" and analysis.tags[at - 1] in "NP"


def _participle(analysis: Analysis, at: int) -> int:
    """The token of the participle before "about" or "itself", or at `at` itself."""
    before = at > 0 and (analysis.tags[at] == "I" or analysis.lowers[at] in _SELVES)
    return at - 1 if before and analysis.tags[at - 1] == "G" else at


def _is_bare(analysis: Analysis, at: int, first: int) -> bool:
    """Whether a participle alone hangs on the noun right before it."""
    group = analysis.verb_group_of[at]
    alone = group != NONE and analysis.verb_groups[group].first == at and at - 1 > first
    return alone and analysis.noun_phrase_of[at - 1] != NONE and analysis.tags[at - 1] == "N"


def _is_object(analysis: Analysis, at: int, first: int) -> bool:
    """Whether the phrase at `at` hangs on a verb or preposition, so that "and" joins clauses, not phrases."""
    before = at - 1
    return before >= first and (analysis.verb_group_of[before] != NONE or analysis.tags[before] in "IT")


def source_end(analysis: Analysis, start: int, end: int) -> int:
    """Behind the source that starts at `start` and has no verb behind it: with "of …" and an apposition."""
    tags, lowers = analysis.tags, analysis.lowers
    number = analysis.noun_phrase_of[start]
    if number == NONE:
        return start
    at = analysis.noun_phrases[number].last
    while at + 1 < end:
        if (
            tags[at] in "IC"
            and lowers[at] in ("of", "for", "at", "with", "and", "from")
            and analysis.noun_phrase_of[at + 1] != NONE
        ):
            at = analysis.noun_phrases[analysis.noun_phrase_of[at + 1]].last
        elif tags[at] == "," and tags[at + 1] in "DAHNPW":
            return _apposition_end(analysis, at, end)
        else:
            break
    return at


def _apposition_end(analysis: Analysis, comma: int, end: int) -> int:
    tags = analysis.tags
    i = comma + 1
    while i < end and tags[i] not in ".:-q":
        if tags[i] == "," and i + 1 < end and tags[i + 1] in "GqSCIE":
            return i
        if analysis.verb_group_of[i] != NONE and tags[i] == "G" and tags[i - 1] == ",":
            return i - 1
        i += 1
    return i
