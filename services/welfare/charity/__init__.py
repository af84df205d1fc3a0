"""慈善一日捐: drives for a qualified charity, gifts, hand-over and disclosure. The money is in the charity's books."""
