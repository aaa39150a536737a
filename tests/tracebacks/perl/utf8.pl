use strict; use warnings; use utf8; use Carp;
binmode STDERR, ':utf8';
sub grüße {
    confess "Empfänger „Jörg“ fehlt";
}
grüße("Zoë");
