use strict; use warnings; use Carp;
$SIG{__DIE__} = \&Carp::confess;
sub first_of {
    my $list = shift;
    return $list->[0];
}
sub pick { first_of("abc") }
pick();
