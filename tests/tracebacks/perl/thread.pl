use strict; use warnings; use threads; use Carp;
sub deliver { confess "no route" }
sub worker { deliver("bob") }
threads->create(\&worker)->join;
