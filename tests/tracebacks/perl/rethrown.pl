use strict; use warnings; use Carp;
sub low { confess "disk is full" }
sub high {
    eval { low("a"); 1 } or die "cannot save: $@";
}
high();
