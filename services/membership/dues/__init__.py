"""会费 Dues: what members owe, what was collected and refunded, who is behind."""
