"""Use cases of facts: asking membership, keeping, forgetting, counting an audience."""
