"""Models behind a network: settings, modes, retries, prices, and the one file that imports openai and instructor.

`open_model` gives a `Model` of the port; nothing here knows what the messages say or what a quote is.
"""
