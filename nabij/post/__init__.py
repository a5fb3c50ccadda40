"""Mail in and mail out: what arrived and what was made of it, what is to be sent and whether it went.

Owns the outbox (written in the same transaction as the act it tells about) and every received message, also the
refused ones with their reason. Never decides what a message means for a resident: the room `signals` does that.
Never puts a name or a health fact in an outgoing mail, and never shows one message to another sender.
"""
