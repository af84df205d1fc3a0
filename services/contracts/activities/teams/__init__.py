"""组队 Teams of an activity."""
