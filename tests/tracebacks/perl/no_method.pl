use strict; use warnings; use Carp;
$SIG{__DIE__} = \&Carp::confess;
package Mail::Message { sub new { bless {}, shift } }
sub show {
    my $mail = shift;
    $mail->subject;
}
show(Mail::Message->new);
