"""The only door to the network in: polite, patient within limits, and never onto the own network by a stranger's word."""

from pipeline.fetch.fetcher import Cache, Fetcher
from pipeline.fetch.guard import Network

__all__ = ["Cache", "Fetcher", "Network"]
