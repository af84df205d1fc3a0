"""What tests and benchmarks stand on: servers, databases, vhosts and a browser. No test and no rule of the product."""
