"""Labelled alignment cases: a quote, a text, and where the quote stands or that it stands nowhere.

A case is made from the text it belongs to: a true quote is a piece of the text, written in one of the ways in which
models and editors write it differently; a false one changes what it says. Nothing here imports llmx.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from texts import HARBOUR, MINE, STRAIT, Text
from texts_other import OTHERS

ENGLISH = (HARBOUR, MINE, STRAIT)
_WORD = re.compile(r"\S+")
_FUNCTION = {
    "en": ["the", "a", "an", "of", "to", "in", "that", "on", "at", "for", "and", "with", "has", "had", "was", "is"],
    "fr": ["le", "la", "les", "des", "de", "du", "à", "un", "une"],
    "de": ["der", "die", "das", "den", "dem", "ein", "eine"],
    "tr": ["bir", "da", "de"],
    "ru": ["в", "на", "и", "с"],
}
_AMOUNT = re.compile(
    r"[ -](?:hundred|thousand|[mb]illion|Million(?:en)?|Milliarden?|millions?|milliards?|milyon|milyar|тысяч|миллион"
    r"|מיליון|مليون|ملايين)"
)


@dataclass(frozen=True)
class Case:
    """One case.

    Attributes:
        kind: What is different, as the table names it.
        text: The text to search in.
        quote: What is offered.
        spans: The places that are right; empty where the quote must be refused.
        near: Where it is expected, or `None`.
        ambiguous: Whether it must be reported as ambiguous.
    """

    kind: str
    text: str
    quote: str
    spans: tuple[tuple[int, int], ...]
    near: tuple[int, int] | None = None
    ambiguous: bool = False


def generate(seed: int) -> list[Case]:
    """All cases for one seed."""
    rnd = random.Random(seed)
    cases: list[Case] = []
    for text in ENGLISH:
        for maker, count in _ENGLISH_KINDS:
            cases += _some(maker, text, rnd, count)
    for text in OTHERS:
        for maker, count in _OTHER_KINDS:
            cases += _some(maker, text, rnd, count)
    cases += _special(rnd)
    for text in (*ENGLISH, *OTHERS):
        cases += _changed(text, rnd)
        cases += _cut_amounts(text)
    cases += _false(rnd)
    return cases


def _some(
    maker: Callable[[Text, random.Random], Case | None], text: Text, rnd: random.Random, count: int
) -> Iterator[Case]:
    made: set[str] = set()
    for _ in range(count * 30):
        case = maker(text, rnd)
        if case is None or case.quote in made:
            continue
        made.add(case.quote)
        yield case
        if len(made) == count:
            return


def _piece(text: Text, rnd: random.Random, low: int = 4, high: int = 14) -> tuple[int, int] | None:
    """A run of whole words within one paragraph, without punctuation at its ends, that stands only once."""
    paragraphs = [m for m in re.finditer(r"(?:.+\n?)+", text.body) if len(m[0]) > 80 and "ALSO READ" not in m[0]]
    paragraph = rnd.choice(paragraphs)
    if text.language in {"zh", "ja"}:
        return _unspaced_piece(text, paragraph, rnd)
    words = [m.span() for m in _WORD.finditer(text.body, paragraph.start(), paragraph.end())]
    if len(words) < low:
        return None
    size = rnd.randint(low, min(high, len(words)))
    at = rnd.randrange(len(words) - size + 1)
    start, end = words[at][0], words[at + size - 1][1]
    start, end = _trim(text.body, start, end)
    piece = text.body[start:end]
    if re.search(r"\d $", text.body[start - 2 : start]) and piece[:1].isdigit():
        return None  # within a number written in groups
    if piece[-1:].isdigit() and re.match(r" \d{3}\b", text.body[end:]):
        return None
    if _AMOUNT.match(text.body, end):
        return None
    return (start, end) if text.body.count(piece) == 1 and text.body.lower().count(piece.lower()) == 1 else None


def _unspaced_piece(text: Text, paragraph: re.Match[str], rnd: random.Random) -> tuple[int, int] | None:
    clauses = [m.span() for m in re.finditer(r"[^，。、“”「」\s]+", text.body[paragraph.start() : paragraph.end()])]
    at = rnd.randrange(len(clauses))
    size = rnd.randint(1, min(3, len(clauses) - at))
    start, end = paragraph.start() + clauses[at][0], paragraph.start() + clauses[at + size - 1][1]
    return (start, end) if end - start >= 4 and text.body.count(text.body[start:end]) == 1 else None


def _trim(body: str, start: int, end: int) -> tuple[int, int]:
    while start < end and not (body[start].isalnum() or body[start] in "$€"):
        start += 1
    while end > start and not (body[end - 1].isalnum() or body[end - 1] == "%"):
        end -= 1
    if re.search(r"\b(?:[ap]\.m|Dr)$", body[start:end]):
        end += 1
    return start, end


def _rewrite(kind: str, change: Callable[[str, random.Random], str], low: int = 4, high: int = 14):
    def make(text: Text, rnd: random.Random) -> Case | None:
        span = _piece(text, rnd, low, high)
        if span is None:
            return None
        piece = text.body[slice(*span)]
        quote = change(piece, rnd)
        if quote == piece and kind != "exact":
            return None
        return Case(kind, text.body, quote, (span,))

    return make


def _spaces(piece: str, rnd: random.Random) -> str:
    space = rnd.choice(["\n", "  ", "\t", "\r\n", " \n ", "\xa0"])
    words = piece.split(" ")
    at = rnd.randrange(1, len(words)) if len(words) > 1 else 0
    return " ".join(words[:at]) + space + " ".join(words[at:]) if at else piece


def _marks(piece: str, rnd: random.Random) -> str:
    table = rnd.choice(
        [
            {"“": '"', "”": '"', "’": "'", "–": "-", "—": "-", '"': "“", "'": "’"},
            {"“": "«", "”": "»", "’": "‘", "—": "–", '"': "„", "'": "′", "-": "‑"},
            {"“": "''", "”": "''", "’": "`", "—": "--", "-": "–", '"': "”", "'": "ʼ"},
        ]
    )
    return "".join(table.get(char, char) for char in piece)


def _insert(what: str) -> Callable[[str, random.Random], str]:
    def change(piece: str, rnd: random.Random) -> str:
        places = [m.start() + len(m[0]) // 2 for m in re.finditer(r"[^\W\d_]{5,}", piece)]
        if not places:
            return piece
        at = rnd.choice(places)
        return piece[:at] + what + piece[at:]

    return change


def _ligature(piece: str, rnd: random.Random) -> str:
    del rnd
    return piece.replace("ffi", "ﬃ").replace("fi", "ﬁ").replace("fl", "ﬂ").replace("ff", "ﬀ")


def _nfd(piece: str, rnd: random.Random) -> str:
    del rnd
    return unicodedata.normalize("NFD", piece)


def _case(piece: str, rnd: random.Random) -> str:
    return rnd.choice([str.upper, str.lower, str.title])(piece)


def _turkish_case(piece: str, rnd: random.Random) -> str:
    if rnd.random() < 0.5:
        return piece.replace("i", "İ").replace("ı", "I").upper()
    return piece.replace("I", "ı").replace("İ", "i").lower()


def _entities(piece: str, rnd: random.Random) -> str:
    names = {
        "“": "&ldquo;",
        "”": "&rdquo;",
        "’": "&rsquo;",
        '"': "&quot;",
        "'": "&#39;",
        "—": "&mdash;",
        "é": "&eacute;",
        "ö": "&ouml;",
        "ü": "&#252;",
    }
    quote = "".join(names.get(char, char) for char in piece)
    return quote if quote != piece else quote.replace(" ", rnd.choice(["&nbsp;", "&#160;"]), 1)


def _edges(piece: str, rnd: random.Random) -> str:
    left, right = rnd.choice(
        [
            ("“", "”"),
            ('"', '"'),
            ("'", "'"),
            ("", "."),
            ("", ","),
            ("«", "»"),
            ("(", ")"),
            ("- ", ""),
            ("", '."'),
            ("…", ""),
            ("", "…"),
            ("... ", " ..."),
        ]
    )
    return left + piece + right


def _full_width(piece: str, rnd: random.Random) -> str:
    del rnd
    table = {"，": ",", "。": ".", "、": ",", "“": '"', "”": '"', "「": "『", "」": "』", "%": "％", "：": ":"}
    digits = {str(n): chr(0xFF10 + n) for n in range(10)}
    return "".join(table.get(char, digits.get(char, char)) for char in piece)


def _vowels(piece: str, rnd: random.Random) -> str:
    return "".join(
        char + (rnd.choice("\u064e\u064f\u0650\u0652") if rnd.random() < 0.4 and "\u0621" <= char <= "\u064a" else "")
        for char in piece
    )


def _tatweel(piece: str, rnd: random.Random) -> str:
    return _insert("\u0640" * rnd.randint(1, 3))(piece, rnd)


def _elision(text: Text, rnd: random.Random) -> Case | None:
    one, other = _piece(text, rnd, 3, 7), _piece(text, rnd, 3, 7)
    if one is None or other is None:
        return None
    one, other = sorted((one, other))
    gap = text.body[one[1] : other[0]]
    if (
        not 12 <= len(gap) <= 400
        or len(gap.split()) < 3
        or re.search(r"\b(?:not|no|nobody|without|denied|never|n't|only)\b", gap)
        or re.search(r"\b(?:could|may|might|would|should|must|reportedly|than|about|nearly|almost)\s*$", gap)
    ):
        return None
    mark = rnd.choice([" … ", " ... ", " [...] ", "... ", " […] ", "…", " (...) "])
    return Case("elision", text.body, text.body[slice(*one)] + mark + text.body[slice(*other)], (one, other))


def _reversed_elision(text: Text, rnd: random.Random) -> Case | None:
    case = _elision(text, rnd)
    if case is None:
        return None
    (a, b), (c, d) = case.spans
    return Case("elision reversed", text.body, f"{text.body[c:d]} … {text.body[a:b]}", ())


def _stitched(text: Text, rnd: random.Random) -> Case | None:
    case = _elision(text, rnd)
    if case is None:
        return None
    (a, b), (c, d) = case.spans
    return Case("stitched without a mark", text.body, f"{text.body[a:b]} {text.body[c:d]}", ())


def _dropped(text: Text, rnd: random.Random) -> Case | None:
    span = _piece(text, rnd, 7, 14)
    if span is None:
        return None
    piece = text.body[slice(*span)]
    words = piece.split(" ")
    small = [
        i
        for i in range(1, len(words) - 1)
        if words[i] in _FUNCTION.get(text.language, ()) and not _weighs(words[i - 1], words[i + 1], words[i])
    ]
    if not small:
        return None
    at = rnd.choice(small)
    return Case("dropped function word", text.body, " ".join(words[:at] + words[at + 1 :]), (span,))


def _weighs(before: str, after: str, word: str) -> bool:
    """Whether the small word between these two carries meaning: a bound, a passive, a list of numbers."""
    if (
        re.search(r"\d", before)
        or re.search(r"\d", after)
        or after in {"least", "most"}
        or before in {"up", "fewer", "more", "less"}
    ):
        return True
    if word in {"was", "is", "has", "had", "and", "a"}:
        return True
    return (
        re.fullmatch(
            r"two|three|four|five|nine|eleven|each|all|both|half|third|fifth|quarter|dozen|several|hundreds?",
            before + after,
        )
        is not None
    )


def _typo(text: Text, rnd: random.Random) -> Case | None:
    span = _piece(text, rnd, 6, 12)
    if span is None:
        return None
    piece = text.body[slice(*span)]
    words = list(re.finditer(r"\b[a-zäöüßéèêàçа-яё]{7,}\b", piece))
    if not words:
        return None
    word = rnd.choice(words)
    form, at = word[0], rnd.randint(2, 3)
    kinds = [
        form[:at] + form[at + 1] + form[at] + form[at + 2 :],
        form[:at] + form[at + 1 :],
        form[:at] + form[at] + form[at:],
    ]
    if text.language == "en":
        kinds.append(form[:at] + rnd.choice("qxzjv") + form[at + 1 :])
    wrong = rnd.choice(kinds)
    if wrong == form or wrong in text.body or form in _FORBIDDEN:
        return None
    return Case("slip in an ordinary word", text.body, piece[: word.start()] + wrong + piece[word.end() :], (span,))


_FORBIDDEN = frozenset(
    [
        "roughly",
        "whether",
        "appears",
        "expected",
        "rejected",
        "denied",
        "accuse",
        "serious",
        "patients",
        "minister",
        "respected",
        "started",
        "nineteen",
        "hundreds",
        "reportedly",
        "probably",
        "independently",
        "allegedly",
        "without",
        "against",
        "between",
        "minutes",
        "million",
        "hundred",
        "twenty",
        "percent",
        "kilometres",
        "centimetres",
        "nautical",
        "February",
        "thousand",
        "fourteen",
        "several",
        "eleven",
        "deliberately",
        "almost",
        "security",
        "personnes",
        "disparus",
        "millions",
        "mardi",
        "jeudi",
        "quinze",
        "Wochen",
        "Prozent",
        "Millionen",
        "möglicherweise",
        "mindestens",
        "perşembe",
        "muhtemelen",
        "yaklaşık",
        "вторник",
        "ноябре",
        "предположительно",
        "тысяч",
        "рублей",
        "человек",
    ]
)


def _repeated(text: Text, rnd: random.Random) -> Case | None:
    words = sorted({m[0] for m in re.finditer(r"[A-ZÀ-ÖØ-Þ][\w’]+(?: [A-Z][\w’]+)?|[a-zà-ÿ]{4,}", text.body)})
    word = rnd.choice(words)
    places = [m.span() for m in re.finditer(rf"(?<![\w’'-]){re.escape(word)}(?![\w-])", text.body)]
    if len(places) < 2 or len(places) != text.body.count(word):
        return None
    place = rnd.choice(places)
    sentence_start = max(text.body.rfind(". ", 0, place[0]) + 2, text.body.rfind("\n", 0, place[0]) + 1, 0)
    ends = [at for at in (text.body.find(". ", place[1]), text.body.find("\n", place[1])) if at >= 0]
    near = (sentence_start, min(ends, default=len(text.body)))
    if sum(near[0] <= start and end <= near[1] for start, end in places) != 1:
        return None
    return Case("repeated, with a hint", text.body, word, (place,), near)


def _ambiguous(text: Text, rnd: random.Random) -> Case | None:
    case = _repeated(text, rnd)
    return case and Case("repeated, no hint", case.text, case.quote, (), None, ambiguous=True)


def _boundary(text: Text, rnd: random.Random) -> Case | None:
    """A short word that stands within longer ones before it stands alone."""
    words = sorted({m[0] for m in re.finditer(r"\b[a-z]{2,5}\b", text.body)})
    word = rnd.choice(words)
    alone = [m.span() for m in re.finditer(rf"(?<![\w’'-]){word}(?![\w’'-])", text.body)]
    if (
        len(alone) != 1
        or text.body.find(word) >= alone[0][0]
        or len(re.findall(rf"\b{word}\b", text.body, re.IGNORECASE)) != 1
    ):
        return None
    return Case("whole word", text.body, word, (alone[0],))


def _long(text: Text, rnd: random.Random) -> Case | None:
    """More than a hundred words, over paragraphs, with other spaces."""
    words = [m.span() for m in _WORD.finditer(text.body)]
    size = rnd.randint(100, 160)
    at = rnd.randrange(len(words) - size)
    span = _trim(text.body, words[at][0], words[at + size - 1][1])
    piece = text.body[slice(*span)]
    return (
        None if "ALSO READ" in piece else Case("long (100 words and more)", text.body, " ".join(piece.split()), (span,))
    )


def _cut(text: Text, rnd: random.Random) -> Case | None:
    """A piece that would cut a word at one of its ends."""
    span = _piece(text, rnd, 3, 8)
    if span is None:
        return None
    start, end = span
    quote = (
        text.body[start : end - rnd.randint(1, 2)] if rnd.random() < 0.5 else text.body[start + rnd.randint(1, 2) : end]
    )
    first, last = quote.split()[0], quote.split()[-1]
    if not (quote[0].isalnum() and quote[-1].isalnum()):
        return None
    whole = set(re.findall(r"[\w’'$%.,-]+", text.body)) | set(re.findall(r"\w+", text.body))
    if first.strip(".,") in whole and last.strip(".,;:”") in whole:
        return None
    return Case("cut word", text.body, quote, ())


def _wrapped(text: Text, rnd: random.Random) -> Case | None:
    """The text hard-wrapped with words cut at line ends; the quote as one line."""
    if text.id == "strait":
        return None
    span = _piece(text, rnd, 5, 12)
    if span is None:
        return None
    piece = text.body[slice(*span)]
    words = list(re.finditer(r"\b[a-zäöüéèа-яё]{8,}\b", piece))
    if not words:
        return None
    cut = span[0] + rnd.choice(words).start() + rnd.randint(3, 5)
    hyphen = rnd.choice(["-\n", "-\r\n", "\xad\n", "- \n   "])
    body = text.body[:cut] + hyphen + text.body[cut:]
    return Case("hyphenated line end", body, piece, ((span[0], span[1] + len(hyphen)),))


def _dirty_text(text: Text, rnd: random.Random) -> Case | None:
    """The text holds the unusual characters, the quote is clean."""
    span = _piece(text, rnd, 4, 10)
    if span is None:
        return None
    start, end = span
    places = [start + m.start() for m in re.finditer(" ", text.body[start:end])]
    if not places:
        return None
    at = rnd.choice(places)
    space = rnd.choice(["\xa0", "  ", "\n", "\u2009", " \u200b"])
    body = text.body[:at] + space + text.body[at + 1 :]
    return Case("unusual text", body, text.body[start:end], ((start, end + len(space) - 1),))


_ENGLISH_KINDS: tuple[tuple[Callable[[Text, random.Random], Case | None], int], ...] = (
    (_rewrite("exact", lambda piece, _: piece), 12),
    (_long, 4),
    (_boundary, 6),
    (_rewrite("white space", _spaces), 14),
    (_rewrite("quote marks and dashes", _marks), 14),
    (_rewrite("soft hyphen", _insert("\xad")), 5),
    (_rewrite("zero width", _insert("\u200b")), 5),
    (_rewrite("ligature", _ligature), 6),
    (_rewrite("case", _case), 10),
    (_rewrite("HTML entities", _entities), 8),
    (_rewrite("marks at the ends", _edges), 12),
    (_elision, 14),
    (_dropped, 12),
    (_typo, 14),
    (_repeated, 14),
    (_ambiguous, 6),
    (_wrapped, 8),
    (_dirty_text, 8),
    (_reversed_elision, 6),
    (_stitched, 8),
    (_cut, 8),
)
_OTHER_KINDS: tuple[tuple[Callable[[Text, random.Random], Case | None], int], ...] = (
    (_rewrite("exact", lambda piece, _: piece), 6),
    (_rewrite("white space", _spaces), 4),
    (_rewrite("quote marks and dashes", _marks), 4),
    (_rewrite("NFD", _nfd), 5),
    (_rewrite("zero width", _insert("\u200b")), 3),
    (_rewrite("case", _case), 3),
    (_rewrite("marks at the ends", _edges), 3),
)


def _special(rnd: random.Random) -> list[Case]:
    """Kinds that only some languages or some words have."""
    by_id = {text.id: text for text in OTHERS}
    cases: list[Case] = []
    cases += _some(_rewrite("Turkish case", _turkish_case), by_id["tr"], rnd, 10)
    cases += _some(_rewrite("Arabic vowel marks", _vowels), by_id["ar"], rnd, 8)
    cases += _some(_rewrite("Arabic tatweel", _tatweel), by_id["ar"], rnd, 6)
    for name in ("zh", "ja"):
        cases += _some(_rewrite("full and half width", _full_width), by_id[name], rnd, 10)
    for name in ("fr", "de"):
        cases += _some(_dropped, by_id[name], rnd, 5)
        cases += _some(_typo, by_id[name], rnd, 5)
    cases += _some(_typo, by_id["ru"], rnd, 5)
    for text, old, new in _NUMBER_FORMS:
        start = text.body.index(old)
        cases.append(Case("number format", text.body, new, ((start, start + len(old)),)))
    return cases


_NUMBER_FORMS = tuple(
    (text, old, new)
    for text, forms in (
        (
            HARBOUR,
            [
                ("1,204 families", "1204 families"),
                ("1,204 families", "1 204 families".replace(" ", "\u202f", 1)),
                ("roughly 12 percent of", "roughly 12% of"),
                ("roughly 12 percent of", "roughly 12 % of"),
                ("roughly 12 percent of", "roughly 12 per cent of"),
                ("rose by 7.5 percent", "rose by 7.5%"),
                ("nearly 340,000 people", "nearly 340000 people"),
                ("nearly 340,000 people", "nearly 340'000 people"),
                ("spent $2.4 million", "spent $ 2.4 million"),
            ],
        ),
        (
            MINE,
            [
                ("less than 4 percent of", "less than 4% of"),
                ("Between 6,000 and 8,000 people", "Between 6000 and 8000 people"),
                ("employs 13,400 people", "employs 13400 people"),
                ("fell 11 percent on", "fell 11 per cent on"),
                ("19 percent in 1990", "19% in 1990"),
            ],
        ),
        (STRAIT, [("about 70 percent of", "about 70% of"), ("about 70 percent of", "about 70 % of")]),
        (
            next(t for t in OTHERS if t.id == "de"),
            [
                ("Rund 2.300 Anwohner", "Rund 2300 Anwohner"),
                ("Etwa 12 Prozent der", "Etwa 12 % der"),
                ("Rund 2.300 Anwohner", "Rund 2 300 Anwohner".replace("2 ", "2\u202f")),
            ],
        ),
        (
            next(t for t in OTHERS if t.id == "fr"),
            [
                ("quelque 1 350 habitants", "quelque 1350 habitants"),
                ("Près de 18 % des", "Près de 18% des"),
                ("Près de 18 % des", "Près de 18 pour cent des"),
            ],
        ),
        (next(t for t in OTHERS if t.id == "tr"), [("yaşayan 1.750 kişi", "yaşayan 1750 kişi")]),
        (
            next(t for t in OTHERS if t.id == "ja"),
            [("1,204世帯がカスラ", "1204世帯がカスラ"), ("人口の約12%に", "人口の約12 %に")],
        ),
        (next(t for t in OTHERS if t.id == "he"), [("כ-1,450 תושבים", "כ-1450 תושבים")]),
    )
    for old, new in forms
)


def _changed(text: Text, rnd: random.Random) -> Iterator[Case]:
    """Quotes that say something else: each named change, alone and within more of its sentence."""
    for kind, old, new in text.changes:
        assert text.body.count(old) == 1, (text.id, old)
        at = text.body.index(old)
        yield _false_case(f"changed: {kind}", text, new)
        left = rnd.randint(0, 3)
        start = at
        for _ in range(left):
            start = max(text.body.rfind(" ", 0, start - 1) + 1, text.body.rfind("\n", 0, start - 1) + 1)
        right = re.compile(r"(?:\s\S+){1,4}").match(text.body, at + len(old))
        end = right.end() if right and "\n\n" not in right[0] else at + len(old)
        wide = text.body[start:at] + new + text.body[at + len(old) : end]
        if wide != new and text.language not in {"zh", "ja"}:
            yield _false_case(f"changed: {kind}", text, wide)


def _cut_amounts(text: Text) -> Iterator[Case]:
    """Quotes that end with a number and leave out the word that multiplies it."""
    for found in re.finditer(r"(?:\S+ ){2}[$€]?\d[\d.,]*(?=" + _AMOUNT.pattern + ")", text.body):
        if text.body.count(found[0]) == 1:
            yield Case("changed: amount cut", text.body, found[0], ())


def _false_case(kind: str, text: Text, quote: str) -> Case:
    cut = quote.endswith("base, 8") or quote in {"十名士兵在", "十人の兵士が"}
    assert cut or " ".join(quote.casefold().split()) not in " ".join(text.body.casefold().split()), (text.id, quote)
    return Case(kind, text.body, quote, ())


_PARAPHRASES = (
    (HARBOUR, "Warplanes bombed the market of the port town"),
    (HARBOUR, "The ministry rejected any responsibility for the raid"),
    (HARBOUR, "more than a thousand families have fled their homes"),
    (HARBOUR, "The hospital ran out of blood before midday"),
    (HARBOUR, "Both sides had agreed to stop fighting in 2021"),
    (HARBOUR, "The president will speak to lawmakers later this week"),
    (HARBOUR, "Residents called it the worst bombardment in months"),
    (HARBOUR, "the spokesman blamed rockets fired by rebels"),
    (MINE, "Three workers were rescued from the mine after nine days"),
    (MINE, "The company ignored warnings about its pumps"),
    (MINE, "The union wants a general strike next week"),
    (MINE, "relatives of the missing prayed outside the gate"),
    (MINE, "divers discovered the survivors in an air pocket early in the morning"),
    (MINE, "Doctors say the survivors are in a stable condition"),
    (MINE, "water in the shaft keeps rising slowly"),
    (STRAIT, "A warship rammed and sank a smaller patrol vessel"),
    (STRAIT, "The ambassador was summoned to the foreign ministry"),
    (STRAIT, "both countries lay claim to the island"),
    (STRAIT, "the minister offered to investigate the collision together"),
    (STRAIT, "freight insurance has become more expensive"),
    (STRAIT, "Nationalists demand naval escorts for fishermen"),
    (STRAIT, "the deal on fishing rights was not extended"),
)
_REORDERED = (
    (HARBOUR, "on Tuesday at least 34 people were killed"),
    (HARBOUR, "wounded more than 120 and killed at least 34 people"),
    (HARBOUR, "said Norland’s government and the Coastal Front"),
    (HARBOUR, "finished buildings and schools"),
    (HARBOUR, "the Coastal Front and Norland’s government agreed"),
    (MINE, "Bergland Energy accuse Union leaders"),
    (MINE, "four inspectors had visited the shaft"),
    (MINE, "Tomas, his brother, said"),
    (MINE, "48, 31 and 26"),
    (STRAIT, "Tokmar on Sunday accused the navy of Arvenia"),
    (STRAIT, "the European Union and the United States"),
    (STRAIT, "wheat the price of climbed"),
    (STRAIT, "Roth Daniela"),
)


def _false(rnd: random.Random) -> list[Case]:
    cases = [Case("paraphrase", text.body, quote, ()) for text, quote in _PARAPHRASES]
    cases += [Case("other order", text.body, quote, ()) for text, quote in _REORDERED]
    for text in ENGLISH:
        for other in ENGLISH:
            if other is not text:
                for case in _some(_rewrite("exact", lambda piece, _: piece, 5, 12), other, rnd, 8):
                    cases.append(Case("from another article", text.body, case.quote, ()))
    for text in OTHERS:
        other = OTHERS[(OTHERS.index(text) + 1) % len(OTHERS)]
        for case in _some(_rewrite("exact", lambda piece, _: piece), other, rnd, 2):
            cases.append(Case("from another article", text.body, case.quote, ()))
    head, tail = HARBOUR.body.split("\n\nALSO READ", 1)
    rest = tail.split("\n\n", 1)[1]
    for left, right in ((3, 5), (6, 4), (8, 8), (2, 2)):
        quote = " ".join(head.split()[-left:]) + " " + " ".join(rest.split()[:right])
        cases.append(Case("stitched over boilerplate", HARBOUR.body, quote, ()))
    return cases
