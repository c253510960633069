"""Batch: many articles, nothing lost, nothing paid for twice.

A *run* is a folder with a ledger (`run.db`) in which every article ends as a result or as a dead letter with its
reason. The same command again goes on where the last one stopped, however it stopped.
"""
