"""What happens with dues: bases, charge runs, payments, files, refunds, arrears."""
