use strict; use warnings;
package Mail::Box;
use Carp;
sub new { bless {}, shift }
sub open { my ($self, $name) = @_; $self->check($name) }
sub check { my ($self, $name) = @_; croak "cannot open box $name" }
package main;
sub load { Mail::Box->new->open(shift) }
$Carp::Verbose = 1;
load("in");
