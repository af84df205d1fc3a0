"""会费 Dues: charges, payments, refunds, arrears."""
