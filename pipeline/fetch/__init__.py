"""The only door to the network in: polite, patient within limits, never into our own network on a stranger's word."""

from pipeline.fetch.fetcher import Cache, Fetcher
from pipeline.fetch.guard import Network

__all__ = ["Cache", "Fetcher", "Network"]
