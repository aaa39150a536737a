use strict; use warnings; use Carp;
sub check { confess "check failed" }
sub all { &check; }
all(1);
