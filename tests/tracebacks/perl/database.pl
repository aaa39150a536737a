use strict; use warnings; use Carp;
sub query {
    my $sql = shift;
    confess "DBD::Pg::db do failed: ERROR:  syntax error at or near \"SELEC\"\nLINE 1: SELEC 1\n        ^";
}
sub report { query("SELEC 1") }
report();
