"""What other people's programs say of mails and pages: npm's mailparser and axe, the Nu HTML checker, SpamAssassin.

`--install` gets them: Debian's packages where the system and the user allow it, then npm's, as `npm/` pins them, into
`.node` at the top of the checkout.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from base64 import b64encode
from pathlib import Path
from typing import Any

import debian
import pytest

TOP = Path(__file__).resolve().parents[1]
MODULES = TOP / ".node" / "node_modules"
NU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"

PACKAGES = {"node": "nodejs", "npm": "npm", "java": "default-jre-headless", "spamassassin": "spamassassin"}
"""Commands that are needed, and Debian's packages that have them."""

_SCRIPT = """
const { simpleParser } = require('mailparser');
let raw = [];
process.stdin.on('data', part => raw.push(part)).on('end', async () => {
  const mails = [];
  for (const each of JSON.parse(Buffer.concat(raw)))
    mails.push(await simpleParser(Buffer.from(each, 'base64'), { skipImageLinks: true }));
  const line = (mail, key) => (mail.headerLines.find(l => l.key === key) || {}).line;
  process.stdout.write(JSON.stringify(mails.map(mail => ({
    from: mail.from.value, to: mail.to.value, subject: mail.subject, text: mail.text, html: mail.html,
    list: mail.headers.get('list') || null, leave: line(mail, 'list-unsubscribe') || '',
    pictures: mail.attachments.map(a => ({
      cid: a.cid, type: a.contentType, related: a.related, content: a.content.toString('base64') })),
  }))));
});
"""


def missing(tool: str) -> str:
    """Why there is no such tool here, one of mailparser, nu and spamassassin; empty when there is."""
    needed = {"mailparser": ("node", MODULES / "mailparser"), "nu": ("java", NU)}.get(tool, (tool, TOP))
    there = shutil.which(needed[0]) and needed[1].exists()
    return "" if there else f"{tool} is not here; `make opinions` installs it"


def need(tool: str) -> None:
    """Skip the test that asks where the tool is not; CI must have it."""
    if why := missing(tool):
        (pytest.fail if os.environ.get("CI") else pytest.skip)(why)


def parsed(mails: list[bytes]) -> list[dict[str, Any]]:
    """Read mails by mailparser: from and to, subject, both parts, list headers as it understood them, pictures."""
    given = json.dumps([b64encode(mail).decode() for mail in mails]).encode()
    env = {**os.environ, "NODE_PATH": str(MODULES)}
    done = subprocess.run(["node", "-e", _SCRIPT], input=given, env=env, capture_output=True, check=True, timeout=120)
    return list(json.loads(done.stdout))


def faults_of_pages(pages: list[Path]) -> list[str]:
    """List the errors that the Nu checker finds in pages, in one run: "file:line.column: …"; warnings are left out."""
    done = subprocess.run(
        ["java", "-jar", str(NU), "--errors-only", "--format", "gnu", *map(str, pages)],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    return [re.sub(r'^"file:(.*?)":', r"\1:", line) for line in done.stderr.splitlines() if line.strip()]


def spam_scores(mail: bytes) -> dict[str, float]:
    """Score a mail by SpamAssassin's own rules, without network: what each rule that met gives."""
    done = subprocess.run(["spamassassin", "-L", "-t"], input=mail, capture_output=True, check=True, timeout=120)
    report = done.stdout.decode("utf-8", "replace").rpartition("Content analysis details:")[2]
    return {found[2]: float(found[1]) for found in re.finditer(r"(?m)^ *(-?\d+\.\d+) ([A-Z][A-Z0-9_]+) ", report)}


def _install() -> None:
    debian.install(*(package for command, package in PACKAGES.items() if not shutil.which(command)))
    if shutil.which("npm") and not all(map(_pinned, _wanted())):
        MODULES.parent.mkdir(exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(TOP / "tests" / "npm" / name, MODULES.parent)
        # No script of a package is run: all that is needed lies in them.
        words = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(words, cwd=MODULES.parent, check=False, stdout=subprocess.DEVNULL)


def _wanted() -> dict[str, str]:
    found: dict[str, str] = json.loads((TOP / "tests" / "npm" / "package.json").read_text("utf-8"))["dependencies"]
    return found


def _pinned(name: str) -> bool:
    file = MODULES / name / "package.json"
    return file.exists() and json.loads(file.read_text("utf-8"))["version"] == _wanted()[name]


if __name__ == "__main__":
    if "--install" in sys.argv:
        _install()
    for each in ("mailparser", "nu", "spamassassin"):
        print(f"{each}: {missing(each) or 'is here'}")
