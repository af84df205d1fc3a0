"""The portal as people use it: a real browser, phone and desktop size, against the whole union in one process."""
