use strict; use warnings; use Carp qw(longmess);
sub log_error { print STDERR "2024-05-04 08:00:01 ERROR ", longmess(shift) }
sub refuse { log_error("no such user") }
sub login { refuse("ann") }
login();
print STDERR "2024-05-04 08:00:02 INFO done\n";
