"""Contracts of care campaigns (送温暖, 送清凉, 寒暑假坚守岗位慰问): lists, visitors, what was given, units done."""
