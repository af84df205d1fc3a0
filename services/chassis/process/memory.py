"""Memory given back to the system: how glibc's allocator is set in every process of Gonghui.

By default glibc raises, with every large block freed, the size from which blocks are taken from the system one by one,
up to 32 MB; what is smaller is kept for later in an arena, of which each native thread has one. Twenty threads that
have hashed a password each (19 MiB) then keep hundreds of megabytes that nobody uses. A fixed size ends that: what is
larger is given back as soon as it is freed. Source: mallopt(3).

It is set by a call at start and not by environment variables, because those must stand before the process begins: this
way it holds in the image, on a laptop and in tests alike, and nobody who starts a process can forget it.
"""

from __future__ import annotations

import ctypes
import os

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
LARGE_BLOCK = 1 << 20
"""Bytes from which a block is given back as soon as it is freed: above what a page or an answer takes at once."""
ARENAS = 2
"""The one of the green threads, and one shared by all native threads."""
_SETTINGS = {
    "MALLOC_MMAP_THRESHOLD_": (_MMAP_THRESHOLD, LARGE_BLOCK),
    "MALLOC_TRIM_THRESHOLD_": (_TRIM_THRESHOLD, LARGE_BLOCK),
    "MALLOC_ARENA_MAX": (_ARENA_MAX, ARENAS),
}


def give_back_what_is_freed() -> None:
    """Set the allocator; call it before the first thread is made.

    What the environment sets (`MALLOC_MMAP_THRESHOLD_`, `MALLOC_TRIM_THRESHOLD_`, `MALLOC_ARENA_MAX`) stays as it is.
    Other C libraries than glibc have no such call, and are left alone.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return
    for name, (parameter, value) in _SETTINGS.items():
        if name not in os.environ:
            mallopt(parameter, value)
