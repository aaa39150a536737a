use strict; use warnings; use Carp;
my $send = sub {
    confess "refused";
};
my @handlers = map { my $n = $_; sub { $send->($n) } } 1 .. 3;
$handlers[1]->("now");
