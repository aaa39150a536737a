use strict; use warnings; use Carp;
sub inner {
    eval {
        eval { confess "deep trouble" };
        print STDERR $@;
        1;
    };
}
sub outer { inner(1) }
outer();
