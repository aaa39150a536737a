use strict; use warnings; use Carp;
sub by_date {
    confess "no date" unless defined $a->{date};
    $a->{date} <=> $b->{date};
}
sub newest {
    my @mails = sort by_date @_;
    return $mails[0];
}
newest({ id => 1 }, { id => 2 });
