"""Which copies are one source (R20-R22, R26, R30). Pure: two pieces of copy in, a judgement with its evidence out.

``judging.compare`` is the way in; ``fingerprints.keys_of`` says under which keys a piece of copy can be found again.
"""
