"""`gonghui backup` and `gonghui restore`: all databases of a union in one checked archive, and back."""
