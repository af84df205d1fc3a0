"""Dismissal notices (解除劳动合同通知): the employer's notice, the union's opinion and its clock, the answer."""
