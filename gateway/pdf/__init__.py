"""PDF documents with Chinese text, one module for each kind of document.

`press` holds page, font and printing; `paper` the plain document with headings, facts and tables; `cards` the cards;
`codes` the QR codes on cards, also for pages. Import all except `codes` only where a document is made: the libraries
take 25 MB and a third of a second.
"""
