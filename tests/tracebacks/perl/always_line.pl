use strict; use warnings; use Carp;
#line 40 "templates/page.tt"
# line 40 "templates/page view.tt"
sub page { confess "no such variable" }
page("home");
