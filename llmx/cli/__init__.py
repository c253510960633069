"""The command line: thin. Each command parses its words into typed options and calls the library."""
