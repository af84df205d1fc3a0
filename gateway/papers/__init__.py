"""Papers: PDF documents with Chinese text. What a paper is about stands in the module named after it.

`press` holds page, font and printing; `paper` the plain document with headings, facts and tables; `cards` the cards.
"""
