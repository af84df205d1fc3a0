"""组队 Teams of activities: captain, invitations, line-up, lock."""
