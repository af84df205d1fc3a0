"""Papers: PDF documents with Chinese text. What a paper is about stands in the module named after it.

`press` holds page, font and printing; `paper` the plain document with headings, facts and tables; `cards` the cards;
`codes` the codes on cards, also on the screen. Import all but `codes` where a paper is printed and not before: the
libraries that print take 25 MB and a third of a second, and most days nobody prints.
"""
