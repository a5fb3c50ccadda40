"""The people and organisations around a resident (Dutch: netwerk): ties, households and the network map.

Owns who is close, who does what, since and until when, and how the informal carer is doing. Rights never follow from a tie or an address.
"""
