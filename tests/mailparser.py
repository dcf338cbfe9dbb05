"""A second reader of mails, npm's mailparser, for what Python's own parser may read in its own way."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from base64 import b64encode
from functools import cache

_SCRIPT = """
const { simpleParser } = require('mailparser');
let raw = [];
process.stdin.on('data', part => raw.push(part)).on('end', async () => {
  const mails = [];
  for (const each of JSON.parse(Buffer.concat(raw)))
    mails.push(await simpleParser(Buffer.from(each, 'base64')));
  const line = (mail, key) => (mail.headerLines.find(l => l.key === key) || {}).line;
  process.stdout.write(JSON.stringify(mails.map(mail => ({
    from: mail.from.value, to: mail.to.value, subject: mail.subject, text: mail.text, html: mail.html,
    list: mail.headers.get('list') || null, leave: line(mail, 'list-unsubscribe') || '',
  }))));
});
"""


@cache
def missing() -> str:
    """Why there is no mailparser here; empty when there is one (on NODE_PATH, or installed globally)."""
    if not shutil.which("node"):
        return "node is not installed here"
    asked = subprocess.run(
        ["node", "-e", "require('mailparser')"], env=_env(), capture_output=True, check=False, timeout=60
    )
    return "" if asked.returncode == 0 else "npm's mailparser is not installed here (npm install -g mailparser)"


def read(mails: list[bytes]) -> list[dict[str, object]]:
    """Read mails: from and to with name and address, subject, both parts, list headers as it understood them."""
    given = json.dumps([b64encode(mail).decode() for mail in mails]).encode()
    done = subprocess.run(
        ["node", "-e", _SCRIPT], input=given, env=_env(), capture_output=True, check=True, timeout=120
    )
    return list(json.loads(done.stdout))


@cache
def _env() -> dict[str, str]:
    npm = shutil.which("npm")
    root = (
        subprocess.run([npm, "root", "-g"], capture_output=True, text=True, check=False).stdout.strip() if npm else ""
    )
    return {**os.environ, "NODE_PATH": os.pathsep.join(filter(None, (os.environ.get("NODE_PATH", ""), root)))}
