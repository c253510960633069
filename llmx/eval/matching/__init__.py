"""Matching: how alike two places or two wordings are, and which pairs to count."""
