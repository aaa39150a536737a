use strict; use warnings; use Carp; use List::Util qw(first);
use File::Find;
sub visit { confess "cannot visit" if -f }
sub scan { find({ wanted => \&visit, no_chdir => 1 }, shift) }
scan('/srv/mail/perl/box');
