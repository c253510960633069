"""Reports: an evaluation as a table, as files for other programs, and as a page."""
