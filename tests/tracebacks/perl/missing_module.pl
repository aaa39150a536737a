use strict; use warnings; use Carp;
$SIG{__DIE__} = \&Carp::confess;
sub load {
    require Mail::Missing;
}
load();
