"""报名 Who has a seat, who waits, and who may not register and why."""
