"""Claim senses: whether a claim's sentence turns round what its evidence says, with the evidence's own words.

A claim may leave out and may put otherwise; it may not say the opposite word for word, be surer than its evidence, give
another unit or currency, or let two names change places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from llmx.ground.checks.verdicts import contradicted, supported, undecided
from llmx.ground.context import Context
from llmx.ground.names import fold_tokens
from llmx.lexicon.table import read_rows, words
from llmx.lexicon.terms import TermTable
from llmx.result import Outcome, Reason, Verdict
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
    r"|naira|pesos?|francs?|krone[rn]?|krona|kronor|shekels?|rials?|riyals?|dinars?|dirhams?|zloty|forint|reais)\b"
    r"|(?<=[\dn] )(?-i:won|rand|real)\b",
    re.IGNORECASE,
)
"""Signs and names of currencies; those that are other words as well only behind a number."""
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
    given = " ".join(cite.quote for cite in claim.evidence)
    dropped = _dropped_doubt(given, claim.text)
    if dropped is not None and dropped.outcome is Outcome.CONTRADICTED:
        yield dropped
        return
    sure = next((one for one in _SURE.finditer(claim.text) if not _holds(evidence, one.group())), None)
    left_open = _OPEN.search(evidence)
    if left_open is not None and not _OPEN.search(claim.text):
        doubted = _MAY.search(evidence) is not None and _WILL.search(evidence) is None and "would" not in evidence
        surer = _DID.search(claim.text) or (_WILL.search(claim.text) if doubted else None) or sure
        if surer is not None:
            sure = surer
            detail = f"evidence says {left_open.group()!r}, text says {sure.group()!r}"
            yield contradicted(_PATH, rule, Reason.HEDGE_MISMATCH, detail)
            return
    if dropped is not None:
        yield dropped
    elif sure is not None:
        yield undecided(_PATH, rule, f"the evidence has no {sure.group()!r}")


_IF = re.compile(r"\b(?:if|unless|provided|as long as)\b", re.IGNORECASE)
_WHEN = re.compile(
    r"\b(?:if|unless|provided|as long as|once|when|should|would|could|may|might|otherwise)\b", re.IGNORECASE
)
_HEARSAY = re.compile(r"\b(?:reportedly|allegedly|purportedly|supposedly)\b", re.IGNORECASE)
_POSSIBLE = re.compile(r"\b(?:may|might|could)\s+(?:\w+ly\s+)?(?!have\b|be\b)([a-z]{3,})")


def _dropped_doubt(given: str, told: str) -> Verdict | None:
    """What the text leaves out of its evidence's doubt: a condition, a possibility, hearsay."""
    rule = "claim.certainty"
    for verb in _POSSIBLE.findall(given):
        if re.search(rf"\bwill (?:\w+ly )?{verb}\b", told) and not re.search(rf"\bwill {verb}\b", given):
            detail = f"evidence says it may {verb}, text says it will"
            return contradicted(_PATH, rule, Reason.HEDGE_MISMATCH, detail)
    if _IF.search(given) and _WILL.search(told) and not _WHEN.search(told):
        return contradicted(_PATH, rule, Reason.HEDGE_MISMATCH, "the evidence makes a condition, the text none")
    if _IF.search(given) and not _IF.search(told) and _OPEN.search(told):
        return undecided(_PATH, rule, "the text leaves a condition out")
    if _HEARSAY.search(given) and not _OPEN.search(told):
        return undecided(_PATH, rule, "the text leaves it to the claim's commitment that this is hearsay")
    return None


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
