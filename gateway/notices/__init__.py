"""Notices: what an account is told, in the portal, by e-mail and in group chats; preferences and delivery."""
