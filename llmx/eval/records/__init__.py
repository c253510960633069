"""Records as scoring sees them: gold and predictions in one form, in an order of their own."""
