"""Clubs of the union (文体协会): founding, officers, members, grants, activities, yearly review."""
