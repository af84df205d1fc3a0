"""文体协会 Clubs of the union."""
