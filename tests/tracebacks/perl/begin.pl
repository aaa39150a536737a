use strict; use warnings; use Carp;
BEGIN {
    sub setup { confess "no configuration" }
    setup("mail.conf");
}
print "never\n";
