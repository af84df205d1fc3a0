"""The gateway's own background jobs: files of lists, cards, slips, proofs."""
