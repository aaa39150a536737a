<?php
namespace Mail;
function f() { new Nope(); }
f();
