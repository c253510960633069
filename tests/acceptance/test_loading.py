"""Loading: the embedded engine waits for nothing that only models behind a network need."""

import subprocess
import sys

SCRIPT = """
import sys
from llmx import Article, Extractor
Extractor(model="rules").extract(Article(text="Police said two men were arrested in Ankara."))
heavy = {"asyncio", "ssl", "anyio", "tenacity", "jinja2", "json_repair", "openai", "instructor"}
print(*sorted(heavy & set(sys.modules)))
"""


def test_embedded_engine_loads_no_event_loop_no_tls_and_no_templates() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)

    assert done.stdout.split() == []
