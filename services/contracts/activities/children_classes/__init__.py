"""Classes for members' children (子女体育托班): terms, classes, registering with consent, days, fees."""
