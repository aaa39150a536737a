use strict; use warnings; use Carp;
our $lock = bless {}, 'Mail::Lock';
sub Mail::Lock::DESTROY { Carp::cluck("lock still held") }
END { print STDERR "bye\n" }
