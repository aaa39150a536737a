use strict; use warnings;
package Mail::Error;
use Carp ();
use overload '""' => sub { my $s = shift; "$s->{message}$s->{trace}" }, fallback => 1;
sub throw { my ($class, $message) = @_; die bless { message => $message, trace => Carp::longmess() }, $class }
package main;
sub save { Mail::Error->throw("cannot save") }
sub run { save("draft") }
run();
