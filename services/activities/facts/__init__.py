"""会员事实 Facts of members that membership told for an activity whose audience needs them: a short copy."""
