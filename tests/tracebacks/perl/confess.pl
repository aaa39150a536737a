use strict; use warnings; use Carp;
sub deliver {
    my ($to) = @_;
    confess "no recipient" unless $to;
}
sub run { deliver(undef, "queue") }
run();
