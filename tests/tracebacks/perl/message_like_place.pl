use strict; use warnings; use Carp;
sub relay {
    confess "peer said: fault at peer.pl line 3";
}
relay();
