use strict; use warnings; use Carp qw(cluck);
sub old_send {
    cluck "old_send is deprecated";
}
sub main_loop {
    old_send({ to => "bob" }, [1, 2]);
}
main_loop();
