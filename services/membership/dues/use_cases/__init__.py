"""Use cases of dues: bases, charge runs, payments, files, refunds, arrears."""
