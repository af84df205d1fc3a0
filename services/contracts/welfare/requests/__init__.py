"""Requests of members (诉求办理): types as data, requests with steps and documents, counselling by appointment."""
