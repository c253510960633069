"""The schema: what a citation is, the records of a news report, and the contracts they publish.

A report class is any Pydantic model whose fields are cited: they hold `Citation`, `Cited[T]`, or records that do.
From one class two JSON Schemas are made: what a model is *asked* (quotes, no offsets) and what llmx *publishes*.
"""
