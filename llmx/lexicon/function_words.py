"""Function words: the closed classes of English, and the shapes that tell an open class.

A *tag* is one character for the light part of speech of a token; `TAGS` names them. One character each, so that the
tags of a document are a string in which phrases are found by regular expressions.
"""

from __future__ import annotations

from types import MappingProxyType

TAGS = MappingProxyType(
    {
        "D": "determiner or possessive pronoun: the, his",
        "H": "number: 30, thirty",
        "A": "adjective",
        "N": "common noun, and every open-class word of which nothing else is known",
        "P": "name: a capitalised word",
        "O": "personal pronoun: he, them",
        "W": "question or relative word: who, which, what",
        "V": "verb in the base form: say",
        "Z": "verb in the third person: says",
        "E": "past or past participle: said, killed",
        "G": "-ing form: saying",
        "X": "form of be, have or do",
        "M": "modal: will, may",
        "T": "to",
        "I": "preposition",
        "C": "coordinator: and, or, but",
        "S": "subordinator: that, because, if",
        "R": "adverb",
        "n": "not, never",
        "s": "the possessive mark, or a contracted is",
        "q": "quotation mark",
        ",": "comma",
        ".": "full stop, question mark, exclamation mark",
        ":": "colon or semicolon",
        "-": "dash standing alone",
        "(": "opening bracket",
        ")": "closing bracket",
        "o": "any other sign",
    }
)


def word_set(words: str) -> frozenset[str]:
    """The words of a string, parted by spaces."""
    return frozenset(words.split())


_CLASSES: dict[str, str] = {
    "D": "the a an this these those his her its their my our your whose some any no every each all both another either"
    " neither many several few most much such enough more fewer less various",
    "H": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion"
    " trillion dozen dozens hundreds thousands millions billions scores half percent",
    "O": "i he she it they we you him them us me himself herself itself themselves ourselves myself yourself someone"
    " somebody anyone anybody everyone everybody nobody none something anything everything nothing others",
    "W": "who whom which what where when why how whoever whatever whichever",
    "X": "be am is are was were been being have has had having do does did done doing isn't aren't wasn't weren't"
    " haven't hasn't hadn't don't doesn't didn't ain't 're 've 'm",
    "M": "will would can could may might must shall should cannot can't won't wouldn't couldn't shouldn't 'll 'd",
    "T": "to",
    "I": "of in on at by for with from into onto upon about against between among through during before after under"
    " over without within toward towards behind beyond across along around near amid despite since until till per"
    " via regarding concerning including like unlike off out up down inside outside throughout besides beneath"
    " beside below above except versus worth amidst amongst atop past next alongside following aboard",
    "C": "and or but nor & plus yet",
    "S": "that because although though if whether while unless whereas as than so lest provided once albeit",
    "R": "also very just only even still again already ever now then there here too often always soon once later"
    " earlier recently yesterday today tomorrow tonight however therefore meanwhile instead rather quite almost"
    " nearly perhaps maybe indeed further well ago away back together else abroad far long twice apart ahead aside"
    " forward yet sometimes somewhat anymore thus hence moreover furthermore nevertheless nonetheless otherwise"
    " afterwards afterward elsewhere everywhere likewise altogether anyway overnight online initially",
    "n": "not never n't",
    "A": "new old other last next same own first second third former current recent local national foreign public good"
    " bad great big small large high low long short young early late many major key top strong clear sure able"
    " likely unlikely true false wrong right free full open hard easy ready real political military military civil"
    " social economic federal international senior chief main general common private personal possible certain"
    " special different important serious human armed red black white green blue single dead alive aware afraid"
    " glad proud happy sad angry guilty innocent responsible available necessary poor rich safe sick wild wide"
    " deep dark cold hot joint left least best worst better worse unable eager willing keen hopeful confident"
    " concerned skeptical sceptical convinced neighbouring neighboring anti-government pro-government so-called",
}

CLOSED = MappingProxyType({word: tag for tag, words in reversed(_CLASSES.items()) for word in words.split()})
"""Word, in lower case, to tag; a word of two classes has the one that stands first."""

BE = word_set("be am is are was were been being isn't aren't wasn't weren't ain't 're 'm")
HAVE = word_set("have has had having haven't hasn't hadn't 've")
DO = word_set("do does did done doing don't doesn't didn't")

MONTHS = word_set(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug"
    " sep sept oct nov dec"
)
WEEKDAYS = word_set("monday tuesday wednesday thursday friday saturday sunday")

_ADJECTIVE_ENDS = (
    "ous",
    "ful",
    "ive",
    "able",
    "ible",
    "ical",
    "less",
    "ish",
    "ual",
    "ary",
    "nal",
    "rial",
    "ian",
    "ese",
)


def open_class(word: str) -> str:
    """The tag that the shape of `word` (lower case, not in `CLOSED` and no verb) suggests: `R`, `A` or `N`.

    Example:
        >>> open_class("reportedly"), open_class("dangerous"), open_class("ceasefire")
        ('R', 'A', 'N')
    """
    if word.endswith("ly") and len(word) > len("only") and word not in _NOT_ADVERBS:
        return "R"
    if word.endswith(_ADJECTIVE_ENDS) and len(word) > len("table") and word not in _NOT_ADJECTIVES:
        return "A"
    return "N"


_NOT_ADVERBS = word_set(
    "family supply reply assembly monopoly anomaly italy july early daily weekly monthly yearly likely unlikely deadly"
    " friendly costly elderly only ugly lonely orderly hourly lively holy ally bully rally tally fly apply comply rely"
    " imply multiply"
)
_NOT_ADJECTIVES = word_set(
    "executive representative initiative detective fugitive motive narrative alternative relative incentive objective"
    " native perspective archive adjective table cable vegetable vehicle secretary military january library february"
    " commentary documentary diary salary boundary anniversary adversary beneficiary dictionary missionary mercenary"
    " civilian guardian politician technician historian physician musician comedian veterinarian librarian"
    " ritual individual journal signal arsenal tribunal terminal criminal trial memorial editorial tutorial"
)
