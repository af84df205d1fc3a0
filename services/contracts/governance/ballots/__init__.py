"""Ballots (表决和选举): who may vote on what, the votes, and what came of it by the rules of the body."""
