use strict; use warnings; use diagnostics -traceonly; use Carp;
sub inner { die "quota exceeded" }
sub outer { inner(7) }
outer();
