"""Claim reviews: claims as schema.org ClaimReview JSON-LD, to be filled in by whoever checks them.

What llmx knows is the claim, who makes it, and where it appeared. It does not know whether it is true: `reviewRating`,
`author` and `url` of the review itself are left to the fact-checker, and without them it is not a published review.

Source: https://schema.org/ClaimReview.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from llmx.batch.published import Fields, items, part, words

_PERSONS = frozenset({"named_person", "unnamed_official", "anonymous_person", "author"})


def claim_reviews(extraction: Fields) -> Iterator[dict[str, Any]]:
    """One review, yet to be rated, for each claim of an extraction."""
    document, report = extraction["document"], extraction["report"]
    speakers = {item["id"]: item for item in items(report, "attributions")}
    names = {entity["id"]: entity.get("name") for entity in items(report, "entities")}
    for claim in items(report, "claims"):
        innermost = speakers.get(next(reversed(words(claim, "claimer") or ("document",))))
        yield {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "identifier": f"{document['id']}#{claim['id']}",
            "claimReviewed": claim["text"],
            "itemReviewed": {
                "@type": "Claim",
                "text": claim["text"],
                "author": _author(innermost, names, document),
                "datePublished": document.get("published"),
                "appearance": _appearance(document),
                "citation": [
                    {"@type": "Quotation", "text": cite["quote"], "position": cite["start"]}
                    for cite in claim["evidence"]
                ],
            },
        }


def _author(speaker: Fields | None, names: Mapping[str, str | None], document: Fields) -> dict[str, Any] | None:
    """Who makes the claim: the source it is attributed to, else the outlet."""
    if speaker is None:
        return {"@type": "NewsMediaOrganization", "name": document["outlet"]} if document.get("outlet") else None
    name = names.get(speaker.get("source_entity") or "") or part(speaker, "source").get("quote")
    kind = "Person" if speaker.get("source_kind") in _PERSONS else "Organization"
    return {"@type": kind, "name": name} if name else None


def _appearance(document: Fields) -> dict[str, Any]:
    found = {
        "@type": "NewsArticle",
        "identifier": document["id"],
        "url": document.get("url"),
        "headline": document.get("title"),
        "datePublished": document.get("published"),
    }
    return {name: value for name, value in found.items() if value is not None}
