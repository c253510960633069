"""Abbreviations: words whose full stop does not end a sentence, and words that open one.

Written for news in the larger European languages; used by `sentences` only.
"""

from __future__ import annotations


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


NEVER_LAST = _words(
    """
    mr mrs ms messrs dr prof gen col lt sgt capt maj brig cpl pvt cmdr adm sen rep reps sens gov rev hon pres supt
    insp det
    fr sr sra srta st ste mt ft no nos vs approx fig figs cf pp vol ed eds op art al ca spc sec amb atty dir asst
    hr nr bzw ca z.b d.h u.a s.o vgl ggf evtl sog inkl abs str
    mme mlle mm mgr
    sig dott avv ing on gral cnel tte sgto exmo exma ud uds
    dhr mevr drs mw
    doç yrd av sn alb org tğm yzb
    г ул им т тыс др гг стр рис см ср проф акад ген полк
    """
)
"""Before a name or a number: a title, `No.`, `vs.`"""

OFTEN_LAST = _words(
    """
    inc corp ltd co cos bros jr etc usw u.a.m jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu
    thur thurs
    fri sat sun ariz ark calif colo conn del fla ga ill ind kan ky la md mich minn miss mo mont neb nev okla ore pa
    tenn tex
    va vt wash wis wyo ave blvd rd dept est assn univ fed natl int'l gov't vol min max hrs mins secs lbs mph kph
    млн млрд руб тыс
    """
)
"""In mid-sentence or at its end: a sentence ends there only if an opener follows."""

WORDS_WHEN_SMALL = _words(
    """
    no nos art fig figs col gen rep reps gov pres op ed on ing fr dir sec avv dott al st mt ft vol det ca im str abs
    co sat sun mar dec ill ark conn del fla ga ore pa wash fed est min max la md mo va ave us
    """
)
"""Abbreviations only when they begin with a capital: `No. 3`, but `he said no.`"""

OPENERS = _words(
    """
    The A An This That These Those There Then They He She It We You I In On At By For From With Without Within After
    Before
    During Since Until Although Though Though While When Where What Who Why How Which If Unless Because But And Or So
    Yet Nor
    However Meanwhile Moreover Still Also Even Another Other Others Some Many Most More Few Several Both Each Every
    All No Not
    Its His Her Their Our My Your As To Of Under Over Between Among Against Despite According Earlier Later Last Next
    Now Here
    Once Only Just One Two Three Asked Speaking Instead Rather Thus Hence Officials Police President Prime
    Le La Les Un Une Des Il Elle Ils Elles Mais Et Dans En Au Aux Ce Cette Selon Pour Par Der Die Das Ein Eine Er Sie
    Es Wir
    Aber Und In Im Am Nach Bei Mit El Los Las Una Pero Según Para Por Este Esta Lo Gli Il Nel Ma Per Bu Bir Ve Ancak
    Он Она Они Это В На Но По И А Как
    """
)
"""Words that begin sentences far more often than names do."""

MONTHS_AFTER_ORDINAL = _words(
    """
    Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember Jahrhundert Jahrhunderts
    Januari
    Februari Mars Maj Bezirk Armee Division Brigade Stock Platz Mal Jahrestag Geburtstag Weltkrieg Oktobar
    """
)
"""Nouns that follow a German or Nordic ordinal such as `3.`"""
