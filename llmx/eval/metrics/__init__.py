"""Metrics: what is counted in one article. Every figure is a ratio of sums of these counts over articles."""
