"""The WSGI server inside a nameko container."""
