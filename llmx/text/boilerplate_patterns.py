"""Patterns of boilerplate lines, each matched against one whole line without the white space around it.

Seen on the pages of news sites in several languages; none of them needs the line's neighbours.
"""

from __future__ import annotations

import re

LONGEST_LINE = 240
"""A longer line is prose whatever it begins with."""

LONGEST_BIOGRAPHY = 600
"""A longer line is no biography, and is not looked at."""

_NETWORKS = (
    r"facebook|twitter|x|whats\s?app|telegram|linked\s?in|reddit|pinterest|tumblr|viber|vk|ok\.ru|flipboard|instagram|"
    r"youtube|tik\s?tok|threads|bluesky|mastodon|messenger|line|wechat|weibo|e-?mail|mail|sms|pocket|skype"
)
_SHARE_WORDS = (
    rf"share|shares|shared|tweet|pin|pin\s?it|print|save|copy|link|copy\s+link|like|follow|send|comments?|views?|"
    rf"reads?|more|bookmark|teilen|drucken|merken|partager|imprimer|compartir|condividi|paylaş|поделиться|شارك|مشاركة|"
    rf"分享|シェア|ツイート|{_NETWORKS}"
)

JUNK = re.compile(r"(?=.*[\d•·●▪■◦‣⁃*|])[\s\d•·●▪■◦‣⁃*|.,:;/+–—_=~<>()#-]*(?:[km])?$", re.IGNORECASE)
"""Bullets, rules and numbers alone."""

SHARE = re.compile(
    rf"""
    (?:share|tweet|print|save|send|e-?mail|pin|post)\s+(?:this|the)\s+(?:article|story|post|page|news|video|link|on
        |via|with)\b
      [\w\s]{{0,40}}[:.!]?$
    | (?:share|tweet|post)\s+this[:.!]?$
    | (?:share|tweet|follow\s+us|find\s+us|like\s+us|join\s+us|post)\s+(?:on|via|with|at
        |in)\s+(?:our\s+)?(?:{_NETWORKS})\b.{{0,60}}$
    | follow\s+(?!.*\b(?:said|says)\b)[\w .’'-]{{2,40}}\s+on\s+(?:{_NETWORKS})\b[\s:@\w.,/|·•-]{{0,60}}[\"”]?$
    | follow\s+us\s+(?:for|to)\b[^.]{{0,80}}[.!]?$
    | [\"“]?follow\s+[\w .’'-]{{2,40}}\s+on\s+(?:{_NETWORKS})\b[\s:]*@\w+\W*$
    | \d[\d.,]*\s*[km]?\s+(?:shares?|tweets?|likes?|comments?|views?)$
    | (?:(?>{_SHARE_WORDS})(?!\w)[\s\d|/•·,+:]*+){{2,}}+$
    | (?:share|shares|tweet|retweet|print|e-?mail|copy\s+link|link\s+copied!?|facebook|twitter|whats\s?app|telegram
        |linkedin|reddit|
        pinterest|teilen|drucken|partager|imprimer|compartir|condividi|paylaş|поделиться|شارك|مشاركة|分享|シェア)\s*:?$
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A share bar, its counters, or a call to follow."""

_SEPARATOR = r"(?:\s*[:：|»›>→▶►]|\s+[–—-]\s|\s*\xa0|\s{2,}|\s*$)"
_LOUD = (
    r"ALSO\s+READ|READ\s+ALSO|READ\s+MORE|READ\s+NEXT|SEE\s+ALSO|RELATED|MORE\s+ON\s+THIS|MUST\s+READ|DON['’]T\s+MISS"
)
TEASER = re.compile(
    rf"""
    (?-i:{_LOUD})(?:{_SEPARATOR}|\s+(?=[^\W\d_a-z]|\d|[\"“‘']))
    | (?:also\s+read|read\s+also|also\s+see|see\s+also|read\s+more|read\s+next|up\s+next|must[\s-]read
        |recommended(?:\s+for\s+you|\s+reading)?|
        related(?:\s+(?:articles?|stories|story|news|posts?|topics?|content|coverage|links?|video|reading))?
            |more\s+(?:on\s+this(?:\s+story)?|
        from\s+[\w\s]{{2,30}}|stories|news)|most\s+(?:read|popular|viewed)|trending(?:\s+now)?|don['’]t\s+miss
            |editor['’]?s['’]?\s+picks?|
        you\s+(?:may|might)\s+(?:also\s+)?(?:like|be\s+interested\s+in)|in\s+case\s+you\s+missed\s+it
            |further\s+reading|watch(?:\s+(?:now|also|more|live))?|
        continue\s+reading|keep\s+reading|listen(?:\s+now)?|
        lesen\s+sie\s+auch|mehr\s+zum\s+thema|auch\s+interessant|[àa]\s+lire\s+aussi|lire\s+aussi|voir\s+aussi
            |sur\s+le\s+m[êe]me\s+sujet|
        lea\s+tambi[ée]n|lee\s+tambi[ée]n|te\s+puede\s+interesar|leia\s+tamb[ée]m|veja\s+tamb[ée]m|leggi\s+anche
            |lees\s+ook|
        ayr[ıi]ca\s+oku(?:yun)?|ilgili\s+haber(?:ler)?|читайте\s+также|по\s+теме|читать\s+далее|читайте\s+ещ[её]|
        اقرأ\s+أيض[اًا]+|اقرأ\s+المزيد|إقرأ\s+أيض[اًا]+|شاهد\s+أيض[اًا]+|קראו\s+גם|קרא\s+גם|
        延伸阅读|延伸閱讀|相关阅读|相關閱讀|相关新闻|相關新聞|推荐阅读|関連記事|関連ニュース|あわせて読みたい){_SEPARATOR}
    | (?:read|see|view)\s+the\s+(?:rest|full|whole|entire|original)\b[\w\s]{{0,40}}\b(?:here|article|story|post
        |report|piece)\b[^.]{{0,30}}\.?$
    | (?:read|find\s+out|learn|see)\s+more(?:\s+(?:about|on)\s+[\w\s]{{1,40}})?\s*(?:here|at\s+\S+|»|>|→|\.{{3}}|…)\.?$
    | (?:click|tap)\s+(?:here|below|through)\b[^.]{{0,80}}\.?$
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A teaser of another article, or a link to the rest of this one."""

PROMPT = re.compile(
    r"""
    (?:please\s+)?(?:sign\s+up|subscribe|register)\s+(?:for|to|now|today|here|with)\b[^.]{0,140}[.!]?$
    | (?:get|receive)\s+(?:the|our|all|more|breaking|daily|your|stories|news)\b[^.]{0,100}\b(?:newsletter|inbox
        |e-?mail|alerts?|delivered)\b[^.]{0,60}[.!]?$
    | (?:by\s+(?:signing\s+up|subscribing|registering|clicking)|thank\s+you\s+for\s+(?:subscribing|signing\s+up
        |reading))\b.*$
    | (?:enter\s+your|your)\s+e-?mail(?:\s+address)?\b.{0,60}$
    | (?:join|download|get|install|open)\s+(?:our|the)\s+(?:[\w\s]{0,30}\s)?(?:app|newsletter|channel|whatsapp
        |telegram|mailing\s+list)\b[^.]{0,80}[.!]?$
    | (?:our\s+)?(?:daily|weekly|free|email|e-mail|morning|breaking\s+news)\s+(?:newsletter|briefing|alerts?)\s*[:.!]?$
    | newsletter(?:s)?\s*[:!]?$
    | (?:support|donate|become\s+a\s+(?:member|subscriber|patron)|make\s+a\s+donation)\b[^.]{0,40}\b(?:journalism
        |newsroom|our\s+work|us|today|now|here|member|subscriber|patron)\b[^.]{0,60}[.!]?$
    | (?:support|fund|back)\s+(?:independent|our|quality|local|free|public)\s+(?:journalism|reporting|newsroom|media
        |press)\b.{0,120}$
    | donate\s+(?:today|now|here)\s*[.!]?$
    | (?:already\s+a\s+(?:subscriber|member)|not\s+a\s+(?:subscriber|member))\b.*$
    | you\s+(?:have|['’]ve)\s+(?:reached|used|read)\b[^.]{0,60}\bfree\s+(?:articles?|stories)\b.*$
    | (?:skip\s+(?:to|past)\b|scroll\s+(?:down|to)\s+continue|story\s+continues\s+below
        |article\s+continues\s+(?:below|after)|continue\s+reading\s+below)[^.]{0,60}$
    | (?:advertisements?|advert|sponsored(?:\s+content)?|promoted(?:\s+content)?|anzeige|werbung|publicit[ée]
        |publicidad|pubblicit[àa]|
        publicidade|reklam|реклама|إعلان|广告|広告)\s*[:.]?$
    | (?:abonnez-vous|inscrivez-vous|suscr[íi]b(?:ete|ase)|inscreva-se|iscriviti|jetzt\s+abonnieren|abonnieren\s+sie
        |подпи(?:шитесь|сывайтесь)|
        abone\s+ol(?:un)?|اشترك)\b.{0,120}$
    | ©\s?.{0,200}$
    | (?:\(c\)\s|copyright\b)[^.]{0,40}\d{4}.{0,120}$
    | (?:all\s+rights\s+reserved|alle\s+rechte\s+vorbehalten|tous\s+droits\s+r[ée]serv[ée]s
        |todos\s+los\s+derechos\s+reservados|
        все\s+права\s+защищены|جميع\s+الحقوق\s+محفوظة)\.?$
    | our\s+standards:.{0,80}$
    | (?:privacy\s+policy|cookie\s+policy|terms\s+(?:of\s+(?:use|service)|and\s+conditions)|contact\s+us
        |about\s+us)(?:\s*[|·•,]?\s*[\w\s|·•]{0,80})?$
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A newsletter, app, subscription or advertising prompt, or a legal line."""

TAIL = re.compile(
    r"""
    notice:\s+all\s+comments\b.*
    | (?:the\s+)?(?:views?|opinions?)\s+expressed\s+in\s+(?:the\s+)?comments\b.*
    | discussion\s+about\s+this\s+(?:post|article|story)\b.*
    | (?:leave|post|write|add|submit)\s+(?:a|your)\s+(?:reply|comment|response)\b[^.]{0,60}[.!:]?$
    | cancel\s+reply$
    | your\s+e-?mail\s+address\s+will\s+not\s+be\s+published\b.*
    | comments?\s+(?:are|is)\s+(?:closed|moderated|disabled|now\s+closed)\b.{0,80}
    | (?:comment|commenting)\s+(?:policy|guidelines|rules)\s*:?$
    | community\s+(?:standards|guidelines)\b.{0,80}$
    | comment\s+via\s+(?:facebook|\w+\s+news)\b.*
    | (?:log|sign)\s+in\s+(?:or\s+\w+\s+)?to\s+(?:leave\s+a\s+|post\s+a\s+)?comment\b.*
    | (?:view|show|load|read|hide|see)\s+(?:all\s+|more\s+)?(?:the\s+)?(?:\d+\s+)?comments?\b[^.]{0,30}$
    | (?:join|start)\s+the\s+(?:discussion|conversation|debate)\b[^.]{0,40}[.!]?$
    | about\s+the\s+(?:authors?|writers?)\s*:?.{0,40}$
    | (?:all\s+)?comments\s*(?:\(\s*\d+\s*\))\s*:?$
    | kommentare?\s*(?:\(\s*\d+\s*\))\s*:?$ | kommentar\s+(?:schreiben|verfassen)$ |
    laisser\s+un\s+commentaire\b.{0,30}
    | deja?r?\s+un\s+comentario\b.{0,30} | lascia\s+un\s+commento\b.{0,30} | оставить\s+комментарий\b.{0,30}
        | yorum\s+(?:yap|yaz)\w{0,6}$
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A sure sign that the article is over."""

TAIL_IF_LAST = re.compile(
    r"""
    (?:advertisements?|comments?|replies|responses|tags?|topics?|filed\s+under|categories|shares?|related|more\s+news
        |trending)\s*:?$
    | \d+\s+(?:comments?|replies|responses)$
    | (?:tags?|topics?|filed\s+under|categor(?:y|ies)|keywords?)\s*:\s.{1,160}$
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A sign that the article is over when nothing like an article follows."""

_TRADE = (
    r"(?:journalist|reporter|correspondent|editor|columnist|writer|author|historian|analyst|researcher|contributor|"
    r"commentator|producer|blogger|photojournalist|photographer|broadcaster)"
)
_KIND = (
    r"(?:(?:freelance|independent|staff|senior|junior|investigative|award-winning|political|foreign|chief|deputy|"
    r"managing|"
    r"associate|contributing|veteran|multimedia|digital|news|national|international|world|regional|military|security|"
    r"diplomatic|defen[cs]e|\w+-based|syrian|turkish|russian|british|american|lebanese|iraqi|israeli)\s+){0,3}"
)
_REACH = (
    r"(?:follow\s+(?:him|her|them|me|us|\w+)\b|(?:reach|contact|e-?mail)\s+(?:him|her|them|me)\b|"
    r"(?:he|she|they)\s+(?:can\s+be\s+(?:reached|"
    r"contacted|followed|found)|tweets?\s)|(?<!\w)@\w{3,}|you\s+can\s+(?:follow|reach|contact|find)\b|on\s+twitter\b)"
)
BIOGRAPHY = re.compile(
    rf"""
    {_KIND}{_TRADE}\s+(?:(?:speciali[sz](?:ed|ing)|focus(?:ed|ing)|cover(?:ing|s)|based|living|working|writing|and
        |with|from)\b)
      (?!.*[\"“”]).*$
    | (?:\w[\w.’'-]*\s+){{1,4}}(?:is|was)\s+(?:a|an|the)\s+(?:[\w.’'-]+\s+){{0,4}}?{_TRADE}\b.*{_REACH}.*$
    | (?:\w[\w.’'-]*\s+){{1,4}}is\s+(?:a|an|the)\s+{_KIND}{_TRADE}\s+(?:based\s+in|who\s+(?:covers|writes)|covering
        |for\s+this|
        speciali[sz]ing)\b(?!.*[\"“”]).*$
    | (?:\w[\w.’'-]*\s+){{1,4}}(?:covers|writes\s+(?:about|on|for)|reports\s+(?:on|from|for)|has\s+(?:covered
        |written|reported)|is\s+based)\s(?!.*[\"“”]).*$
    | (?:follow|contact|e-?mail|reach)\s+(?:him|her|them|the\s+authors?|the\s+writer)\b.{{0,120}}$
    | based\s+in\s+[\w\s,]{{2,40}}\.$
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""The author's biography."""

HEAD = re.compile(
    r"""
    (?i:home)(?:\s*[>›»/|]\s*[\w &’'.-]{2,40}){1,5}$
    | (?:By|BY)\s+(?:our\s+|[A-ZÀ-Þ])[\w.’'-]*(?:\s+[\w.’'-]+){1,4}(?:\s*[,|·–—-]\s*[^.!?]{2,60})?$
    """,
    re.VERBOSE,
)
"""What stands above an article: the way to the page, the by-line."""

BULLET = re.compile(r"[•·●▪■◦‣⁃*–-]\s+(?=\w)")
"""What a list puts before an item."""
