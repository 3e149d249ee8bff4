//! Every command of the program in one table; the only place where facts become pages.
