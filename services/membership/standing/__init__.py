"""How a membership stands: decisions that end it, requests to leave, coming back."""
