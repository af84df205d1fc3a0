"""Another replica of `bell`, as a process: `python -m tests.component.chassis.bell_replica`."""

from __future__ import annotations

from services.chassis.process import eventlet_setup

eventlet_setup.patch()

if __name__ == "__main__":
    from services.chassis.process import settings
    from services.chassis.process.runner import Containers
    from tests.component.chassis import bells

    settings.SERVICES = (*settings.SERVICES, *bells.BASES)
    containers = Containers([bells.Bell])
    containers.start()
    containers.run()
