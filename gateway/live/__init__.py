"""Server-sent events: what open pages learn of changes, in every replica of the gateway.

`hub` holds the open streams and the messages of the last minutes, `telling` is what the read models call, `stream`
writes the events of one stream.
"""
