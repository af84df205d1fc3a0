"""Contracts of surveys: questions, running them, answers nobody can join to a member, results."""
