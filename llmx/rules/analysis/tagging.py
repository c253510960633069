"""Tagging: a light part of speech for every token, one character each (`llmx.lexicon.function_words.TAGS`).

Closed classes come from lists, verbs from their forms, the rest from shape; a word that can be a noun or a verb is
decided by the token before it. There is no statistical tagger: it would take longer than all rules together.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from llmx.lexicon.function_words import CLOSED, DO, MONTHS, WEEKDAYS, open_class, word_set
from llmx.lexicon.verbs import Reading, VerbForm, verb_forms

_SIGNS = {
    **dict.fromkeys('“”"«»„', "q"),
    **dict.fromkeys("‘’'`", "q"),
    **dict.fromkeys(",", ","),
    **dict.fromkeys(".!?…", "."),
    **dict.fromkeys(":;", ":"),
    **dict.fromkeys("-–—―", "-"),
    **dict.fromkeys("([{", "("),
    **dict.fromkeys(")]}", ")"),
}
_CONTRACTED = {"s": "s", "re": "X", "ve": "X", "m": "X", "ll": "M", "d": "M"}
_IS_AFTER = word_set("he she it that there here what who where how")
_CALENDAR = MONTHS | WEEKDAYS
_TWO_CLASSES = word_set("that her at than least most another both many several few all")
_PLAIN = {
    **{word: tag for word, tag in CLOSED.items() if word not in _TWO_CLASSES and word[0].isalpha()},
    **dict.fromkeys('“”"«»„', "q"),
    **{sign: _SIGNS[sign] for sign in ",;:.?!()"},
}
"""Tokens that have one tag wherever they stand, as long as they are written in lower case."""

_HEADLINE_SHARE = 0.7
_NOMINAL_BEFORE = frozenset("DsAHI")
_VERBAL_BEFORE = frozenset("TMXn")


def find_names(words: Sequence[str], sentence_starts: Sequence[int]) -> frozenset[str]:
    """The words that have a capital where no sentence starts."""
    starts = frozenset(sentence_starts)
    return frozenset([word for i, word in enumerate(words) if word[0].isupper() and i not in starts])


def tag_tokens(
    words: Sequence[str], sentence_starts: Sequence[int], names: frozenset[str]
) -> tuple[str, tuple[str, ...]]:
    """Tag the tokens of a document.

    Args:
        words: The tokens.
        sentence_starts: Index of each sentence's first token, in order, 0 the first.
        names: The words with a capital elsewhere, from `find_names`.

    Returns:
        One tag a token, as one string, and the words in lower case.
    """
    lowers = tuple([word.lower().replace("’", "'") for word in words])
    plain = _PLAIN
    tags: list[str] = []
    bounds = [*sentence_starts, len(words)]
    for first, last in itertools.pairwise(bounds):
        titled = _is_titled(words[first:last])
        opens = True
        for i in range(first, last):
            word = words[i]
            tag = plain.get(word)
            if tag is None:
                capital = _capital(word, opens=opens, titled=titled, names=names) if word[0].isupper() else ""
                tag = _tag(words, lowers, tags, capital)
            tags.append(tag)
            opens = tag == "q" or (opens and tag in "-(:.")
    return "".join(tags), lowers


def _is_titled(words: Sequence[str]) -> bool:
    """Whether a sentence is a headline: nearly every longer word has a capital."""
    long = [word[0] for word in words if len(word) > 3 and word[0].isalpha()]  # noqa: PLR2004 - as style books do
    return len(long) > 2 and sum(map(str.isupper, long)) >= _HEADLINE_SHARE * len(long)  # noqa: PLR2004


def _capital(word: str, *, opens: bool, titled: bool, names: frozenset[str]) -> str:
    """What a word's capital tells: `"name"`, `"title"` (a headline's) or `"start"` (of a sentence)."""
    if titled and not (opens and word in names):
        return "title"
    if opens:
        return "name" if word in names and word.lower() not in CLOSED else "start"
    return "name"


def _tag(words: Sequence[str], lowers: Sequence[str], tags: list[str], capital: str) -> str:
    """The tag of the token behind those already tagged; `capital` is empty where it has none."""
    i = len(tags)
    word, lower = words[i], lowers[i]
    if capital == "name":
        return "P" if word != "I" else "O"
    sign = _SIGNS.get(word[0])
    if sign:
        return _sign(words, lowers, tags, sign)
    closed = CLOSED.get(lower)
    if closed:
        return _closed(lowers, tags, closed, capital)
    if lower[0].isdigit() or lower[0] in "$£€":
        return "H"
    if lower in _CALENDAR:
        return "P"
    form = verb_forms().get(lower)
    if form:
        return _verb_or_noun(lowers, tags, form, capital)
    if not lower[0].isalpha():
        return "P" if lower[0] in "@#" and len(lower) > 1 else "o"
    tag = open_class(lower)
    return "P" if capital and tag == "N" else tag


def _sign(words: Sequence[str], lowers: Sequence[str], tags: list[str], sign: str) -> str:
    """The tag of a sign; an apostrophe may be a possessive mark or a contraction."""
    i = len(tags)
    rest = lowers[i][1:]
    if words[i] in ("''", "``"):
        return "q"
    if sign == "q" and rest in _CONTRACTED and i and tags[-1] not in "q,.":
        if rest == "s" and (lowers[i - 1] in _IS_AFTER or (i + 1 < len(words) and lowers[i + 1] in _NOT_OWNED)):
            return "X"
        return _CONTRACTED[rest]
    if sign == "q" and not rest and words[i] in "’'" and i and lowers[i - 1].endswith("s") and tags[-1] in "NP":
        opened = sum(word in "‘'" for word in words[max(0, i - 40) : i]) if words[i] == "’" else 0
        follows = words[i + 1][0] if i + 1 < len(words) else ""
        return "s" if follows.isalnum() and not opened else "q"
    if sign == "." and len(words[i]) > 1 and words[i][0] == "." and words[i][1] not in ". ":
        return "o"
    return sign


_NOT_OWNED = word_set("a an the not been going it he she they that also")


def _closed(lowers: Sequence[str], tags: list[str], tag: str, capital: str) -> str:
    """The tag of a function word; a few are of two classes."""
    i = len(tags)
    lower = lowers[i]
    if capital == "title" and tag in "ARI" and lower not in ("about", "for", "by", "in", "on", "of", "with", "from"):
        return "P" if tag == "A" else tag
    if lower == "that" and i + 1 < len(lowers):
        # behind a noun or a verb it opens a clause; before a noun at a clause's start it points
        return "S" if i and tags[-1] not in "I,.q:CT" else _that(lowers, i)
    if lower == "her":
        return "O" if _ends(lowers, i) or CLOSED.get(lowers[i + 1]) in _NO_NOUN else "D"
    if (
        lower in ("at", "than")
        and i + 1 < len(lowers)
        and (lowers[i + 1] in ("least", "most") or _is_number(lowers[i + 1]))
    ):
        return "R" if lower == "at" and not _is_number(lowers[i + 1]) else ("D" if lower == "than" else tag)
    if lower in ("least", "most") and i and lowers[i - 1] == "at":
        return "R"
    return "O" if lower in ("another", "both", "many", "several", "few", "most", "all") and _ends(lowers, i) else tag


def _is_number(word: str) -> bool:
    return word[0].isdigit() or CLOSED.get(word) == "H"


_NO_NOUN = frozenset("TISOWCMRD")


def _that(lowers: Sequence[str], i: int) -> str:
    """Pointing "that" or the subordinator, told by the word behind it."""
    after = lowers[i + 1]
    if CLOSED.get(after) in ("X", "M"):
        return "O"
    return "S" if after in CLOSED else "D"


def _ends(lowers: Sequence[str], i: int) -> bool:
    """Whether a quantity stands without its noun: "many say"."""
    if i + 1 >= len(lowers):
        return True
    after = lowers[i + 1]
    form = verb_forms().get(after)
    return CLOSED.get(after) in ("X", "M") or (form is not None and form.reading is Reading.VERB)


def _verb_or_noun(lowers: Sequence[str], tags: list[str], form: VerbForm, capital: str) -> str:
    """The tag of a word that can be a form of a verb."""
    at = _before(tags)
    before = tags[at] if at >= 0 else "."
    if form.kinds == "g":
        return "N" if before in _NOMINAL_BEFORE and before not in "IH" else "G"
    if capital == "title" and (before not in "NPOqTMW)," or form.reading is Reading.NOUN):
        return "P"
    if form.kinds in ("d", "n", "dn"):
        adjective = before in _NOMINAL_BEFORE and before != "I" and form.kinds != "d" and not _is_year(lowers, at)
        return "A" if adjective else "E"
    i = len(tags)
    after = lowers[i + 1] if i + 1 < len(lowers) else ""
    if "s" in form.kinds:
        return _third_person(before, after, form)
    if before == "X" and lowers[at] not in DO:
        return "E" if "n" in form.kinds else "N"
    return _base(before, after, form)


def _is_year(lowers: Sequence[str], at: int) -> bool:
    """Whether the token is a year that a preposition leads in: "a storm in 1976 killed"."""
    return len(lowers[at]) == 4 and lowers[at].isdigit() and at > 0 and lowers[at - 1] in ("in", "since", "of")  # noqa: PLR2004


def _before(tags: list[str]) -> int:
    """Index of the token before, adverbs skipped; -1 at the start."""
    at = len(tags) - 1
    while at >= 0 and tags[at] in "Rn":
        at -= 1
    return at


def _third_person(before: str, after: str, form: VerbForm) -> str:
    if before in _NOMINAL_BEFORE or before in "TMX":
        return "N"
    if form.reading is Reading.VERB:
        return "Z"
    clause = _opens_clause(after)
    if before in "OW":
        return "Z"
    if before in "NPSq),":
        return "Z" if clause or (form.reading is Reading.EITHER and before == "P") else "N"
    return "N"


def _base(before: str, after: str, form: VerbForm) -> str:
    if before in _VERBAL_BEFORE:
        return "V"
    if before in _NOMINAL_BEFORE:
        return "N"
    if before in "OW":
        return "V"
    if form.reading is Reading.VERB:
        return "V"
    if form.reading is Reading.NOUN:
        return "N"
    clause = _opens_clause(after)
    return "V" if before in "NPCG" and clause else "N"


def _opens_clause(word: str) -> bool:
    """Whether what follows is likely an object or a clause, so that the word before it is a verb."""
    return CLOSED.get(word) in ("D", "S", "O", "T", "W") or word.startswith(("“", '"', "‘"))
