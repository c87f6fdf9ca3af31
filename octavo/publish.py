"""Move finished outputs into place, all of them or none.

In: the output folder. Out: an empty folder to write into, whose entries take their places when the build has gone well.

1. Under a lock on the output folder, mend and remove what killed builds left there.
2. Make a folder of our own inside it, `.octavo-build-XXXX/`, and hand out its `new/`. Inside, because that is the one
   place that surely is on the same file system, that we surely may write to, and that nobody commits by accident.
3. When the build ends without an error, see that nothing in the way is another's, then move every entry in: a file by
   `rename`, a folder by an atomic exchange. What fails half-way is undone.
4. Remove our folder, whatever happened. After `kill -9` the next start does that.

A build holds a lock on its own folder for as long as it runs: that is how others know that it lives. Locks are on the
folders themselves, so that no lock file stays behind among the outputs.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from octavo.diagnostics import Failure, Report, Rule

MARK = ".octavo"  # the file that makes a folder ours to replace
_MARK_TEXT = "Octavo wrote this folder and replaces it whole at every build.\n"
_PREFIX = ".octavo-build-"
_NEW, _OLD = "new", "old"
_DAY = 24 * 60 * 60
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


@contextmanager
def staging(output: Path, report: Report) -> Iterator[Path]:
    """Hand out a folder to write to; move its entries into `output` at the end, unless something failed.

    An exception, or an error in `report`, leaves everything in `output` as it was. Raises Failure(OUTPUT_REFUSED) where
    `output` cannot be written to, or where something that is not ours stands in the way.
    """
    existed = os.path.lexists(output)
    with ExitStack() as at_end:
        with _refusing(output), _exclusive(output):
            _clear_abandoned(output)
            build = at_end.enter_context(_build_folder(output, existed=existed))
        try:
            yield build / _NEW
        except OSError as error:
            if _concerns(error, build):
                raise _refusal(output, error) from error
            raise
        if not report.failed:
            with _refusing(output), _exclusive(output):
                _refuse_foreign(build / _NEW, output)
                _move_in(build, output)


@contextmanager
def _build_folder(output: Path, *, existed: bool) -> Iterator[Path]:
    """Make the folder of this build, with its lock, and remove it afterwards."""
    build = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=output)).absolute()
    with ExitStack() as at_end:
        if not existed:
            at_end.callback(_remove_if_empty, output)
        at_end.callback(shutil.rmtree, build, ignore_errors=True)
        at_end.enter_context(_lock(build))
        (build / _NEW).mkdir()
        (build / _OLD).mkdir()
        yield build


# What is in the way


def _refuse_foreign(new: Path, output: Path) -> None:
    """Raise Failure where an entry would replace what Octavo did not write."""
    for entry in sorted(new.iterdir()):
        target = output / entry.name
        if not entry.is_dir() and target.is_dir() and not target.is_symlink():
            raise Failure(Rule.OUTPUT_REFUSED, None, f"{target} is a folder, and a file has to go there", _HINT)
        if entry.is_dir() and os.path.lexists(target) and not _is_ours(target):
            message = f"{target} was not written by Octavo, and would be replaced whole"
            raise Failure(Rule.OUTPUT_REFUSED, None, message, _HINT)


_HINT = "move it away, or choose another place with --output"


def _is_ours(folder: Path) -> bool:
    return folder.is_dir() and not folder.is_symlink() and (folder / MARK).is_file()


# Moving in


def _move_in(build: Path, output: Path) -> None:
    """Move every new entry to its place; undo all of it if one of them cannot."""
    with ExitStack() as undo:
        for entry in sorted((build / _NEW).iterdir()):
            target, old = output / entry.name, build / _OLD / entry.name
            if entry.is_dir():
                (entry / MARK).write_text(_MARK_TEXT, encoding="utf-8")
                _move_folder(entry, target, old, undo)
            else:
                _move_file(entry, target, old, undo)
        undo.pop_all()


def _move_file(new: Path, target: Path, old: Path, undo: ExitStack) -> None:
    """Replace a file; a second name for the old one is kept until all is in place."""
    if os.path.lexists(target):
        with suppress(OSError):  # a file system without hard links can replace, and not undo
            os.link(target, old, follow_symlinks=False)
            undo.callback(old.replace, target)
    else:
        undo.callback(target.unlink, missing_ok=True)
    new.replace(target)


def _move_folder(new: Path, target: Path, old: Path, undo: ExitStack) -> None:
    """Exchange a folder for its successor at once where the system can, else by two renames."""
    if not target.exists():
        new.rename(target)
        undo.callback(target.rename, new)
    elif _exchange(new, target):
        undo.callback(_exchange, new, target)
    else:
        # Killed between the two, the folder is absent until the next start brings it back from `old`.
        target.rename(old)
        undo.callback(old.rename, target)
        new.rename(target)
        undo.callback(target.rename, new)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two names in one step; return False where the system or the file system cannot."""
    paths = os.fsencode(one), os.fsencode(other)
    try:
        import ctypes  # noqa: PLC0415  (a Python built without libffi has none)

        system = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            here, swap = -100, 2  # AT_FDCWD, RENAME_EXCHANGE of renameat2(2)
            return int(system.renameat2(here, paths[0], here, paths[1], swap)) == 0
        if sys.platform == "darwin":
            return int(system.renamex_np(*paths, 2)) == 0  # RENAME_SWAP
    except (ImportError, OSError, AttributeError, TypeError):  # an older C library, or (TypeError) Windows
        return False
    return False


# What killed builds left behind


def _clear_abandoned(output: Path) -> None:
    """Bring back the folders that a killed build had moved away, and remove what it left."""
    for build in sorted(output.glob(_PREFIX + "*")):
        with suppress(OSError):  # another user's: theirs to clear
            if _is_abandoned(build):
                _bring_back(build / _OLD, output)
                shutil.rmtree(build, ignore_errors=True)


def _bring_back(old: Path, output: Path) -> None:
    for folder in sorted(old.glob("*")):
        if _is_ours(folder) and not os.path.lexists(output / folder.name):
            folder.rename(output / folder.name)


def _is_abandoned(build: Path) -> bool:
    """Tell whether the build of this folder is dead; without locks, whether it began more than a day ago."""
    if build.is_symlink() or not {entry.name for entry in build.iterdir()} <= {_NEW, _OLD}:
        return False  # the name is ours by chance
    with _lock(build, wait=False) as held:
        return time.time() - build.stat().st_mtime > _DAY if held is None else held


def _remove_if_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


# Locks


@contextmanager
def _exclusive(output: Path) -> Iterator[None]:
    """Keep other builds from starting or moving in meanwhile; make the folder where there is none."""
    while True:
        output.mkdir(parents=True, exist_ok=True)
        with _lock(output) as held:
            if held is False:  # whoever held the lock before us failed, and took its empty folder away
                continue
            yield
            return


@contextmanager
def _lock(folder: Path, *, wait: bool = True) -> Iterator[bool | None]:
    """Hold a lock on a folder; give False where another holds it or the folder is gone, None where there are no locks.

    Windows has none for folders, and some network file systems none at all: there, two builds at once are on their own.
    """
    if sys.platform == "win32":
        yield None
        return
    import fcntl  # noqa: PLC0415  (Windows has no such module)

    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            held: bool | None = _is_still(descriptor, folder)
        except BlockingIOError:
            held = False
        except OSError:
            held = None
        yield held
    finally:
        os.close(descriptor)


def _is_still(descriptor: int, folder: Path) -> bool:
    """Tell whether the folder that was opened still is the one of that name."""
    try:
        return os.path.samestat(os.fstat(descriptor), folder.stat())
    except FileNotFoundError:
        return False


# Saying why


@contextmanager
def _refusing(output: Path) -> Iterator[None]:
    """Turn what the system refuses into a diagnostic."""
    try:
        yield
    except OSError as error:
        raise _refusal(output, error) from error


def _refusal(output: Path, error: OSError) -> Failure:
    reason = error.strerror or str(error)
    if isinstance(error, FileExistsError | NotADirectoryError):
        reason = "it is not a folder"
    hint = "choose another place with --output"
    return Failure(Rule.OUTPUT_REFUSED, None, f"the output folder {output} cannot be written to: {reason}", hint)


def _concerns(error: OSError, build: Path) -> bool:
    """Tell whether an error of a writer is about the place it writes to, and no fault of the writer's."""
    about_place = isinstance(error.filename, str | Path) and Path(error.filename).is_relative_to(build)
    return about_place or error.errno in _NO_ROOM
