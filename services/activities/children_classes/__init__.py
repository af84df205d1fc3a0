"""子女体育托班 Classes for members' children."""
