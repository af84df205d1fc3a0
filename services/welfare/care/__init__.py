"""Standing care (定时关怀): gifts due by a date or an event, once each."""
