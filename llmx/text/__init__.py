"""Plain text: spans, folding with an offset map, sentences, and where a quote stands.

Pure functions on strings. Nothing here knows of articles, schemas or models.
"""
