"""The citizen service number (Dutch: burgerservicenummer, BSN) of a resident, apart from everything else that is known of them.

Owns the number: encrypted, found only by a blind index, checked by the 11-test. Only where the organisation may process it (Wabb art. 10):
the database refuses it elsewhere. It stands in no address, log, list, search, draft or file.
"""
