"""Who is it: accounts, passwords, sessions, roles of the day, throttling of guesses. Not: what a role may do."""
