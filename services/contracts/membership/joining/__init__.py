"""What membership promises about joining: applications, review, approval, files."""
