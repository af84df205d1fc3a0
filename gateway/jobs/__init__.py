"""The gateway's own long work: files of lists, cards, slips, proofs; the task centre asks it here."""
