"""The only door to the disk: find a newsroom, read its files, replace a file whole.

Every write goes to a temporary file beside the target, is flushed to the disk, and takes the target's place in one
step, so that a crash at any moment leaves the old file or the new one, never half of one.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import IO

from pipeline.errors import Fault, InputError, PipelineError, UsageError
from pipeline.language.shipped import SHIPPED
from pipeline.model.source import Kept
from pipeline.text import nearest

try:
    import fcntl
except ImportError:
    fcntl = None  # type: ignore[assignment]  # no such module on Windows: there the lock is left out

PATIENCE = 5.0
"""Seconds a command waits for another one to end before it gives up."""

_ISSUE = re.compile(r"\d{4}-\d{2}")
_NOT_IN_A_NAME = re.compile(r"[^\w.-]")
_LEFTOVER = re.compile(r"\..+\.[a-z0-9_]{8}\.new")


class Folder:
    """A folder with a `sources.yml`, and everything below it that the program reads and writes."""

    def __init__(self, root: Path, cache: Path | Callable[[], Path]) -> None:
        self.root = root
        self.outbox = root / "outbox"
        self.cache = BodyCache(cache)

    @classmethod
    def find(cls, start: Path, cache: Path | Callable[[], Path], *, exact: bool) -> Folder:
        """Find the newsroom: `start` itself when `exact`, else the nearest folder upward with a sources.yml."""
        start = start.resolve()
        for folder in [start] if exact else [start, *start.parents]:
            if (folder / "sources.yml").is_file():
                return cls(folder, cache)
        where = (
            f"{start} has no sources.yml." if exact else f"Neither {start} nor any folder above it has a sources.yml."
        )
        raise UsageError(f"{where}\nGo to your newsletter's folder, or name it with --root DIR.")

    def read(self, name: str) -> str:
        """Read a text file by its path below the root; raises InputError when it is absent or not UTF-8."""
        return _text(self.root / name, name)

    def read_if_there(self, name: str) -> str | None:
        """Read a text file, or None when there is none."""
        return self.read(name) if self.has(name) else None

    def has(self, name: str) -> bool:
        """Whether there is such a file, or a link that leads nowhere."""
        return os.path.lexists(self.root / name)

    def inside(self, name: str) -> bool:
        """Whether a path leads to a file of this folder, and by no link out of it."""
        path = (self.root / name).resolve()
        return path.is_file() and path.is_relative_to(self.root.resolve())

    def content(self, name: str) -> bytes:
        """Read a file's bytes; raises PipelineError when it can't be."""
        try:
            return (self.root / name).read_bytes()
        except OSError as error:
            raise PipelineError(f"{name} can't be read: {error.strerror}") from None

    def write(self, name: str, content: str | bytes, *, sync: bool = True) -> bool:
        """Replace a file whole; returns False, and leaves it untouched, when it already holds just that.

        What can be made again need not be flushed to the disk (`sync`). Raises PipelineError when the disk won't take
        it; then the old file still stands.
        """
        content = content.encode("utf-8") if isinstance(content, str) else content
        with _report_errors(name):
            return replace_file(self.root / name, content, sync=sync)

    def holds(self, name: str, sha256: str) -> bool:
        """Whether a file is there and holds just what has this hash."""
        try:
            return hashlib.sha256((self.root / name).read_bytes()).hexdigest() == sha256
        except OSError:
            return False

    def remove(self, name: str, sha256: str) -> bool:
        """Take a file away if it holds just what has this hash, and its folder when that is empty then."""
        path = self.root / name
        if not self.holds(name, sha256):
            return False
        with _report_errors(name):
            path.unlink()
            with contextlib.suppress(OSError):  # not empty: somebody else's files stay
                path.parent.rmdir()
        return True

    def is_outbox(self, folder: str) -> bool:
        """Whether a folder is the outbox, or lies in it."""
        return Path(folder).resolve().is_relative_to(self.outbox.resolve())

    def issues(self) -> tuple[str, ...]:
        """The keys of all issues with a folder in the outbox, oldest first."""
        if not self.outbox.is_dir():
            return ()
        return tuple(sorted(p.name for p in self.outbox.iterdir() if p.is_dir() and _ISSUE.fullmatch(p.name)))

    def below(self, folder: str) -> tuple[str, ...]:
        """Paths of all files below a folder, relative to it."""
        start = self.root / folder
        return (
            tuple(sorted(p.relative_to(start).as_posix() for p in start.rglob("*") if p.is_file()))
            if start.is_dir()
            else ()
        )

    def templates(self) -> Mapping[str, str]:
        """All templates by path: the newsroom's own where it has them, else those that came with the program.

        Beside words of the newsroom's own lie those that came, below `shipped/`: they fill in what it lacks.
        """
        own, came = self.own_templates(), _templates(shipped() / "templates")
        words = {f"{SHIPPED}{name}": came[name] for name in own.keys() & came.keys() if name.endswith("words.txt")}
        return came | own | words

    def own_templates(self) -> dict[str, str]:
        """The newsroom's own templates by path; a checkout of the program has none but those that come with it."""
        folder = self.root / "templates"
        return {} if folder == shipped() / "templates" else _templates(folder)

    def idle_templates(self) -> tuple[tuple[str, str], ...]:
        """The files among the newsroom's templates that nothing prints, each with what to look at instead.

        Such has the name of none that came with the program, and no template names it.
        """
        came, texts = _templates(shipped() / "templates"), "\n".join(self.templates().values())
        own = () if self.root / "templates" == shipped() / "templates" else _below(self.root / "templates")
        named = (name for name, file in own if not file.name.startswith("."))
        return tuple((name, nearest(name, sorted(came))) for name in named if name not in came and name not in texts)

    def idle_words(self) -> tuple[tuple[str, str], ...]:
        """The names that a newsroom's own files of words set and that nothing prints, each after its file."""
        own, came = self.own_templates(), _templates(shipped() / "templates")
        printing = (text for name, text in (came | own).items() if name not in own or not name.endswith("words.txt"))
        used = {name for text in printing for name in _NAME.findall(text)}
        return tuple(
            (file, name)
            for file, text in sorted(own.items())
            if file in came and file.endswith("words.txt")
            for name in dict.fromkeys(_SET.findall(text))
            if name not in used and name not in _SET.findall(came[file]) and len(re.findall(rf"\b{name}\b", text)) < 2
        )

    def glossary(self) -> str | None:
        """The text of glossary.yml: the newsroom's own, else the one that came with the program."""
        for file in (self.root / "glossary.yml", shipped() / "glossary.yml"):
            if file.is_file():
                return _text(file, "glossary.yml")
        return None

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Keep a second command from writing at the same time; the lock goes with the program, however it ends.

        What a program that was killed left behind half written is taken away first: only then is it nobody's.
        """
        with _report_errors("outbox"):
            self.outbox.mkdir(parents=True, exist_ok=True)
            handle = (self.outbox / ".lock").open("a+")
        with handle:
            if fcntl is not None:
                _wait_for(handle)
                sweep(self.outbox)
            yield


class BodyCache:
    """Bodies and their validators, one file each, in a folder that may be thrown away at any time.

    Most commands keep nothing, so where that folder lies may be asked when it is first needed.
    """

    def __init__(self, folder: Path | Callable[[], Path]) -> None:
        self._folder = folder

    @functools.cached_property
    def folder(self) -> Path:
        """The folder, which need not be there yet."""
        return self._folder() if callable(self._folder) else self._folder

    def get(self, url: str) -> Kept | None:
        """Find what is kept for an address; anything broken counts as nothing."""
        try:
            line, _, body = self._path(url).read_bytes().partition(b"\n")
            head = json.loads(line)
            if head["url"] != url or head["sha256"] != hashlib.sha256(body).hexdigest():
                return None
            kept = {name: str(head[name]) for name in ("etag", "last_modified", "content_type")}
            return Kept(body=body, **kept, whole=_day(head.get("whole")))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, url: str, kept: Kept) -> None:
        """Keep a body with its validators; a cache that can't be written is no reason to stop."""
        head = {
            "url": url,
            "sha256": hashlib.sha256(kept.body).hexdigest(),
            "etag": kept.etag,
            "last_modified": kept.last_modified,
            "content_type": kept.content_type,
            "whole": kept.whole,
        }
        with contextlib.suppress(OSError):
            replace_file(self._path(url), json.dumps(head).encode() + b"\n" + kept.body, sync=False)

    def page(self, key: str) -> bytes | None:
        """Find what was read from a body the last time."""
        try:
            return self._path(key, "pages").read_bytes()
        except OSError:
            return None

    def keep_page(self, key: str, content: bytes) -> None:
        """Keep what was read from a body."""
        with contextlib.suppress(OSError):
            replace_file(self._path(key, "pages"), content, sync=False)

    def _path(self, key: str, kind: str = "bodies") -> Path:
        return self.folder / kind / hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _day(written: object) -> str:
    """A day as it was kept; empty for what is none, as in caches of earlier versions."""
    try:
        return date.fromisoformat(str(written)).isoformat()
    except ValueError:
        return ""


def shipped() -> Traversable:
    """Where templates, glossary.yml and sources.yml of the program lie: in the package, or beside it in a checkout."""
    inside = resources.files("pipeline") / "shipped"
    return inside if inside.is_dir() else Path(__file__).resolve().parent.parent


@functools.cache
def program() -> str:
    """Tell this program from others that may print otherwise: a hash of its files and of the versions it needs."""
    digest = hashlib.sha256()
    for name, file in _below(resources.files("pipeline")):
        if name.endswith((".py", ".yml", ".po")):
            digest.update(f"{name}\n".encode() + file.read_bytes())
    try:
        needs = [each for each in metadata.requires("hopeline") or () if "extra ==" not in each]
    except metadata.PackageNotFoundError:
        needs = []  # a bare checkout
    for name in (_NOT_IN_A_NAME.split(each)[0] for each in needs):
        digest.update(f"{name} {metadata.version(name)}\n".encode())
    return digest.hexdigest()


def replace_file(path: Path, content: bytes, *, sync: bool = True) -> bool:
    """Put `content` in the place of a file in one step; returns False when it already holds just that."""
    try:
        if path.read_bytes() == content:
            return False
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    target = path.resolve() if path.is_symlink() else path  # keep a link a link
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".new")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            if sync:
                os.fsync(stream.fileno())
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        os.chmod(name, mode)  # noqa: PTH101  the file has no Path yet
        os.replace(name, target)  # noqa: PTH105  as above
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    if sync and hasattr(os, "O_DIRECTORY"):
        folder = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    return True


def sweep(folder: Path) -> None:
    """Take away what writes that were killed left behind below a folder."""
    for path in folder.rglob(".*.new"):
        if _LEFTOVER.fullmatch(path.name):
            path.unlink(missing_ok=True)


_SET = re.compile(r"{%-?\s*set (\w+)")
_NAME = re.compile(r"\b[A-Z_]+\b")
_TEMPLATES = (".html", ".txt", ".xml", ".css", ".js")


def _templates(folder: Traversable) -> dict[str, str]:
    kept = ((n, f) for n, f in _below(folder) if n.endswith(_TEMPLATES) and not f.name.startswith("."))
    return {name: _text(file, f"templates/{name}") for name, file in kept}


def _below(folder: Traversable) -> Iterator[tuple[str, Traversable]]:
    """Yield all files below a folder with their paths relative to it, in order; none when there is no such folder."""
    for each in sorted(folder.iterdir(), key=lambda each: each.name) if folder.is_dir() else ():
        if each.is_file():
            yield each.name, each
        else:
            yield from ((f"{each.name}/{name}", file) for name, file in _below(each))


def _text(path: Traversable, name: str) -> str:
    """Read a text file; raises InputError when it is absent or not UTF-8, by the name people know it by."""
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise InputError([Fault(name, 0, 0, "", "there is no such file")]) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        hint = "Save the file as UTF-8 in your text editor."
        raise InputError([Fault(name, line, 1, "", "this line is not UTF-8 text", hint)]) from None
    except OSError as error:
        raise PipelineError(f"{name} can't be read: {error.strerror}.") from None


@contextlib.contextmanager
def _report_errors(name: str) -> Iterator[None]:
    """Say in a sentence what the disk refused."""
    try:
        yield
    except OSError as error:
        raise PipelineError(f"{name} can't be written: {error.strerror}. The old content is still there.") from None


def _wait_for(handle: IO[str]) -> None:
    """Take the lock, or wait a while for it: a gather of many minutes must not fail for a command of a second."""
    for left in range(int(PATIENCE / 0.1), -1, -1):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if not left:
                hint = "Another hope command is working in this folder. Try again when it has finished."
                raise UsageError(hint) from None
            time.sleep(0.1)
        else:
            return


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
