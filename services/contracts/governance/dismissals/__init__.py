"""Dismissal notices (解除劳动合同通知): the employer notifies the union, which answers. For few people only."""
