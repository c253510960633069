"""Tagging: a light part of speech for every token, one character each (`llmx.lexicon.function_words.TAGS`).

Closed classes come from lists, verbs from their forms, the rest from shape; a word that can be a noun or a verb is
decided by the token before it. There is no statistical tagger: it would take longer than all rules together.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import lru_cache

from llmx.lexicon.function_words import CLOSED, DO, MONTHS, WEEKDAYS, open_class, word_set
from llmx.lexicon.remembered import Remembered
from llmx.lexicon.verbs import Reading, VerbForm, verb_form

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
_SET = word_set("fire ablaze alight off")
_DOING = word_set("open clear free own")
"""Adjectives that are verbs behind "to" and behind a modal: "will open"."""
_TWO_CLASSES = _DOING | word_set("last military public that her at than least most another both many several few all")
_PLAIN = {
    **{word: tag for word, tag in CLOSED.items() if word not in _TWO_CLASSES and word[0].isalpha()},
    **dict.fromkeys('“”"«»„', "q"),
    **{sign: _SIGNS[sign] for sign in ",;:.?!()"},
}
"""Tokens that have one tag wherever they stand, as long as they are written in lower case."""

_CAPITAL, _VERB, _OTHER = "^", "+", "?"
_CAPITALS = re.compile(re.escape(_CAPITAL))
_OPEN = _CAPITAL + _VERB + _OTHER
"""What kind of word it is whose tag depends on its place: no signs of tags."""

_NAMED = {"I": "O"}
"""The words with a capital within a sentence that are no names."""

_HEADLINE_SHARE = 0.7
_HEADLINE_LEAST = 3
"""Capitals without which a sentence cannot be a headline."""

_NOMINAL_BEFORE = frozenset("DsAHI")
_VERBAL_BEFORE = frozenset("TMXn")


def tag_tokens(words: Sequence[str], sentence_starts: Sequence[int]) -> tuple[str, tuple[str, ...], frozenset[str]]:
    """Tag the tokens of a document.

    Args:
        words: The tokens.
        sentence_starts: Index of each sentence's first token, in order, 0 the first.

    Returns:
        One tag a token, as one string; the words in lower case, with straight apostrophes; and the words that have a
        capital where no sentence starts.
    """
    lowers = _lowered(words)
    tags = list(map(_kinds().__getitem__, words))
    kinds = "".join(tags)
    names = _names(words, kinds, sentence_starts)
    ends = iter([*sentence_starts[1:], len(words)])
    first = last = 0
    titled = False
    for i in itertools.compress(range(len(words)), map(_OPEN.__contains__, kinds)):
        if i >= last:
            while i >= last:
                first, last = last, next(ends)
            titled = _is_titled(words[first:last], capitals=kinds.count(_CAPITAL, first, last))
        kind = tags[i]
        form = verb_form(lowers[i]) if kind == _VERB else None
        if form:
            tags[i] = _verb_or_noun(lowers, tags, i, form, "")
        elif kind != _CAPITAL:
            tags[i] = _tag(words, lowers, tags, i, "")
        elif not titled and i > first and tags[i - 1] not in "q-(:.":
            tags[i] = _NAMED.get(words[i], "P")
        else:
            capital = _capital(words[i], opens=_opens(tags, i, first), titled=titled, names=names)
            tags[i] = _tag(words, lowers, tags, i, capital)
    return "".join(tags), lowers, names


def _names(words: Sequence[str], kinds: str, sentence_starts: Sequence[int]) -> frozenset[str]:
    """The words that have a capital where no sentence starts."""
    capitals = {found.start() for found in _CAPITALS.finditer(kinds)}
    return frozenset([words[i] for i in capitals.difference(sentence_starts)])


def _lowered(words: Sequence[str]) -> tuple[str, ...]:
    """The words in lower case, with straight apostrophes; all at once, since a call for each word takes longer."""
    lowers = tuple("\0".join(words).lower().replace("’", "'").split("\0")) if words else ()
    if len(lowers) == len(words):
        return lowers
    return tuple([word.lower().replace("’", "'") for word in words])


@lru_cache(maxsize=1)
def _kinds() -> Remembered[str]:
    """The tags or kinds of the words seen so far."""
    return Remembered(_tag_or_kind, most=1 << 15)


def _tag_or_kind(word: str) -> str:
    """The tag that `word` has wherever it stands, or what kind of word it is where that depends on its place."""
    if word in _PLAIN:
        return _PLAIN[word]
    sign = _SIGNS.get(word[0])
    if word[0].isupper():
        return _CAPITAL
    if sign:
        return _OTHER if sign == "q" else _sign(word, sign)
    lower = word.lower().replace("’", "'")
    if lower in CLOSED:
        return _OTHER if lower in _TWO_CLASSES else CLOSED[lower]
    return _shape(lower) or (_VERB if verb_form(lower) else _open(lower))


def _sign(word: str, sign: str) -> str:
    """The tag of a sign that is no quotation mark; a point with more behind it is part of something else."""
    return "o" if word[0] == "." and len(word) > 1 and word[1] not in ". " else sign


def _opens(tags: Sequence[str], i: int, first: int) -> bool:
    """Whether nothing but signs stands between token `i` and a quotation mark or the start `first` of the sentence."""
    at = i - 1
    while at >= first and tags[at] in "-(:.":
        at -= 1
    return at < first or tags[at] == "q"


def _is_titled(words: Sequence[str], *, capitals: int) -> bool:
    """Whether a sentence is a headline: nearly every longer word has a capital.

    Args:
        words: The sentence.
        capitals: How many of its words have one.
    """
    if capitals < _HEADLINE_LEAST:
        return False
    most_small = capitals * (1 - _HEADLINE_SHARE) / _HEADLINE_SHARE
    long = small = 0
    for word in words:
        if len(word) > 3 and word[0].isalpha():  # noqa: PLR2004 - as style books do
            long += 1
            if not word[0].isupper():
                small += 1
                if small > most_small:
                    return False
    return long > 2 and long - small >= _HEADLINE_SHARE * long  # noqa: PLR2004


def _capital(word: str, *, opens: bool, titled: bool, names: frozenset[str]) -> str:
    """What a word's capital tells: `"name"`, `"title"` (a headline's) or `"start"` (of a sentence)."""
    if titled and not (opens and word in names):
        return "title"
    if opens:
        return "name" if word in names and word.lower() not in CLOSED else "start"
    return "name"


def _tag(words: Sequence[str], lowers: Sequence[str], tags: Sequence[str], i: int, capital: str) -> str:
    """The tag of token `i`, which depends on the tags before it; `capital` is empty where it has none."""
    word, lower = words[i], lowers[i]
    if capital == "name":
        return _NAMED.get(word, "P")
    sign = _SIGNS.get(word[0])
    if sign:
        return _quotation_mark(words, lowers, tags, i) if sign == "q" else _sign(word, sign)
    closed = CLOSED.get(lower)
    if closed:
        return _closed(lowers, tags, i, closed, capital)
    shape = _shape(lower)
    if shape:
        return shape
    form = verb_form(lower)
    if form:
        return _verb_or_noun(lowers, tags, i, form, capital)
    tag = _open(lower)
    return "P" if capital and tag == "N" else tag


def _shape(lower: str) -> str:
    """The tag that a number has, or a day; else empty."""
    if lower[0].isdigit() or lower[0] in "$£€":
        return "H"
    return "P" if lower in _CALENDAR else ""


def _open(lower: str) -> str:
    """The tag of a word of no list."""
    if not lower[0].isalpha():
        return "P" if lower[0] in "@#" and len(lower) > 1 else "o"
    return open_class(lower)


def _quotation_mark(words: Sequence[str], lowers: Sequence[str], tags: Sequence[str], i: int) -> str:
    """The tag of what starts with a quotation mark; an apostrophe may be a possessive mark or a contraction."""
    rest = lowers[i][1:]
    if words[i] in ("''", "``"):
        return "q"
    if rest in _CONTRACTED and i and tags[i - 1] not in "q,.":
        if rest == "s" and (lowers[i - 1] in _IS_AFTER or (i + 1 < len(words) and lowers[i + 1] in _NOT_OWNED)):
            return "X"
        return _CONTRACTED[rest]
    if not rest and words[i] in "’'" and i and lowers[i - 1].endswith("s") and tags[i - 1] in "NP":
        opened = sum(word in "‘'" for word in words[max(0, i - 40) : i]) if words[i] == "’" else 0
        follows = words[i + 1][0] if i + 1 < len(words) else ""
        return "s" if follows.isalnum() and not opened else "q"
    return "q"


_NOT_OWNED = word_set("a an the not been going it he she they that also")


def _closed(lowers: Sequence[str], tags: Sequence[str], i: int, tag: str, capital: str) -> str:
    """The tag of a function word; a few are of two classes."""
    lower = lowers[i]
    if capital == "title" and tag in "ARI" and lower not in ("about", "for", "by", "in", "on", "of", "with", "from"):
        return "P" if tag == "A" else tag
    if lower == "that" and i + 1 < len(lowers):
        # behind a noun or a verb it opens a clause; before a noun at a clause's start it points
        return "S" if i and tags[i - 1] not in "I,.q:CT" else _that(lowers, i)
    if lower == "her":
        return "O" if _ends(lowers, i) or CLOSED.get(lowers[i + 1]) in _NO_NOUN else "D"
    if lower in _DOING:
        return "V" if i and tags[i - 1] in "MT" else tag
    if lower == "last":
        lasts = i and tags[i - 1] in "MT" and CLOSED.get(lowers[i + 1] if i + 1 < len(lowers) else "", "N") in "IDHR"
        return "V" if lasts else tag
    if lower in ("military", "public"):
        return "N" if _ends_phrase(lowers, i) else tag
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
    form = verb_form(after)
    return CLOSED.get(after) in ("X", "M") or (form is not None and form.reading is Reading.VERB)


def _verb_or_noun(lowers: Sequence[str], tags: Sequence[str], i: int, form: VerbForm, capital: str) -> str:
    """The tag of a word that can be a form of a verb."""
    at = i - 1
    while at >= 0 and tags[at] in "Rn":
        at -= 1
    before = tags[at] if at >= 0 else "."
    if form.kinds == "g" and lowers[i] in _GERUND_NOUNS and before == "N" and not lowers[at].endswith("s"):
        return "N"  # "a security meeting", but "leaders meeting in"
    if form.kinds == "g":
        return "N" if before in _NOMINAL_BEFORE and before not in "IH" else "G"
    if capital == "title" and (before not in "NPOqTMW)," or form.reading is Reading.NOUN):
        return "P"
    if form.kinds in ("d", "n", "dn"):
        if form.kinds == "d" or (lowers[i] == "said" and before != "D"):
            return "E"
        return "A" if before in _NOMINAL_BEFORE and before != "I" and not _is_year(lowers, at) else "E"
    after = lowers[i + 1] if i + 1 < len(lowers) else ""
    if "s" in form.kinds:
        return _third_person(before, after, form)
    if form.lemma == "set" and after in _SET:
        return "V"
    if before == "X" and lowers[at] not in DO:
        return "E" if "n" in form.kinds else "N"
    if after == "to" and before in "NP" and lowers[at].endswith("s") and form.reading is Reading.NOUN:
        return "V"  # "prosecutors plan to"
    return _base(before, after, form)


def _ends_phrase(lowers: Sequence[str], i: int) -> bool:
    """Whether no noun follows: "the military said", "the military in the north"."""
    if i + 1 >= len(lowers):
        return True
    after = lowers[i + 1]
    form = verb_form(after)
    closed = CLOSED.get(after, "")
    if closed:
        return closed not in "ADH"
    return not after[0].isalnum() or (form is not None and form.kinds[0] in "dns" and form.reading is not Reading.NOUN)


def _is_year(lowers: Sequence[str], at: int) -> bool:
    """Whether the token is a year that a preposition leads in: "a storm in 1976 killed"."""
    return len(lowers[at]) == 4 and lowers[at].isdigit() and at > 0 and lowers[at - 1] in ("in", "since", "of")  # noqa: PLR2004


def _third_person(before: str, after: str, form: VerbForm) -> str:
    if before in _NOMINAL_BEFORE or before in "TMX":
        return "N"
    next_form = verb_form(after) if before in "PNW" else None
    if next_form and next_form.kinds in ("d", "dn") and after not in CLOSED and form.reading is not Reading.VERB:
        return "N"  # "smaller protests took place", "where scouts handed out tea"
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
    if after in _BEHIND_PAST and "d" in form.kinds and before in "NP":
        return "E"  # "cholera spread through the port", "soldiers set fire to"
    clause = _opens_clause(after)
    return "V" if before in "NPCG" and clause else "N"


_GERUND_NOUNS = frozenset(["meeting", "hearing", "bombing", "shooting"])
_BEHIND_PAST = frozenset(["through", "across", "into", "fire", "ablaze"])


def _opens_clause(word: str) -> bool:
    """Whether what follows is likely an object or a clause, so that the word before it is a verb."""
    return CLOSED.get(word) in ("D", "S", "O", "T", "W") or word.startswith(("“", '"', "‘"))
