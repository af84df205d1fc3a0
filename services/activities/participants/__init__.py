"""参与者 The copy of members, and invitations."""
