"""Use cases of contests: settings, entries, judges, sheets, results."""
