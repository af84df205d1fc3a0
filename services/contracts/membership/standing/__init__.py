"""What membership promises about how a membership ends and comes back."""
