"""The track of a report under the Wmo 2015 (Dutch: melding en onderzoek), for municipalities that keep it here.

Owns its legal terms, its topics and its written result. Suspending and extending are acts with a ground. It never decides about a provision.
"""
