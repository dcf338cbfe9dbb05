"""Hopeline, one way through.

sources.yml -> Source -(fetch)-> Entry -(triage)-> Story -(queue.merge)-> outbox/<issue>/queue.yml
editors write and sign -> Item -(checks)-> Finding -> Issue -(render)-> Edition -> outbox/<issue>/ and outbox/site/
-(channel)-> Receipt
"""

__version__ = "0.1.0"
