"""Stances: whether the stance of an attribution is one that its cue can express.

A plain verb of speaking ("said") can carry many stances: then the content decides (a prediction speaks of what lies
ahead, a denial negates), and where it does not, the verdict is undecided.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from llmx.ground.checks.verdicts import contradicted, supported, undecided
from llmx.ground.context import Context
from llmx.lexicon.cues import cues
from llmx.lexicon.function_words import BE, DO, HAVE, word_set
from llmx.lexicon.verbs import VerbForm, verb_forms
from llmx.result import Reason, Verdict
from llmx.schema.news import Attribution

_REFUSED = re.compile(r"\b(?:declin|refus)\w+ to\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_AUXILIARIES = BE | HAVE | DO
_NEVER: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "denies": frozenset({"asserts", "reports", "believes", "predicts", "praises", "accuses", "asks", "discusses"}),
        "accuses": frozenset({"denies", "praises", "predicts", "intends", "orders", "asks", "discusses"}),
        "believes": frozenset({"denies", "orders", "asks"}),
        "predicts": frozenset({"denies", "accuses", "orders", "asks", "praises", "criticises", "discusses"}),
        "intends": frozenset({"denies", "accuses", "praises", "criticises"}),
        "orders": frozenset({"denies", "accuses", "believes", "predicts", "praises", "discusses"}),
        "asks": frozenset({"denies", "accuses", "believes", "predicts", "praises", "intends"}),
        "praises": frozenset({"denies", "accuses", "criticises", "predicts", "orders", "asks", "intends"}),
        "criticises": frozenset({"praises", "predicts", "asks", "intends"}),
        "discusses": frozenset({"denies", "accuses", "praises", "predicts", "orders"}),
    }
)
_HERE: Mapping[str, str] = MappingProxyType({"suspect": "believes", "estimate": "believes"})
_SENTENCE = 4
_PLAIN = word_set(
    """say says said saying tell tells told telling add adds added adding state states stated note notes noted
    announce announces announced report reports reported write writes wrote according explain explained reply replied"""
)
_SPEAKING = frozenset({"asserts", "reports"})
_NEEDS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "asks": re.compile(
            r"\?|\b(?:whether|if|why|how|what|when|who|ask\w*|call\w*|request\w*|plea\w*|question\w*)\b", re.IGNORECASE
        ),
        "orders": re.compile(
            r"\b(?:must|should|need\w*|ought|have to|has to|order\w*|demand\w*|urg\w+|call\w*|let|to|stop"
            r"|do not|don.t|obey|ban\w*)\b",
            re.IGNORECASE,
        ),
        "praises": re.compile(
            r"\b(?:good|great|well|best|better|fair|exemplary|excellent|brave|courag\w+|hero\w*|thank\w*|welcom\w+|success\w*"
            r"|proud|pride|admir\w+|prais\w+|remarkable|historic|milestone|victory|progress|positive|happy|glad|grateful|love\w*"
            r"|right|honou?r\w*|respect\w*|applau\w+|congratul\w+|wonderful|perfect\w*|wise|friend\w*|support\w*|important"
            r"|strong\w*|nice|fine|bless\w*|gift|hope\w*|relie\w+|delight\w*|pleased|beautiful|professional\w*|tribute)\b",
            re.IGNORECASE,
        ),
        "believes": re.compile(
            r"\b(?:think\w*|thought|believ\w+|opinion|view|feel\w*|felt|seem\w*|appear\w*|probab\w+|likely|may|might|could|would"
            r"|should|perhaps|maybe|possib\w+|sure|certain\w*|doubt\w*|convinced|suspect\w*|guess|assume\w*|expect\w*|hope\w*|fear\w*"
            r"|estimat\w+|consider\w*|know|clear\w*|must|will|means?|sign)\b",
            re.IGNORECASE,
        ),
        "intends": re.compile(
            r"\b(?:will|shall|would|going to|plan\w*|inten\w+|want\w*|to|ready|prepare\w*|pledge\w*|vow\w*|aim\w*"
            r"|hop\w+|may|might|can|could|remain\w*|wo)\b|[’']ll\b",
            re.IGNORECASE,
        ),
    }
)


def check_stance(attribution: Attribution, context: Context) -> Iterator[Verdict]:
    """Whether the stance is one that the cue, or else the content, bears out."""
    path, rule = ("stance",), "attribution.stance"
    cue = attribution.cue
    if cue is None:
        yield undecided(path, rule, "no cue")
        return
    meant = stances_of(cue.quote)
    if not meant:
        yield undecided(path, rule, f"the cue {cue.quote!r} is in no list")
        return
    stance = attribution.stance
    if stance in meant:
        yield supported(path, rule)
        return
    if stance in _SPEAKING and meant & _SPEAKING:
        yield undecided(path, rule)
        return
    against = [one for one in meant if stance in _NEVER.get(one, ())]
    refused = _REFUSED.search(cue.quote) is not None
    negated = refused or any(signal.name == "core" for signal in context.reading.signals(cue.span, "negation"))
    if len(against) == len(meant) and not negated:
        yield contradicted(
            path, rule, Reason.STANCE_MISMATCH, f"the cue {cue.quote!r} {against[0]}, value says {stance}"
        )
        return
    if meant <= _SPEAKING:
        yield _by_content(attribution, context)
        return
    yield undecided(path, rule)


def _by_content(attribution: Attribution, context: Context) -> Verdict:
    """What a verb of speaking leaves to the content to decide."""
    path, rule, stance = ("stance",), "attribution.stance-content", attribution.stance
    if stance == "denies":
        bears = any(context.reading.signals(part.span, "negation") for part in attribution.content)
    elif stance == "predicts":
        bears = any(
            signal.name == "predicted"
            for part in attribution.content
            for signal in context.reading.signals(part.span, "modality")
        )
    elif stance == "discusses":
        bears = not _is_plain_speech(attribution)
    elif stance in _NEEDS:
        bears = any(_NEEDS[stance].search(part.quote) for part in attribution.content)
    else:
        return undecided(path, rule)
    short = sum(len(part.quote.split()) for part in attribution.content) < _SENTENCE
    if bears or short or not _is_plain_speech(attribution):
        return undecided(path, rule, "the content may be meant so")
    return contradicted(path, rule, Reason.STANCE_MISMATCH, f"nothing in the content {stance}")


def _is_plain_speech(attribution: Attribution) -> bool:
    """Whether the cue is a verb that says nothing of how it is meant."""
    cue = attribution.cue
    words = _WORD.findall(cue.quote.lower()) if cue is not None else []
    return any(word in _PLAIN for word in words)


@lru_cache(maxsize=2048)
def stances_of(cue: str) -> frozenset[str]:
    """The stances of the words of a cue; empty where none is known. `according to` asserts."""
    words = [found.lower().replace("’", "'") for found in _WORD.findall(cue)]
    if "according" in words:
        return frozenset({"asserts", "reports"})
    table, forms = cues(), _forms()
    found: list[str] = []
    for word in words:
        form = forms.get(word)
        lemma = form.lemma if form is not None else word
        entry = table.get((lemma, "verb")) if form is not None and word not in _AUXILIARIES else None
        entry = entry or table.get((word, "noun")) or table.get((word.removesuffix("s"), "noun"))
        entry = entry or table.get((word, "adjective"))
        if entry is not None:
            found.append(_HERE.get(entry.lemma, entry.stance))
    return frozenset(found[-1:] if len(found) > 1 and found[0] in _SPEAKING else found[:1])


@lru_cache(maxsize=1)
def _forms() -> Mapping[str, VerbForm]:
    return verb_forms()
