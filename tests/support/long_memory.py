"""A process of the product that remembers sessions and own answers for an hour.

`python -m tests.support.long_memory serve gateway`: what such a gateway shows anew it was told, it did not wait for it.
"""

from __future__ import annotations

if __name__ == "__main__":
    from services.chassis.process import eventlet_setup

    eventlet_setup.patch()

    from deploy.cli import main
    from gateway.identity import look_ups
    from gateway.read_models import registrations, viewer_cache

    for memory in (look_ups.remembered, viewer_cache.remembered, registrations._own_answers):
        memory._seconds = 3600.0
    main()
