"""Secret ballots: keys, tokens, encrypted votes and the board."""
