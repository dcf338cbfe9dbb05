"""Hold finished mails to the rules of `pipeline.proof`: those of a built issue, or those of any folder."""

from __future__ import annotations

from pipeline.files import Folder
from pipeline.proof import FILES, Ruling, prove
from pipeline.store import Newsroom


def proof(newsroom: Newsroom, issue: str) -> tuple[Ruling, ...]:
    """Prove the mail of a built issue; raises UsageError when it is not built."""
    return prove(newsroom.edition(issue).files, newsroom.config.newsletter)


def proof_of(folder: Folder) -> tuple[Ruling, ...]:
    """Prove the three files of a folder, whoever made them; raises PipelineError when one is missing."""
    return prove({name: folder.content(name) for name in FILES})
