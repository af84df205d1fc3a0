"""The steps of an import, one module each."""
