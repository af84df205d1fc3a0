"""What is promised to outsiders and between services, held against what the code does."""
