"""The reporting code for domestic violence and child abuse (Dutch: meldcode): five steps, in any order, dated and signed.

Owns those steps, per person, open only to who writes them and to colleagues they name. Its commitment hangs on no dossier (the database
refuses it), so that no list, count, page, letter or export that goes by dossier can show it. It never shows at a housemate.
"""
