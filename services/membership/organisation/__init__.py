"""Units, committees and groups, and the posts people hold in them."""
