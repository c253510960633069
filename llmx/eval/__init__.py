"""Evaluation: gold labels, matching, metrics, statistics and reports."""
