"""Read one article with the embedded engine, and show what came out: no model, no key, no network.

    python examples/demo.py [ARTICLE.txt]

The whole result goes to `demo-out/result.json`, the page to `demo-out/result.html`.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from textwrap import shorten

from llmx import Article, Attribution, Event, Extraction, NewsReport, extract, to_html

EXAMPLE = Path(__file__).parent / "articles" / "marova-courier.txt"
OUT = Path("demo-out")
QUOTE_WIDTH = 92


def main(path: Path) -> None:
    result = extract(read(path), model="rules")
    print("\n".join(summary(result)))
    OUT.mkdir(exist_ok=True)
    (OUT / "result.json").write_text(result.to_json(indent=2) + "\n", encoding="utf-8")
    (OUT / "result.html").write_text(to_html(result), encoding="utf-8")
    print(f"\nAll of it: {OUT / 'result.json'}\nThe page:  {OUT / 'result.html'}")


def read(path: Path) -> Article:
    """The article in `path`, with what the file beside it says: published, outlet, title, url."""
    beside = path.with_suffix(".json")
    known = json.loads(beside.read_text(encoding="utf-8")) if beside.exists() else {}
    return Article(text=path.read_text(encoding="utf-8"), id=path.stem, **known)


def summary(result: Extraction[NewsReport]) -> Iterable[str]:
    document, report = result.document, result.report
    yield f"{document.title or document.id} ({document.outlet or 'outlet unknown'}, {document.published or 'no date'})"
    speakers = {each.id: source_of(each) for each in report.attributions}
    yield heading("What happened", len(report.events))
    for event in report.events:
        yield from event_lines(event, speakers)
    yield heading("Who said what", len(report.attributions))
    for attribution in report.attributions:
        words = " … ".join(part.quote for part in attribution.content)
        within = f" (inside what {speakers[attribution.parent]} said)" if attribution.parent in speakers else ""
        yield f"  {source_of(attribution)} · {attribution.stance}{within}: {short(words)}"
    yield heading("What is claimed", len(report.claims))
    for claim in report.claims:
        yield f"  {short(claim.text)} · {claim.epistemic.replace('_', ' ')}"
    yield heading("What did not come out", len(result.rejections))
    for rejection in result.rejections:
        yield f"  {rejection.path}: {rejection.reason.value} · {short(rejection.quote or str(rejection.value))}"
    checked = result.verdicts
    yield f"\n{checked.supported} values supported by their words, {checked.undecided} undecided."


def event_lines(event: Event, speakers: dict[str, str]) -> Iterable[str]:
    told = "" if event.modality == "asserted" else f", {event.modality}"
    told += ", did not happen" if event.polarity == "negative" else ""
    yield f"  {event.type.replace('_', ' ')}{told}: {short(event.evidence[0].quote)}"
    for participant in event.participants:
        yield f"      {participant.role:<11}{short(participant.cite.quote)}"
    if event.time is not None:
        days = " to ".join(dict.fromkeys(str(day) for day in (event.time.start, event.time.end) if day))
        yield f"      {'when':<11}{event.time.cite.quote} = {days or event.time.value or 'not resolved'}"
    for place in event.places:
        yield f"      {'where':<11}{place.name}{f' ({place.country})' if place.country else ''}"
    for count in event.counts:
        who = "the article" if count.said_by == "document" else speakers.get(count.said_by, count.said_by)
        yield f"      {count.of:<11}{number(count.low, count.best, count.high)}, says {who}: “{count.cite.quote}”"


def number(low: int | None, best: int | None, high: int | None) -> str:
    """What is known of the number: itself, or its bounds."""
    if best is not None:
        return str(best)
    if low is None:
        return f"{high} or fewer"
    return f"{low} or more" if high is None else f"{low} to {high}"


def source_of(attribution: Attribution) -> str:
    return attribution.source.quote if attribution.source is not None else "nobody named"


def heading(words: str, number: int) -> str:
    return f"\n{words} ({number})"


def short(words: str) -> str:
    return shorten(words, QUOTE_WIDTH, placeholder=" …")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLE)
