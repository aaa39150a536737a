use strict; use warnings; use Carp;
sub fail { confess "bad template" }
eval "
  my \$x = 1;
  fail(\$x);
";
print STDERR $@;
