use strict; use warnings; use Carp;
local $SIG{__DIE__} = sub { Carp::confess(@_) };
sub average {
    my ($sum, $n) = @_;
    return $sum / $n;
}
print average(10, 0);
