"""`gonghui backup` and `gonghui restore`: all databases of a union to and from one verified archive."""
