"""What welfare promises about visits: types, shapes, requests, operations, events."""
