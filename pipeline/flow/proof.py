"""Hold finished mails to the rules of `pipeline.proof`: those of a built issue, or those of any folder."""

from __future__ import annotations

from pipeline.files import Folder
from pipeline.model.finding import Finding
from pipeline.model.issue import Edition, Issue
from pipeline.proof import FILES, Ruling, findings, prove
from pipeline.store import Newsroom


def proof(newsroom: Newsroom, issue: str) -> tuple[Ruling, ...]:
    """Prove the mail of a built issue; raises UsageError when it is not built."""
    built = next((each for each in newsroom.built.issues if each.key == issue), None)
    return prove(newsroom.edition(issue).files, newsroom.config.newsletter, built)


def proof_of(folder: Folder) -> tuple[Ruling, ...]:
    """Prove the three files of a folder, whoever made them; raises PipelineError when one is missing."""
    return prove({name: folder.content(name) for name in FILES})


def proved(newsroom: Newsroom, made: Issue, edition: Edition) -> tuple[Finding, ...]:
    """Prove the mail of an edition that was just made of an issue; what is not ok comes as findings."""
    newsletter, own = newsroom.config.newsletter, newsroom.folder.own_templates()
    return findings(prove(edition.files, newsletter, made), edition.files, own, edition.costs, newsletter.mail)
