use strict; use warnings; use Carp;
sub calc {
    my $code = shift;
    eval $code or print STDERR $@;
}
sub fail { confess "bad formula" }
calc('1 + fail(3)');
