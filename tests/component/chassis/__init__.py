"""The chassis on real servers and on the embedded broker, tried with two small services of its own."""
