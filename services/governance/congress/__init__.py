"""The congress: terms and bodies, seats, delegates and their delegations."""
