"""Articles: news, policies, model workers, notices; written, read by a second person, published, withdrawn."""
