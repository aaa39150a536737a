use strict; use warnings; use Carp;
sub note {
    confess "cannot note";
}
note("it's \"quoted\"", "two\nlines", "oops at x line 3", "f called at a.pl line 9", ") called at b line 2");
