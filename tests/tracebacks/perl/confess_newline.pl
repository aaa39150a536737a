use strict; use warnings; use Carp qw(confess);
sub send_mail {
    confess "mailbox is full\n";
}
send_mail("bob");
