"""A large imaginary municipality for measuring: `nabij seed`.

Owns drawing and writing rows by the thousand. What it writes passes every check that holds for real rows; it runs in an empty database only.
"""
