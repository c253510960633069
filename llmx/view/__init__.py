"""The page: an extraction as one self-contained HTML file, the article beside the records that cite it."""

from llmx.view.page import to_html

__all__ = ["to_html"]
