"""Disclosure of the union's money (经费公开): what came in and was spent in a part of the year, for all members."""
