"""Paths that stay open: to everybody, and to an account that has something to do before anything else."""

FOR_EVERYBODY = (
    "/healthz", "/assets/", "/favicon.ico", "/manifest.webmanifest", "/app-icons/", "/service-worker.js", "/offline",
    "/union/colours/", "/union/emblems/",
)  # fmt: skip
"""Beginnings of paths whose answer is the same for everybody: nothing is asked of who asks, no request is counted."""
FOR_EVERY_ACCOUNT = frozenset(
    {
        "/api/v1/me",
        "/api/v1/me/password",
        "/api/v1/sessions",
        "/api/v1/sessions/current",
        "/me/password",
        "/preferences/language",
        "/preferences/theme",
        "/sign-in",
        "/sign-out",
        "/signed-out",
    }
)
"""Paths that stay open to an account that must choose a password, or enrol a second factor, before anything else."""
