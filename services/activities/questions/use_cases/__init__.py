"""Use cases of questions: reading, setting, answering."""
