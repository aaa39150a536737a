use strict; use warnings; use Carp;
$SIG{__DIE__} = \&Carp::confess;
sub parse {
    my $line = shift;
    die "bad header" if $line =~ /^:/;
}
sub read_all {
    parse($_) for @_;
}
read_all("To: a", ": b");
