use strict; use warnings; use Carp;
package Mail::Lock;
sub new { bless {}, shift }
sub DESTROY { Carp::confess("lock was lost") }
package main;
sub work {
    my $lock = Mail::Lock->new;
    undef $lock;
}
work();
