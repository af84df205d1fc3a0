"""The opening of registration: told once by the clock, and to members who asked."""
