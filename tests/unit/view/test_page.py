from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from pydantic import BaseModel

from llmx.document import Document
from llmx.result import Extraction, Provenance, Reason, Rejection
from llmx.schema.citation import Citation, Cited
from llmx.schema.news import Claim, Entity, NewsReport
from llmx.text.span import Span
from llmx.view import to_html
from llmx.view.page import visible

HOSTILE = [
    pytest.param("<script>alert(1)</script>", id="script"),
    pytest.param("</script><script>alert(1)</script>", id="end of script"),
    pytest.param("</style><img src=x onerror=alert(1)>", id="end of style"),
    pytest.param('" onmouseover="alert(1)', id="attribute"),
    pytest.param("' autofocus onfocus='alert(1)", id="single quotes"),
    pytest.param("<!-- comment", id="comment"),
    pytest.param("{{ 7 * 7 }} {% raw %}", id="template"),
    pytest.param("&lt;b&gt; &amp;", id="entities"),
    pytest.param("]]><svg onload=alert(1)>", id="svg"),
]


class Recall(BaseModel):
    product: Cited[str]


class Reader(HTMLParser):
    """Reads a page back: its elements with their attributes, and the text outside of style and script."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.sources: dict[str, str] = {}
        self._within = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._within = tag if tag in ("style", "script") else ""

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser's signature
        self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within:
            self.sources[self._within] = self.sources.get(self._within, "") + data
        else:
            self.words += data

    @property
    def shape(self) -> list[tuple[str, list[str]]]:
        return [(tag, sorted(attrs)) for tag, attrs in self.elements]


def one_claim(text: str, provenance: Provenance) -> Extraction[NewsReport]:
    """An extraction in which `text` stands wherever someone else's words can."""
    cite = Citation(quote=text, start=0, end=len(text))
    return Extraction(
        document=Document(id=text, text=text, title=text, url=text, outlet=text),
        report=NewsReport(
            entities=(Entity(id="n1", name=text, aliases=(text,), role_title=text, mentions=(cite,)),),
            claims=(Claim(id=text, text=text + " says more", evidence=(cite,)),),
        ),
        provenance=provenance.model_copy(update={"model": text, "settings": {"x": text}}),
        rejections=(
            Rejection(
                path=text,
                reason=Reason.MISSING_QUOTE,
                value=text,
                quote=text,
                detail=text,
                rule=text,
                nearest=Span(0, 3),
            ),
        ),
        notes=(text,),
    )


def test_the_page_is_one_document_that_begins_with_its_type(extraction: Extraction[NewsReport]) -> None:
    page = to_html(extraction)

    assert page.startswith("<!doctype html>\n")
    assert page.endswith("</html>")


def test_the_same_extraction_gives_the_same_page(extraction: Extraction[NewsReport]) -> None:
    assert to_html(extraction) == to_html(extraction)


def test_an_extraction_read_back_gives_the_same_page(extraction: Extraction[NewsReport]) -> None:
    again = Extraction.from_json(extraction.to_json())

    assert to_html(again) == to_html(extraction)


def test_the_page_asks_the_network_for_nothing(extraction: Extraction[NewsReport]) -> None:
    page = Reader(to_html(extraction))

    loads = [attrs for tag, attrs in page.elements if "src" in attrs or tag in ("link", "iframe", "object", "base")]
    assert loads == []
    assert "url(" not in page.sources["style"]
    assert "@import" not in page.sources["style"]


@pytest.mark.parametrize("part", ["style", "script"])
def test_the_policy_allows_exactly_the_style_and_script_of_the_page(
    extraction: Extraction[NewsReport], part: str
) -> None:
    page = Reader(to_html(extraction))

    policy = next(attrs["content"] for tag, attrs in page.elements if tag == "meta" and "http-equiv" in attrs)

    digest = base64.b64encode(hashlib.sha256(page.sources[part].encode()).digest()).decode()
    assert f"{part}-src 'sha256-{digest}'" in str(policy)
    assert "default-src 'none'" in str(policy)


def test_every_link_within_the_page_leads_somewhere(extraction: Extraction[NewsReport]) -> None:
    page = Reader(to_html(extraction))

    anchors = {attrs["id"] for _, attrs in page.elements if "id" in attrs}
    links = {str(attrs["href"])[1:] for _, attrs in page.elements if str(attrs.get("href", "")).startswith("#")}
    assert links <= anchors


def test_no_anchor_stands_twice(extraction: Extraction[NewsReport]) -> None:
    page = Reader(to_html(extraction))

    anchors = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(anchors) == len(set(anchors))


def test_a_quote_leads_to_its_words_in_the_article(extraction: Extraction[NewsReport]) -> None:
    page = to_html(extraction)

    target = re.search(r'href="#(s\d+)" data-c="\d+"><bdi>bombed<', page)

    assert target is not None
    assert re.search(rf'<a id="{target.group(1)}"[^>]*>bombed</a>', page)


def test_boilerplate_is_set_apart(extraction: Extraction[NewsReport]) -> None:
    page = to_html(extraction)

    assert re.search(r'<p dir="auto" class="bp"><span class="bp">ALSO READ', page)


def test_long_boilerplate_is_folded_away(extraction: Extraction[NewsReport]) -> None:
    rules = "Be kind to each other in the comments. " * 8
    document = Document(id="x", text="News.\n\n" + rules, boilerplate=(Span(7, 7 + len(rules)),))

    page = to_html(replace(extraction, document=document, report=NewsReport(), rejections=()))

    assert "<summary>Not the article</summary>" in page


def test_a_rejection_shows_reason_offer_and_nearest_words(extraction: Extraction[NewsReport]) -> None:
    words = " ".join(Reader(to_html(extraction)).words.split())

    assert "number mismatch dropped events[1].counts[0]".replace(" ", "") in words.replace(" ", "")
    assert "forty children" in words
    assert "quote 40, text 4" in words


def test_offered_words_are_struck_out_where_they_do_not_stand_in_the_article(
    extraction: Extraction[NewsReport],
) -> None:
    real = extraction.rejections[0].model_copy(update={"quote": "Nothing is left of it"})

    page = to_html(replace(extraction, rejections=(*extraction.rejections, real)))

    assert '<del class="offered"><bdi>forty children</bdi></del>' in page
    assert '<span class="offered"><bdi>Nothing is left of it</bdi></span>' in page


def test_a_flagged_record_says_so_and_links_to_the_reason(extraction: Extraction[NewsReport]) -> None:
    flagged = extraction.rejections[0].model_copy(
        update={"action": "flagged", "path_published": "events[1].counts[0].low"}
    )

    page = to_html(replace(extraction, rejections=(flagged,)))

    assert '<a href="#rejected-0">flagged: not supported by its words</a>' in page


def test_an_article_that_was_not_read_to_its_end_says_so(extraction: Extraction[NewsReport]) -> None:
    page = to_html(replace(extraction, complete=False, notes=("window 2 failed",)))

    assert "A part of this article was not read." in page
    assert "window 2 failed" in page


def test_a_report_of_a_users_own_class_is_shown(extraction: Extraction[NewsReport]) -> None:
    cite = Citation(quote="Jets", start=0, end=4)

    page = to_html(replace(extraction, report=Recall(product=Cited(value="Kettle K2", cite=cite)), rejections=()))

    assert "Kettle K2" in page
    assert '<a id="s0" class="s l0" href="#report"' in page


def test_a_report_whose_required_field_was_rejected_is_shown(extraction: Extraction[NewsReport]) -> None:
    lost = Rejection(path="product", reason=Reason.MISSING_QUOTE, value="Toaster T9", quote="its toaster")

    page = to_html(replace(extraction, report=Recall.model_construct(), rejections=(lost,)))

    assert "Toaster T9" in page


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_text_wherever_they_stand(text: str, provenance: Provenance) -> None:
    harmless = "x" * len(text)

    page = Reader(to_html(one_claim(text, provenance)))

    assert page.shape == Reader(to_html(one_claim(harmless, provenance))).shape
    assert page.words.count(text) >= 12


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,<b>", " javascript:alert(1)", "//elsewhere.example", "file:///etc/passwd"],
)
def test_an_address_that_is_no_web_address_is_not_a_link(extraction: Extraction[NewsReport], url: str) -> None:
    document = replace(extraction.document, url=url)

    page = Reader(to_html(replace(extraction, document=document)))

    assert url not in [attrs.get("href") for _, attrs in page.elements]
    assert url.strip() in page.words


def test_a_web_address_is_a_link_that_tells_nothing_about_the_page(extraction: Extraction[NewsReport]) -> None:
    page = Reader(to_html(extraction))

    link = next(attrs for _, attrs in page.elements if attrs.get("href") == "https://karsk.example/depot")
    assert link["rel"] == "noopener noreferrer nofollow"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("a\u202eb", "U+202E", id="right-to-left override"),
        pytest.param("a\u2066b", "U+2066", id="isolate"),
        pytest.param("a\x00b", "U+0000", id="nul"),
        pytest.param("a\ud800b", "U+D800", id="lone surrogate"),
        pytest.param("a\x1b[2Jb", "U+001B", id="escape"),
    ],
)
def test_control_characters_are_shown_by_name(text: str, shown: str) -> None:
    page = visible(text)

    assert f">{shown}<" in page
    assert text[1] not in page


@pytest.mark.parametrize("text", ["a\u200fb", "a\tb", "a\nb", "a\u200db", "\u0627\u0644\u062e\u0628\u0631"])
def test_characters_that_scripts_need_stay(text: str) -> None:
    assert visible(text) == text


def test_a_page_with_lone_surrogates_can_be_written(extraction: Extraction[NewsReport]) -> None:
    document = Document(id="x", text="lone \ud83d and \udc00 halves", title="half \ud83d")

    page = to_html(replace(extraction, document=document, report=NewsReport(), rejections=()))

    assert page.encode("utf-8")


def test_every_word_of_someone_else_is_isolated_in_its_direction(extraction: Extraction[NewsReport]) -> None:
    page = to_html(extraction)

    assert re.findall(r'<a class="q[^>]*>(?!<bdi>)', page) == []
    assert (
        re.findall(r'<p(?! dir="auto"| class="(?:kicker|url|sum|flag|none|warn|live)")[^>]*>', page.split("<footer")[0])
        == []
    )


def test_an_extraction_without_records_still_shows_its_article(provenance: Provenance) -> None:
    empty = Extraction(document=Document(id="x", text="Nothing new."), report=NewsReport(), provenance=provenance)

    words = Reader(to_html(empty)).words

    assert "Nothing new." in words
    assert "nothing was rejected" in words
