"""The dated rules welfare decides by, copies of governance's; visit types; what may be given, and what is missing."""
