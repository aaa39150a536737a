use strict; use warnings;
package Mail::Sender;
use Carp qw(confess);
sub new { my ($class, %args) = @_; bless {%args}, $class }
sub connect { my $self = shift; $self->_dial($self->{host}) }
sub _dial { my ($self, $host) = @_; confess "connect to $host: Connection refused" }
package Mail::Queue;
sub flush { Mail::Sender->new(host => 'mx1')->connect }
package main;
Mail::Queue->flush;
