"""Prompts: templates, the messages they render to, and the re-ask.

A *template* is a Jinja file in `prompts/`, or the user's own. Rendering is pure: template, document and report class
give messages. The article is data in it: fenced, and never rendered as a template.
"""

from llmx.prompt.example import Example
from llmx.prompt.parts import Part, split
from llmx.prompt.reask import Failure, Fixes, apply_fixes, render_reask
from llmx.prompt.render import render
from llmx.prompt.template import Template, find_template, load_template

__all__ = [
    "Example",
    "Failure",
    "Fixes",
    "Part",
    "Template",
    "apply_fixes",
    "find_template",
    "load_template",
    "render",
    "render_reask",
    "split",
]
