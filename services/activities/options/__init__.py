"""What a registration chooses: groups of options, the quotas they share, companions."""
