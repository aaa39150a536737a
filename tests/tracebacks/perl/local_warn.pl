use strict; use warnings; use Carp;
$SIG{__WARN__} = \&Carp::cluck;
sub total { my ($a, $b) = @_; return $a + $b }
total(1, undef);
