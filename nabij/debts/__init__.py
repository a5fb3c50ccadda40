"""Payment arrears that landlords, energy and water companies and health insurers tell us about (Dutch: vroegsignalering).

Owns the files, their refused rows, the facts of every arrear, the attempts to reach somebody and the coarse result that goes back to
the partner. Each good row is a signal like any other, with the legal term of the Wgs. It links nobody by itself, and it never lends,
pays or judges.
"""
