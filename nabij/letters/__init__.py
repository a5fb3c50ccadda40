"""Letters and copies on paper: a plain structure of headings, paragraphs, lists and tables, as PDF/UA and as ODT.

Owns how a letter looks and that it can be read aloud. It knows nothing of what is in it: upper rooms give the words.
"""
