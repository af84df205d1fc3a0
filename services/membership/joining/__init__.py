"""From application to membership."""
