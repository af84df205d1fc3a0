"""Sets glibc's allocator so that freed memory returns to the system; called in every process of Gonghui.

By default, whenever a large block is freed, glibc raises the size from which blocks are allocated from the system one
by one, up to 32 MB. Smaller blocks are kept in an arena, and each native thread has one. Twenty threads that have
hashed a password each (19 MiB) then keep hundreds of unused megabytes. With a fixed size, larger blocks are returned as
soon as they are freed. Source: mallopt(3).

It is set by a call at start and not by environment variables, because those must be set before the process starts. So
it works in the image, on a laptop and in tests, and can't be forgotten.
"""

from __future__ import annotations

import ctypes
import os

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
LARGE_BLOCK = 1 << 20
"""Bytes from which a block is returned as soon as it is freed; larger than the blocks of a page or an answer."""
ARENAS = 2
"""Number of arenas: one of the green threads, and one shared by all native threads."""
_SETTINGS = {
    "MALLOC_MMAP_THRESHOLD_": (_MMAP_THRESHOLD, LARGE_BLOCK),
    "MALLOC_TRIM_THRESHOLD_": (_TRIM_THRESHOLD, LARGE_BLOCK),
    "MALLOC_ARENA_MAX": (_ARENA_MAX, ARENAS),
}


def give_back_what_is_freed() -> None:
    """Set the allocator; call it before the first thread is made.

    Values set in the environment (`MALLOC_MMAP_THRESHOLD_`, `MALLOC_TRIM_THRESHOLD_`, `MALLOC_ARENA_MAX`) are kept.
    Other C libraries than glibc have no such call; nothing is done there.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return
    for name, (parameter, value) in _SETTINGS.items():
        if name not in os.environ:
            mallopt(parameter, value)
