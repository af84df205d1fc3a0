"""What membership promises about the member's record: fields, shapes, operations, files."""
