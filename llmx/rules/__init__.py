"""The embedded engine: a model made of rules and word lists, which needs no network and no key.

`engine` is the model. Under it `analysis` reads a document once, `attribution` and `events` find records, `entities`,
`places` and `counts` find what they hold, and `drafting` writes them down. The word lists are in `llmx.lexicon`.
"""

from llmx.rules.engine import RulesModel

__all__ = ["RulesModel"]
