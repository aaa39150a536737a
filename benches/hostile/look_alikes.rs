//! Lines that look like a traceback's, over and over.

pub(crate) const LOOK_ALIKES: &[&str] = &[
    "  File \"x\", line 1, in f\n",
    "Traceback (most recent call last):\n",
    "\tat a.b(c)\n",
    "Caused by: a.B: c\n",
    "java.lang.Error: x\n\tat a.b(c.java:1)\n\t... 9 more\n",
    "    at f (/a.js:1:2)\n",
    "  [cause]: Error: x {\n",
    "goroutine 1 [running]:\n",
    "main.f(0x1)\n\t/a.go:1 +0x1\n",
    "panic: x\n",
    "a.rb:1:in `f': m (E)\n",
    "\tfrom a.rb:1:in `f'\n",
    "   at A.B() in a.cs:line 1\n",
    " ---> A.B: c\n",
    "#0 /a.php(1): f()\n",
    "PHP Fatal error:  Uncaught E: m in /a.php:1\nStack trace:\n",
    "thread 'main' panicked at a.rs:1:1:\n",
    "   0: a::b\n             at a.rs:1\n",
];
