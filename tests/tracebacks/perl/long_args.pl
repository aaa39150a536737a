use strict; use warnings; use Carp;
sub send_all {
    confess "queue is closed";
}
send_all("x" x 200, 1 .. 12);
