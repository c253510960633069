"""langextract: a flat list of extractions, one worked example, one chunk, its own aligner's defaults."""

from __future__ import annotations

import asyncio
import sys
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor

SPACE_S = 0.3
"""Between the first requests: a relay takes few connections at once."""

PROMPT = (
    "Extract all attributions of the news article: for each its source (who), cue (the words that attribute) and "
    "content (what is attributed), with the same number in the attribute attribution. Statements, beliefs, wishes and "
    "intentions count. Also extract who takes part in violent events: attacker, target, victim, instrument. Use exact "
    "text, in order of appearance."
)
EXAMPLE = (
    "The mayor of Dorvan said on Friday that gunmen had shot two guards at the mill. “We will find them,” she promised."
)
PARTS = (
    ("source", "The mayor of Dorvan", "1"),
    ("cue", "said", "1"),
    ("content", "that gunmen had shot two guards at the mill", "1"),
    ("attacker", "gunmen", None),
    ("victim", "guards", None),
    ("content", "“We will find them,”", "2"),
    ("source", "she", "2"),
    ("cue", "promised", "2"),
)
ROLES = ("attacker", "target", "victim", "instrument")


async def ask_langextract(rows: list[dict], *, model: str, base_url: str) -> list[dict | None]:
    """Each article once, through langextract as it comes; it is synchronous, so each in a thread."""
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(len(rows)))
    started = []
    for row in rows:
        started.append(asyncio.ensure_future(asyncio.to_thread(one, row, model, base_url)))
        await asyncio.sleep(SPACE_S)
    return list(await asyncio.gather(*started))


def one(row: dict, model: str, base_url: str) -> dict | None:
    import langextract as lx  # noqa: PLC0415 - a peer, not needed for the others
    from langextract.providers.openai import OpenAILanguageModel  # noqa: PLC0415

    parts = [
        lx.data.Extraction(
            extraction_class=kind, extraction_text=text, attributes={"attribution": number} if number else None
        )
        for kind, text, number in PARTS
    ]
    provider = OpenAILanguageModel(model_id=model.partition("/")[2], api_key="none", base_url=base_url)
    # Answers through a relay may take longer than the ten minutes after which its client would ask again.
    provider._client = provider._client.with_options(timeout=7_000)  # noqa: SLF001 - it takes no timeout itself
    try:
        found = lx.extract(
            text_or_documents=row["text"],
            prompt_description=PROMPT,
            examples=[lx.data.ExampleData(text=EXAMPLE, extractions=parts)],
            model=provider,
            max_char_buffer=20_000,
            show_progress=False,
        )
    except (ValueError, RuntimeError, lx.exceptions.LangExtractError) as error:
        print(f"{row['id']}: {error}", file=sys.stderr)
        return None
    return published(row["text"], found.extractions or [])


def published(text: str, extractions: list) -> dict:
    """The extractions in the shape the scorer reads; what has no interval has no span."""
    groups: dict[str, dict[str, list[dict]]] = defaultdict(lambda: defaultdict(list))
    participants, characters = [], 0
    for each in extractions:
        interval = each.char_interval
        cite = None
        if interval is not None and interval.start_pos is not None:
            cite = {
                "quote": text[interval.start_pos : interval.end_pos],
                "start": interval.start_pos,
                "end": interval.end_pos,
            }
        if each.extraction_class in ROLES:
            participants += [{"role": each.extraction_class, "cite": cite}] if cite else []
            continue
        number = str((each.attributes or {}).get("attribution", f"?{each.extraction_index}"))
        characters += len(each.extraction_text) + len(each.extraction_class) + len(number) + 60
        groups[number][each.extraction_class] += [cite] if cite else []
    attributions = [
        {
            "source": (parts["source"] or [None])[0],
            "cue": (parts["cue"] or [None])[0],
            "content": parts["content"],
        }
        for parts in groups.values()
    ]
    return {
        "document": {"text": text},
        "report": {"attributions": attributions, "events": [{"type": "event", "participants": participants}]},
        "rejections": [],
        "usage": {"calls": 1, "input_tokens": 0, "output_tokens": 0},
        "sizes": {"characters": characters, "attributions": len(attributions)},
    }
