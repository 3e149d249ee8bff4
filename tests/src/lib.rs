//! The house seen from outside: its tests are in the files beside this one.
