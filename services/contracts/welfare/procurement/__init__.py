"""Procurement (采购): suppliers, and purchases from the need to the payment."""
