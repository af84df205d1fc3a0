"""A process: eventlet, settings, logs, metrics, traces, the ops port, threads, and how services run and stop in it."""
