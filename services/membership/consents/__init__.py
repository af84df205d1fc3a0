"""The wordings people agree to, and who agreed to which."""
