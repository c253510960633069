"""Claim senses: whether a claim's sentence turns round what its evidence says, with the evidence's own words.

A claim may leave out and may put otherwise; it may not say the opposite word for word, be surer than its evidence, give
another unit or currency, or let two names change places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations

from llmx.ground.checks.verdicts import contradicted, supported, undecided
from llmx.ground.context import Context
from llmx.ground.names import fold_tokens, proper_tokens
from llmx.lexicon.table import read_rows, words
from llmx.lexicon.terms import TermTable
from llmx.result import Reason, Verdict
from llmx.schema.news import Claim

_PATH = ("text",)
_SURE = re.compile(
    r"\b(?:certainly|definitely|undoubtedly|surely|clearly|obviously|inevitably"
    r"|without (?:a |any )?doubt|proven|in fact"
    r"|indisputabl[ey]|always|never|entirely|completely|all|every(?:one|body)?|only)\b",
    re.IGNORECASE,
)
_WILL = re.compile(r"\b(?:will|is going to|are going to)\b|[’']ll\b", re.IGNORECASE)
_DID = re.compile(r"\bdid\s+(?!not\b|n[’']t\b)\w+", re.IGNORECASE)
_OPEN = re.compile(
    r"\b(?:may|might|could|can|perhaps|possibly|probabl[ey]|likely|plans?|planned|planning|intends?|intended|hopes?|hoped"
    r"|would|considering|considers?|wants?|aims?|proposed|proposes|expected|expects?|reportedly|allegedly|if|unless)\b",
    re.IGNORECASE,
)
_MAY = re.compile(r"\b(?:may|might|could|perhaps|possibly|probabl[ey])\b")
_CURRENCY = re.compile(
    r"US\$|A\$|C\$|HK\$|[$€£¥₤₺₽₹₪₩₦]|\b(?:USD|EUR|GBP|JPY|CNY|dollars?|euros?|pounds?|yen|yuan|roubles?|rubles?|rupees?|lira|liras"
    r"|naira|pesos?|francs?|krone[rn]?|krona|kronor|shekels?|rials?|riyals?|dinars?|dirhams?|won|rand|zloty|forint|reais|real)\b",
    re.IGNORECASE,
)
_SIGNS: Mapping[str, str] = {
    "$": "dollar",
    "us$": "dollar",
    "a$": "dollar",
    "c$": "dollar",
    "hk$": "dollar",
    "usd": "dollar",
    "€": "euro",
    "eur": "euro",
    "£": "pound",
    "gbp": "pound",
    "¥": "yen",
    "jpy": "yen",
    "₺": "lira",
    "₽": "rouble",
    "ruble": "rouble",
    "₹": "rupee",
    "₪": "shekel",
    "₦": "naira",
    "₩": "won",
}


def check_claim_sense(claim: Claim, context: Context) -> Iterator[Verdict]:
    """Whether no word of the text is the opposite of one of the evidence that the text leaves out."""
    rule = "claim.sense"
    evidence = " ".join(cite.quote for cite in claim.evidence)
    around = " ".join(context.sentence(cite.span).of(context.text) for cite in claim.evidence)
    told, given, known = (_senses(text) for text in (claim.text, evidence, around))
    for number, side in told:
        if (number, 1 - side) in given - told and (number, side) not in known:
            mine, theirs = (_word_of(text, number, at) for text, at in ((claim.text, side), (evidence, 1 - side)))
            detail = f"evidence says {theirs!r}, text says {mine!r}"
            yield contradicted(_PATH, rule, Reason.ADDED_INFORMATION, detail)
            return
    yield supported(_PATH, rule) if told <= given else undecided(_PATH, rule)


@lru_cache(maxsize=1)
def _table() -> TermTable[tuple[int, int]]:
    table: TermTable[tuple[int, int]] = TermTable()
    for number, row in enumerate(read_rows("opposites.tsv", columns=2)):
        for side, cell in enumerate(row):
            for term in words(cell):
                table.add(term, (number, side))
    return table


@lru_cache(maxsize=512)
def _found(text: str) -> tuple[tuple[tuple[int, int], str], ...]:
    tokens = [token.lower() for token in fold_tokens(text)]
    return tuple((meaning, " ".join(tokens[first:last])) for meaning, first, last in _table().find(tokens))


def _senses(text: str) -> frozenset[tuple[int, int]]:
    """The rows of the table whose words a text holds, each with the side they stand on."""
    return frozenset(meaning for meaning, _ in _found(text))


def _word_of(text: str, number: int, side: int) -> str:
    return next(word for meaning, word in _found(text) if meaning == (number, side))


def check_claim_certainty(claim: Claim, context: Context) -> Iterator[Verdict]:
    """Whether the text is no surer than the evidence: no "will" for a "may", no "did" for a plan."""
    rule = "claim.certainty"
    evidence = " ".join(context.sentence(cite.span).of(context.text) for cite in claim.evidence)
    sure = next((one for one in _SURE.finditer(claim.text) if not _holds(evidence, one.group())), None)
    left_open = _OPEN.search(evidence)
    if left_open is not None and not _OPEN.search(claim.text):
        doubted = _MAY.search(evidence) is not None and _WILL.search(evidence) is None
        surer = _DID.search(claim.text) or (_WILL.search(claim.text) if doubted else None) or sure
        if surer is not None:
            sure = surer
            detail = f"evidence says {left_open.group()!r}, text says {sure.group()!r}"
            yield contradicted(_PATH, rule, Reason.HEDGE_MISMATCH, detail)
            return
    if sure is not None:
        yield undecided(_PATH, rule, f"the evidence has no {sure.group()!r}")


def _holds(text: str, word: str) -> bool:
    return re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE) is not None


def check_claim_currency(claim: Claim, context: Context) -> Iterator[Verdict]:
    """Whether a sum of money is in the currency of the evidence."""
    told = _currencies(claim.text)
    if not told:
        return
    rule = "claim.unit"
    given = _currencies(" ".join(context.sentence(cite.span).of(context.text) for cite in claim.evidence))
    if told <= given:
        yield supported(_PATH, rule)
    elif given:
        detail = f"evidence says {', '.join(sorted(given))}, text says {', '.join(sorted(told))}"
        yield contradicted(_PATH, rule, Reason.UNIT_MISMATCH, detail)
    else:
        yield undecided(_PATH, rule, f"the evidence has no {', '.join(sorted(told))}")


def _currencies(text: str) -> set[str]:
    found = (match.group().lower() for match in _CURRENCY.finditer(text))
    return {_SIGNS.get(one) or _SIGNS.get(one.rstrip("s")) or one.rstrip("s") for one in found}


def check_claim_roles(claim: Claim, context: Context) -> Iterator[Verdict]:
    """Whether two names of the text stand where the evidence's words have them, not each in the other's place."""
    rule = "claim.roles"
    evidence = fold_tokens(" ".join(cite.quote for cite in claim.evidence))
    told = fold_tokens(claim.text)
    found = proper_tokens(claim.text, capitalised=context.reading.capitalised)
    names = [name for name in dict.fromkeys(found) if told.count(name) == 1 and name in evidence]
    if len(names) < 2 or _runs_through(told, evidence):  # noqa: PLR2004 - two names
        return
    for first, second in combinations(names, 2):
        swapped = [second if token == first else first if token == second else token for token in told]
        between = evidence[min(map(evidence.index, (first, second))) + 1 : max(map(evidence.index, (first, second)))]
        if _runs_through(swapped, evidence) and not set(between) <= {"and", "or", "with"}:
            detail = f"evidence has {first!r} and {second!r} in each other's place"
            yield contradicted(_PATH, rule, Reason.NAME_MISMATCH, detail)
            return


def _runs_through(tokens: Sequence[str], evidence: Sequence[str]) -> bool:
    """Whether the evidence holds nearly all of the tokens in this order."""
    at = missing = 0
    for token in tokens:
        try:
            at = evidence.index(token, at) + 1
        except ValueError:
            missing += 1
    return missing <= len(tokens) // 4
