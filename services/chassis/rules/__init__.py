"""The parts that rules are made of: dated figures, workflows, refusals."""
