"""判定 Every yes and no about a member, with the rules and inputs it was made from, so that it can be made again."""
