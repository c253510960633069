"""Features: what speaks for or against a candidate, by name, so that weights can be read."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from llmx.lexicon.cues import cues
from llmx.lexicon.function_words import CLOSED
from llmx.rules.analysis import NONE, Analysis, VerbGroup
from llmx.rules.attribution.candidates import Candidate

_SIZES = (2, 4, 8)


def verb_features(analysis: Analysis, found: Candidate, group: VerbGroup, number: int) -> Candidate:
    """`found` with the features of a verb cue."""
    lowers, tags = analysis.lowers, analysis.tags
    lemma, complement = found.lemma, found.complement
    kind = complement.kind if found.rule == "verb-content" else found.rule
    if kind == "pp":
        kind = f"pp-{complement.word}"
    if complement.between:
        kind = f"~{kind}"
    elif complement.more:
        kind = f"{kind}~{complement.more}"
    before = analysis.verb_groups[number - 1] if number else None
    chain = before.lemma if before and before.last == group.first else ""
    subject, head = _subject_class(analysis, found)
    opener = (
        lowers[found.source[0] - 1]
        if found.source and found.source[0] > analysis.sentence_at(group.main).first
        else "^"
    )
    stance = stance_of(lemma)
    names = [
        "bias",
        f"class={stance}",
        f"class+kind={stance}+{kind}",
        f"class+form={stance}+{group.form}",
        f"lemma={lemma}",
        f"kind={kind}",
        f"lemma+kind={lemma}+{kind}",
        f"subject={subject}",
        f"head={head}",
        f"subject+kind={subject}+{kind}",
        f"form={group.form}+{tags[group.main]}",
        f"form+kind={group.form}+{tags[group.main]}+{kind}",
        f"behind={lowers[group.last] if CLOSED.get(lowers[group.last]) else tags[group.last]}",
        f"opener={opener if opener in CLOSED or opener == '^' or not found.source else tags[found.source[0] - 1]}",
    ]
    if chain:
        names += [f"chain={chain}", "chained"]
    if group.passive:
        names += ["passive", f"passive+lemma={lemma}"]
    if group.negated:
        names.append("negated")
    if group.modal:
        names += [f"modal={group.modal}", "modal"]
    size = found.content[-1][1] - found.content[0][0]
    names.append(f"size={bisect_right(_SIZES, size) + 1}")
    sentence = analysis.sentence_at(group.main)
    depth = sum(
        1
        for n in range(max(0, number - 4), number)
        if analysis.verb_groups[n].first >= sentence.first and analysis.verb_groups[n].form == "finite"
    )
    names.append(f"depth={min(depth, 3)}")
    if any(
        analysis.quotation_of[i] != NONE
        for i in range(found.content[0][0], min(len(analysis), found.content[0][0] + 12))
    ):
        names.append("quotation")
    return replace(found, features=tuple(names))


def stance_of(lemma: str) -> str:
    """The stance of a verb, or of the adjective behind a form of be; `none` for a word that is no known cue."""
    parts = lemma.split(" ")
    cue = cues().get((parts[-1], "adjective" if len(parts) > 1 else "verb"))
    return cue.stance if cue else "none"


def _subject_class(analysis: Analysis, found: Candidate) -> tuple[str, str]:
    """What kind of words the source is, and its head in lower case."""
    if found.source is None:
        return "none", ""
    first, last = found.source
    number = analysis.noun_phrase_of[first]
    if number == NONE:
        return f"w-{analysis.lowers[first]}", ""
    head = min(analysis.noun_phrases[number].head, last - 1)
    tag = analysis.tags[head]
    word = analysis.lowers[head]
    if tag == "O":
        return f"pronoun-{word}", word
    if tag == "N":
        return ("plural" if word.endswith("s") else "noun"), word
    return tag, word if tag == "P" else ""
