"""参与者 This service's own small copy of the members, and the invitations it sends them."""
