"""Long work: asked for once, done chunk by chunk, resumed after a crash."""
