"""What rules are made of: dated figures, workflows, refusals."""
