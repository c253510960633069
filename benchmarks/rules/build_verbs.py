"""Write `verbs.tsv`: the verbs of English news, their irregular forms, and what their homographs usually are.

Run it with two more packages than llmx needs, and texts to count in:

    python benchmarks/rules/build_verbs.py TEXTS.jsonl ... > llmx/lexicon/verbs.tsv

Forms come from lemminflect (MIT; after the SPECIALIST lexicon of the US National Library of Medicine), frequencies from
wordfreq (Apache-2.0). From the texts (`{"text": ...}` a line) only this is counted: how often a form stands where
only a noun can ("the plan") or only a verb ("to plan"). No words of them are kept.
"""

from __future__ import annotations

import itertools
import json
import re
import sys
from collections import Counter
from pathlib import Path

from llmx.lexicon.cues import cues
from llmx.lexicon.function_words import word_set
from llmx.lexicon.verbs import gerund, past, third_person

LEAST_FREQUENCY = 2.6
LEAST_SEEN = 3
RARE = word_set(
    "extradite arraign inaugurate reappoint capsize nationalize privatize hospitalize electrocute asphyxiate"
    " repatriate expropriate impound ransack torch raze embezzle demobilize besiege inundate emplace redeploy"
    " rearrest strafe vandalize quarantine furlough evict"
)
"""Deeds that news tells of and that are rare elsewhere."""

_NOUN_BEFORE = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "these",
        "those",
        "its",
        "his",
        "my",
        "our",
        "your",
        "some",
        "any",
        "no",
        "each",
        "every",
        "of",
    ]
)
_VERB_BEFORE = frozenset(
    [
        "to",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "shall",
        "should",
        "i",
        "he",
        "she",
        "it",
        "they",
        "we",
        "you",
        "who",
        "did",
        "does",
        "do",
        "not",
    ]
)
_WORD = re.compile(r"[^\W\d_]+|'s|’s|[.,;:]")


def main(paths: list[str]) -> None:
    """Print the list, the most frequent verb first."""
    from lemminflect import getAllInflections, getAllLemmas  # noqa: PLC0415 - needed for building alone
    from wordfreq import top_n_list, zipf_frequency  # noqa: PLC0415 - needed for building alone

    nouns, verbs = _count(paths)
    lemmas: dict[str, float] = {}
    for word in top_n_list("en", 45000):
        for lemma in getAllLemmas(word).get("VERB", ()):
            if lemma.isalpha() and lemma.islower() and len(lemma) > 1:
                lemmas[lemma] = zipf_frequency(lemma, "en")
    wanted = {lemma for lemma, part in cues() if part == "verb"}
    wanted |= RARE
    lemmas |= {lemma: zipf_frequency(lemma, "en") for lemma in wanted}
    print(
        "# verb, usual reading of base form and third person (v verb, n noun, e either),"
        " irregular: third, past, participle, -ing"
    )
    for lemma, frequency in sorted(lemmas.items(), key=lambda item: (-item[1], item[0])):
        if lemma in _NEVER:
            continue
        seen = sum(verbs[form] for form in (lemma, third_person(lemma)))
        if frequency < LEAST_FREQUENCY and not seen and lemma not in wanted:
            continue
        known = getAllInflections(lemma)
        is_noun = bool(getAllInflections(lemma, "NOUN")) or bool(getAllInflections(lemma, "ADJ"))
        forms = [_other(known, tag, rule(lemma)) for tag, rule in _RULES]
        third = forms[0].split("/")[0] or third_person(lemma)
        base = _reading(nouns[lemma], verbs[lemma], is_noun, rare="n")
        readings = base + _reading(nouns[third], verbs[third], is_noun, rare="v" if base == "v" else "n")
        print("\t".join([lemma, readings, *forms]).rstrip())


_RULES = (("VBZ", third_person), ("VBD", past), ("VBN", past), ("VBG", gerund))
_NEVER = frozenset(
    [
        "be",
        "have",
        "do",
        "will",
        "can",
        "may",
        "must",
        "might",
        "shall",
        "should",
        "would",
        "could",
        "s",
        "t",
        "m",
        "re",
        "ve",
        "ll",
        "d",
    ]
)


def _other(known: dict[str, tuple[str, ...]], tag: str, regular: str) -> str:
    """The forms for `tag`, parted by "/", where they are not the regular one alone."""
    forms = known.get(tag, (regular,))
    return "" if set(forms) == {regular} else "/".join(forms)


def _reading(as_noun: int, as_verb: int, is_noun: bool, *, rare: str) -> str:  # noqa: FBT001 - counts and a flag
    if not is_noun:
        return "v"
    if as_noun + as_verb < LEAST_SEEN:
        return rare
    share = as_verb / (as_noun + as_verb)
    return "v" if share > 0.85 else "n" if share < 0.3 else "e"


def _count(paths: list[str]) -> tuple[Counter[str], Counter[str]]:
    nouns: Counter[str] = Counter()
    verbs: Counter[str] = Counter()
    for path in paths:
        for line in Path(path).read_text(encoding="utf-8").splitlines():
            words = _WORD.findall(json.loads(line)["text"].lower())
            for before, word in itertools.pairwise(words):
                nouns[word] += before in _NOUN_BEFORE or before in ("'s", "’s")
                verbs[word] += before in _VERB_BEFORE
    return nouns, verbs


if __name__ == "__main__":
    main(sys.argv[1:])
