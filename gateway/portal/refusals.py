"""The union's rules in words, for whoever was refused: rule → name and sentence, step → name.

Sentences may use the figures a refusal carries (`%(capacity)s`); a rule not listed is shown as the service put it.
"""
