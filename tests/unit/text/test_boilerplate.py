"""Boilerplate is cut where the article is over, and nothing else is."""

from __future__ import annotations

import pytest

from llmx.text.boilerplate import find_boilerplate
from llmx.text.span import Span

BODY = (
    "A raid on the market town of Qasra killed at least six people on Monday, officials said.\n\n"
    "The governor, Omar Deri, told reporters that the attackers had fled across the river before dawn.\n"
)


def _boilerplate(text: str) -> list[str]:
    return [span.of(text) for span in find_boilerplate(text)]


@pytest.mark.parametrize(
    "line",
    [
        "ALSO READ  Breaking: army enters the harbour",
        "RELATED: Who holds the bridge?",
        "READ MORE: The long road to Qasra",
        "Read more »",
        "Lire aussi : La ville sous les bombes",
        "Читайте также: Что известно о взрыве",
        "اقرأ أيضا: الجيش يدخل الميناء",
        "相关阅读：港口局势",
        "Share this article:",
        "Follow us on Twitter",
        "Follow us for more from the coast",
        "Follow Qasra Online on Facebook | Telegram",
        "• Facebook",
        "Support independent journalism from the coast. Donate today.",
        "© Qasra Wire. All rights reserved. No part may be republished.",
        "347 shares",
        "Facebook Twitter WhatsApp Email",
        "Sign up for our daily newsletter",
        "Advertisement",
        "• 347",
        "  •",
        "12",
        "* * *",
        "Story continues below advertisement",
    ],
    ids=str,
)
def test_line_of_boilerplate_in_mid_article_is_flagged_alone(line: str) -> None:
    text = f"{BODY}\n{line}\n\n{BODY}"

    assert _boilerplate(text) == [line.strip()]


@pytest.mark.parametrize(
    "line",
    [
        "Read more books, the minister told pupils.",
        "Related violence spread to the coast on Tuesday.",
        "Share prices fell by 3 percent.",
        "Watch the river, the old men say.",
        "Comments by the minister angered the opposition.",
        "Subscribers complained.",
        "He asked them to follow the law on Sunday.",
        "Advertisements for the lottery were banned.",
        "Omar Deri is the former mayor of Qasra.",
        "“No.”",
        "• Facebook closed the accounts of two ministers.",
        "Support for the government is falling in the coast.",
        "Trending upward, unemployment reached 9 percent.",
        "The journalist was freed.",
    ],
    ids=str,
)
def test_line_of_prose_is_never_flagged(line: str) -> None:
    text = f"{BODY}\n{line}\n\n{BODY}"

    assert _boilerplate(text) == []


@pytest.mark.parametrize(
    "marker",
    [
        "Discussion about this post",
        "Notice: All comments represent the views of their writers.",
        "Leave a Reply",
        "Comments (12)",
    ],
    ids=str,
)
def test_everything_behind_a_sure_marker_is_boilerplate(marker: str) -> None:
    rules = "Please treat this discussion with respect. We approve all comments that are not spam."
    text = f"{BODY}\n{marker}\n\n{rules}"

    assert _boilerplate(text) == [f"{marker}\n\n{rules}"]


def test_share_bar_and_biography_before_the_comment_rules_belong_to_the_tail() -> None:
    tail = (
        "Advertisements\nShare this story:\n • 12\n • \n"
        "Analyst specialized in river trade. Based in Norland.\n\nLeave a comment"
    )
    text = f"{BODY}\n{tail}"

    assert _boilerplate(text) == [tail]


def test_likely_marker_with_prose_behind_it_is_flagged_alone() -> None:
    text = f"{BODY}\nAdvertisements\n{BODY}\nComments\n{BODY}"

    assert _boilerplate(text) == ["Advertisements", "Comments"]


def test_headlines_right_below_a_teaser_label_belong_to_it() -> None:
    teasers = "Related articles\n• Who holds the bridge?\n• Five things to know"
    text = f"{BODY}\n{teasers}\n\n{BODY}"

    assert _boilerplate(text) == [teasers]


def test_marker_before_the_article_begins_does_not_end_it() -> None:
    text = f"Leave a comment\n\n{BODY}"

    assert _boilerplate(text) == ["Leave a comment"]


def test_closing_biography_is_boilerplate() -> None:
    biography = "Lena Kole is a freelance reporter who covers the river provinces. Follow her on Twitter @lenakole."
    text = f"{BODY}\n{biography}"

    assert _boilerplate(text) == [biography]


def test_empty_text_has_no_boilerplate() -> None:
    assert find_boilerplate("") == ()


@pytest.mark.parametrize("line", ["Home > World > Coast", "By Lena Voss, Coast Courier", "By our political editor"])
def test_way_and_by_line_above_the_article_are_boilerplate(line: str) -> None:
    text = f"{line}\n\n{BODY}"

    found = find_boilerplate(text)

    assert found[0] == Span(0, len(line))


def test_biography_between_a_share_bar_and_comment_rules_is_boilerplate() -> None:
    biography = "Lena Voss covers ports and shipping for the Courier. She lives in Qasra."
    text = f"{BODY}\n\nShare this story\n  • Facebook\n\n{biography}\n\nComments are moderated."

    found = find_boilerplate(text)

    assert found[-1].end == len(text)
    assert found[-1].start == text.index("Share this story")
