"""Another replica of `bell`, as a process: `python -m tests.component.chassis.bell_replica`."""

from __future__ import annotations

from services.chassis import green

green.patch()

if __name__ == "__main__":
    from services.chassis import settings
    from services.chassis.process import Containers
    from tests.component.chassis import bells

    settings.SERVICES = (*settings.SERVICES, *bells.BASES)
    containers = Containers([bells.Bell])
    containers.start()
    containers.run()
