use strict; use warnings; use Carp;
sub slurp {
    my $path = shift;
    open my $fh, '<', $path or confess "Cannot open $path: $!";
    local $/; <$fh>;
}
slurp('/srv/mail/missing.txt');
