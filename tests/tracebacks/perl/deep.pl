use strict; use warnings; use Carp;
no warnings 'recursion';
sub walk {
    my ($depth) = @_;
    confess "too deep" if $depth == 0;
    walk($depth - 1);
}
walk(150);
