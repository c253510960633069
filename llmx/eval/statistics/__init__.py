"""Statistics: figures from counts, how sure they are, and whether two runs differ."""
