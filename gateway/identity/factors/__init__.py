"""Second factors of sign-in: codes by time (TOTP) with recovery codes, and passkeys.

Belongs here: what proves who is there beside the password, and the step of signing in that asks for it. Not: passwords
and sessions (identity), identity providers (providers).
"""
