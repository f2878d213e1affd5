"""The rights of a file that takes the place of another: its owner, mode, access control list, extended attributes.

They are given at the end, when all is written; until then only the owner of the run may read what it writes. What
the system does not let be kept is taken away, never widened.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress

#: Extended attributes that say who may use a file: its access control list, as POSIX or NFS has it.
_ACL = "system."
#: Extended attributes that the system's own policy sets on a new file, and lets nobody else set.
_LABEL = "security."

OWNER_LOST = "its owner or group cannot be kept; nobody has got more rights"
ACL_LOST = "its access control list cannot be kept; now only the owner may use it"
ATTRIBUTES_LOST = "some of its extended attributes cannot be kept"


def keep(old: str, new: str, file: int) -> list[str]:
    """Give the file at *new*, open as *file*, the rights of that at *old*; return what could not be kept, in words.

    Nobody can do with it what they could not do before: where the group is another one, it and all others get what
    both had; where an access control list is lost, its mode is no help, for with a list the bits of the group are only
    its upper bound, and so only the owner keeps what is theirs.
    """
    was = os.stat(old)
    mode = stat.S_IMODE(was.st_mode)
    if os.name != "posix":
        os.chmod(new, mode)
        return []
    lost = []
    same_group = True
    if not _owned(file, was):
        lost.append(OWNER_LOST)
        mode &= 0o1777  # set-user-id and set-group-id would be of another owner
        same_group = os.fstat(file).st_gid == was.st_gid
        shared = mode & mode >> 3 & 0o007  # those of the old group are among all others now
        mode = mode if same_group else mode & 0o1700 | shared << 3 | shared
    attributes = _attributes(old, file, lists=same_group)
    if any(name.startswith(_ACL) for name in attributes):
        lost.append(ACL_LOST)
        mode &= 0o700
    elif attributes:
        lost.append(ATTRIBUTES_LOST)
    os.chmod(file, mode)
    return lost


def _owned(file: int, was: os.stat_result) -> bool:
    """Whether the open *file* could be given the owner and group of *was*; the group alone if not the owner."""
    for owner in (was.st_uid, -1):
        with suppress(PermissionError):
            os.chown(file, owner, was.st_gid)
            break
    now = os.fstat(file)
    return (now.st_uid, now.st_gid) == (was.st_uid, was.st_gid)


def _attributes(old: str, file: int, *, lists: bool) -> list[str]:
    """Give the open *file* the attributes of *old*, access control lists only with *lists*; return what is lost.

    What a new file has got from its directory goes, too: its list may let in whom the old one did not.
    """
    if not hasattr(os, "listxattr"):
        return []
    wanted, have = _names(old), _names(file)
    lost = []
    for name in sorted({*wanted, *have}):
        try:
            if name in wanted and (lists or not name.startswith(_ACL)):
                os.setxattr(file, name, os.getxattr(old, name))
            else:
                lost += [name] if name in wanted else []
                if name in have:
                    os.removexattr(file, name)
        except OSError:
            lost.append(name)
    return lost


def _names(file: str | int) -> list[str]:
    """The attributes of a file, but for labels; none where the file system has no attributes."""
    with suppress(OSError):
        return [name for name in os.listxattr(file) if not name.startswith(_LABEL)]
    return []
