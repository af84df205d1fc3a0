"""The dated rules membership decides by: copies of governance's, looked up by day."""
