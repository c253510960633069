"""Gold: labels of articles, written as quotes; read, checked and frozen."""

from llmx.eval.gold.case import Case
from llmx.eval.gold.contract import gold_contract
from llmx.eval.gold.format import GoldArticle
from llmx.eval.gold.freeze import freeze_line
from llmx.eval.gold.reader import GoldCheck, Problem, check_gold, digest_of, gold_files, read_gold

__all__ = [
    "Case",
    "GoldArticle",
    "GoldCheck",
    "Problem",
    "check_gold",
    "digest_of",
    "freeze_line",
    "gold_contract",
    "gold_files",
    "read_gold",
]
