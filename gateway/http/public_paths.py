"""Paths whose answer is the same for everybody, so that nothing is asked of who asks, and no request is counted."""

FOR_EVERYBODY = (
    "/healthz", "/assets/", "/favicon.ico", "/manifest.webmanifest", "/app-icons/", "/service-worker.js", "/offline",
)  # fmt: skip
"""What a path begins with."""
