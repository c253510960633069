"""Languages: what a text's language decides for the aligner, and how it is told.

A language is told by its script and its most frequent small words; it decides how numbers are grouped and which small
words may be missing from a quote. Where nothing tells it, it is `und`, and only what holds everywhere is allowed.
Folded forms (see `fold`), by language code; function words are closed classes that every grammar lists.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


UNKNOWN = "und"
"""The code of a language that nothing tells (ISO 639-2)."""

DROPPABLE: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "en": _words(
            "the a an of to in on at for with by from into as and that which who this these its his her their it he she"
            " they has have had was were is are be been also 's upon within through"
        ),
        "de": _words(
            "der die das den dem des ein eine einen einem einer eines und in im an am auf zu zum zur von vom "
            "mit bei dass auch es für sich ist war sind hat haben diese dieser dieses seine seinen ihre ihren er sie"
        ),
        "fr": _words(
            "le la les l' un une des du de d' et en dans a au aux à sur pour que qu' qui ce cette ces son sa "
            "ses leur leurs avec par se s' il elle ils elles est sont était"
        ),
        "es": _words(
            "el la los las un una unos unas de del y e en a al con por para que su sus se lo le les es fue ha este esta"
        ),
        "it": _words(
            "il lo la i gli le l' un uno una di del della dei delle degli dell' e in nel nella nell' a al alla con "
            "per che da dal"
        ),
        "pt": _words("o a os as um uma de do da dos das e em no na nos nas ao com por para que se seu sua"),
        "nl": _words("de het een en in op van met aan te om voor dat die bij ook"),
        "tr": _words("bir bu ve da de ile icin için"),
        "ru": _words("в во на и с со к ко о об у из за по до от для что это же его её их он она они"),
        "uk": _words("в у на і й та з із зі до від за по про що це для"),
        "ar": _words("في من على الى إلى ان أن عن التي الذي"),
        "fa": _words("در که با این"),
        "he": _words("את של על אל עם כי גם הוא היא זה"),
        "el": _words(
            "ο η το οι τα τον την τη του της των τους τις στο στη στην στον στις στα και ότι με για από σε να"
        ),
        "sv": _words("en ett den det och i på av att som för med till"),
        "da": _words("en et den det de og i på af at som for med til"),
        "no": _words("en et den det de og i på av at som for med til"),
        "pl": _words("w we z ze na i o do od że się"),
        "cs": _words("v ve na a i s se z ze o do od k ke za po že"),
        "ro": _words("în din de la și cu pe un o al a ai ale că"),
        "hu": _words("a az és egy hogy is"),
        "hi": _words("में पर का की के और कि यह"),
        "vi": _words("của và ở là đã các những rằng cho"),
        "id": _words("di ke dari dan yang pada itu ini untuk dengan"),
        "zh": _words("的 了"),
        "ja": _words("は が を の に で"),
    }
)
"""Words whose loss changes nothing that an article reports."""

MARKERS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "en": _words("the of and to in that was said for with on were has had but by from is are"),
        "de": _words("der die und das den von dem mit des auf ist nicht eine ein sich auch im wurde hat bei"),
        "fr": _words("le la les des et du une dans est que pour qui sur au par pas plus avec été selon"),
        "es": _words("el la los las de del que y en un una por con para se al su según fue"),
        "it": _words("il di che la e un una per non del della sono con nel si le gli alla dei ha"),
        "pt": _words("o de que e a do da em um uma para com não os no na por dos mais foi"),
        "nl": _words("de het een van en in dat op te zijn is met voor niet aan door bij ook"),
        "tr": _words("ve bir bu da de için ile olarak daha sonra göre dedi olan kadar ise yüzde"),
        "ru": _words("в и на не что с по из для за это как его к от но"),
        "uk": _words("в у і й та на не що з із до від за про це але"),
        "sv": _words("och att det som en på är av för med den till inte om ett har"),
        "da": _words("og at det som en på er af for med den til ikke om et har"),
        "no": _words("og at det som en på er av for med den til ikke om et har"),
        "pl": _words("w i na z do nie się że jest to przez po od ale oraz"),
        "cs": _words("a v se na je že s z do o jsou ve by které podle"),
        "ro": _words("și în de la a cu că pe un o din nu au fost pentru"),
        "hu": _words("a az és hogy nem egy is volt meg azt szerint"),
        "fi": _words("ja on ei se että oli hän mutta kun mukaan ovat"),
        "vi": _words("của và là có không được cho các trong đã ở với người"),
        "id": _words("yang di dan dari untuk ini itu dengan pada tidak ke akan"),
        "ar": _words("في من على الى إلى أن ان التي الذي عن مع هذا"),
        "fa": _words("در از به که را با این است شد کرد می"),
    }
)
"""Frequent words that tell a language."""

_SCRIPTS = (
    (re.compile("[\u3041-\u30ff]"), ("ja",)),
    (re.compile("[\u3400-\u9fff]"), ("zh",)),
    (re.compile("[\u1100-\u11ff\uac00-\ud7a3]"), ("ko",)),
    (re.compile("[\u0590-\u05ff]"), ("he",)),
    (re.compile("[\u0370-\u03ff\u1f00-\u1fff]"), ("el",)),
    (re.compile("[\u0900-\u097f]"), ("hi",)),
    (re.compile("[\u0e00-\u0e7f]"), ("th",)),
    (re.compile("[\u0400-\u04ff]"), ("ru", "uk")),
    (re.compile("[\u0600-\u06ff]"), ("ar", "fa")),
)
_OF_SCRIPT = frozenset(code for _, codes in _SCRIPTS for code in codes)
_LATIN = tuple(code for code in MARKERS if code not in _OF_SCRIPT)
_OWN_LETTERS = {
    "ru": "ыэъё",
    "uk": "іїєґ",
    "fa": "پچژگکی",
    "ar": "ىيكة",
    "tr": "ğ",
    "pl": "łę",
    "cs": "řě",
    "hu": "őű",
    "ro": "țș",
}
"""Letters that one language of a script has and the others have not; languages that inflect have fewer small words."""
_SHARE_OF_SCRIPT = 0.3
_KANA_BESIDE_HAN = 0.1
_SAMPLE = 2500
_FEW_WORDS = 25
_FEWEST_MARKERS = 0.07

COMMA_DECIMAL = _words("de fr es it pt nl tr ru uk sv da no pl cs ro hu fi el vi id")
"""Languages that write 3.5 as `3,5`."""

POINT_GROUPS = _words("de es it pt nl tr el ro da no vi id")
"""Languages that write 1204 as `1.204`."""

SPACE_GROUPS = _words("fr ru uk sv no pl cs hu fi")
"""Languages that write 1204 as `1 204`, also with a plain space."""

SAFE_BEFORE_NUMBERS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "en": _words("the of on in at for with that"),
        "de": _words("der die das den dem im am"),
        "fr": _words("le la les de en au à"),
        "es": _words("el la los las de en"),
        "it": _words("il lo la i gli le di a nel"),
        "pt": _words("o a os as de em no na"),
        "nl": _words("de het in op"),
        "ru": _words("в во на"),
        "uk": _words("в у на"),
        "pl": _words("w we na"),
        "cs": _words("v ve na"),
        "el": _words("ο η το οι τα τον την τη του της των τους τις στις"),
        "sv": _words("i på den"),
        "da": _words("i på den"),
        "no": _words("i på den"),
        "ro": _words("în de pe"),
        "ar": _words("في"),
        "he": _words("את"),
        "vi": _words("của"),
        "id": _words("di pada"),
    }
)
"""Words that may be dropped before a number or a date."""


def language_of(folded: str) -> str:
    """The language of a folded text, as far as its script and small words tell.

    English where a text is too short to tell; `UNKNOWN` where a longer one has the small words of no language known.
    """
    sample = folded[:_SAMPLE]
    known = _LATIN
    if not sample.isascii():
        letters = sum(map(str.isalpha, sample))
        for pattern, codes in _SCRIPTS:
            share = _KANA_BESIDE_HAN if codes == ("ja",) else _SHARE_OF_SCRIPT
            if len(pattern.findall(sample)) > share * letters:
                if len(codes) == 1:
                    return codes[0]
                known = codes
                break
    counts = Counter(sample.split())
    found = {code: sum(map(counts.__getitem__, MARKERS[code])) for code in known}
    if not sample.isascii():
        for code in _OWN_LETTERS.keys() & found.keys():
            found[code] += sum(map(sample.count, _OWN_LETTERS[code]))
    if known is not _LATIN:
        return max(known, key=lambda code: found[code])
    best = max(found, key=lambda code: found[code])
    if best != "en" and found[best] <= found["en"]:
        best = "en"
    count = counts.total()
    return UNKNOWN if count > _FEW_WORDS and found[best] < _FEWEST_MARKERS * count else best
