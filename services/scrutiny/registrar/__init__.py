"""The second registrar: keys of ballots, their rolls, tokens signed blind."""
