"""The process: eventlet, settings, logs, metrics, traces, the ops port, threads, starting and stopping services."""
